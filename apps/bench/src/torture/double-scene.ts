import type { Actor } from '@timebank/access';
import { clearingAccountOf, OpenClearing, PutBank } from '@timebank/banks';
import { UnitOfWork } from '@timebank/database';
import { HoursModule } from '@timebank/hours';
import { newId } from '@timebank/kernel';
import { PostTransfers } from '@timebank/ledger';
import { mainLine, openCity, openRooms, type TestCity, TestLedger, type TestPerson, type TestRooms } from '@timebank/testing';
import { Random } from '../random';

export type ServedVisit = { visitId: string; volunteer: TestPerson; client: TestPerson };

/** A city whose rooms stand twice on one database, with connections of their own, as in two processes. */
export class DoubleScene {
  private constructor(
    readonly city: TestCity,
    private readonly houses: readonly TestRooms[],
    readonly random: Random,
    private readonly staff: readonly [TestPerson, TestPerson],
    /** The ledger of a bank without people. */
    readonly ledger: TestLedger,
    readonly debtorBankId: string,
  ) {}

  static async open(seed: number): Promise<DoubleScene> {
    const city = await openCity(HoursModule);
    const houses = [city.rooms, await openRooms([...mainLine(), HoursModule], city.rooms)];
    const staff = [await city.person('coordinator'), await city.person('coordinator')] as const;
    const debtorBankId = newId();
    await city.get(PutBank).run(debtorBankId, { name: 'Bell Tower', phone: '025-83330001', timeZone: 'Asia/Shanghai' });
    const ledger = await TestLedger.open(city.rooms, null);
    return new DoubleScene(city, houses, new Random(seed), staff, ledger, debtorBankId);
  }

  get coordinator(): TestPerson {
    return this.staff[0];
  }

  /** Another coordinator. */
  get colleague(): TestPerson {
    return this.staff[1];
  }

  /** Either house. */
  house(): TestRooms {
    return this.random.pick(this.houses);
  }

  get admin(): Actor {
    const { bankId } = this.city;
    return { personId: this.colleague.actor.personId, roles: [{ role: 'admin', bankId, memberId: null }] };
  }

  /** A visit of an hour, scanned in and out on a day of its own. */
  async served(): Promise<ServedVisit> {
    const { city, coordinator } = this;
    const { volunteer, client, card, time } = await city.nextDay(coordinator);
    const visitId = await city.planned(coordinator, volunteer, client, time(0), 60);
    await city.scan(volunteer, visitId, 'in', card.url);
    time(60);
    await city.scan(volunteer, visitId, 'out', card.url);
    return { visitId, volunteer, client };
  }

  /** An account of the bare ledger with so many minutes. */
  async account(minutes: number): Promise<string> {
    const accountId = newId();
    await this.ledger.openAccounts([{ accountId, kind: 'member', ownerId: newId(), floorMinutes: 0, ceilingMinutes: null }]);
    if (minutes > 0) await this.ledger.post(this.ledger.opening(accountId, minutes));
    return accountId;
  }

  /** The debtor bank owes the city's bank 60 minutes more; answers what it owes now. */
  async owe(): Promise<number> {
    const [creditor, debtor] = [this.city.bankId, this.debtorBankId];
    const [here, there] = [clearingAccountOf(debtor, creditor), clearingAccountOf(creditor, debtor)];
    const unit = this.city.get(UnitOfWork);
    return unit.run([creditor, debtor], async () => {
      await this.city.get(OpenClearing).run(creditor, debtor);
      const accounts = await unit.query<{ bankId: string; kind: string; accountId: string }>(
        `select bank_id, kind, account_id from account where bank_id = any ($1) and kind in ('pool', 'issuance')`,
        [[creditor, debtor]],
      );
      const of = (bankId: string, kind: string) => accounts.find((row) => row.bankId === bankId && row.kind === kind)?.accountId as string;
      const onward = { bankId: creditor, transferId: newId(), debitAccountId: there, creditAccountId: of(creditor, 'pool') };
      await this.city.get(PostTransfers).run([
        this.ledger.posting({
          bankId: debtor,
          debitAccountId: of(debtor, 'issuance'),
          creditAccountId: here,
          onward: { ...onward, reversesId: null, overflow: null },
        }),
      ]);
      const row = await unit.one<{ minutes: number }>(
        'select -balance_minutes as minutes from account where bank_id = $1 and account_id = $2',
        [creditor, there],
      );
      return row?.minutes ?? 0;
    });
  }

  async close(): Promise<void> {
    for (const house of this.houses.toReversed()) await house.close();
  }
}
