import { Injectable } from '@nestjs/common';
import { type Actor, guestHome, Locator, memberIn } from '@timebank/access';
import { Interchange } from '@timebank/banks';
import { type GuestState, type Host, type HostQuery, refuse } from '@timebank/contract';
import { cutPage, UnitOfWork } from '@timebank/database';

type AskedBank = { bankId: string; name: string; phone: string; state: GuestState };

/**
 * Banks where a volunteer may ask to help, and how far it is: those with policy `interchange` on while it is on at home, and
 * those they have asked before. In the order the banks were opened. Refuses `access/not_allowed` at a bank that is not their home.
 */
@Injectable()
export class ListHosts {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly locator: Locator,
    private readonly interchange: Interchange,
  ) {}

  async run(actor: Actor, homeBankId: string, query: HostQuery): Promise<{ items: Host[]; nextCursor: string | null }> {
    const memberId = memberIn(actor, homeBankId);
    if (guestHome(actor, homeBankId) !== null || memberId === null) throw refuse('access/not_allowed');
    const everyBank = await this.locator.banks();
    return this.unit.run(everyBank, async () => {
      const open = await this.interchange.open(everyBank);
      const isOpenAtHome = open.some(({ bankId }) => bankId === homeBankId);
      const asked = await this.unit.query<AskedBank>(
        `select g.bank_id, b.name, b.phone, g.state from guest g join bank b on b.bank_id = g.bank_id
          where g.bank_id = any ($1) and g.member_id = $2 order by b.bank_number`,
        [everyBank, memberId],
      );
      const known = new Set(asked.map(({ bankId }) => bankId));
      const isOpen = (bankId: string) => isOpenAtHome && open.some((bank) => bank.bankId === bankId);
      const news = isOpenAtHome ? open.filter(({ bankId }) => bankId !== homeBankId && !known.has(bankId)) : [];
      const hosts: Host[] = [...asked, ...news.map((bank) => ({ ...bank, state: null }))].map((bank) => ({
        ...bank,
        isOpen: isOpen(bank.bankId),
      }));
      return cutPage(hosts, query);
    });
  }
}
