import type { Actor } from '@timebank/access';
import type { Bank, MemberInput } from '@timebank/contract';
import { newId } from '@timebank/kernel';
import type { Hands } from './hands';
import type { DescribedPerson, DescribedBank, SignIns } from './people';

export const timeZone = 'Asia/Shanghai';

/** A member of the demo, who acts for themselves. */
export type Someone = { memberId: string; accountId: string; actor: Actor; described: DescribedPerson };
/** Cards are scanned by their token: an address would bind the demo to the port of its first start. */
export type Client = Someone & { card: { token: string; code: string } };

/** A founded bank and its people, by their place in `people.json`. */
export type DemoBank = {
  index: number;
  bank: Bank;
  coordinator: Someone;
  second: Someone;
  admin: Someone;
  volunteers: Someone[];
  clients: Client[];
};

/** One founding: the hands it goes through and who may do it. */
export class Founding {
  constructor(
    private readonly hands: Hands,
    private readonly cityAdmin: Actor,
    private readonly signIns: SignIns,
    private readonly today: string,
  ) {}

  /** Founds a bank with its policy, people, relations, qualifications and cards. */
  async run(index: number, described: DescribedBank): Promise<DemoBank> {
    const { value: bank } = await this.hands.putBank.run(newId(), { name: described.name, phone: described.phone, timeZone });
    await this.openInterchange(bank.bankId);
    if (index === 2) await this.lowerSavingsCap(bank.bankId);
    const { staff } = described;
    const coordinator = await this.staff(bank, staff.coordinator, 'coordinator');
    const admin = await this.staff(bank, staff.admin, 'admin');
    const second = await this.staff(bank, staff.second, 'coordinator');
    const volunteers = [];
    for (const volunteer of described.volunteers) volunteers.push(await this.volunteer(bank, coordinator, volunteer));
    const clients = [];
    for (const client of described.clients) clients.push(await this.client(bank, coordinator, client));
    if (staff.auditor) {
      const auditor = await this.register(bank, staff.auditor, ['volunteer']);
      await this.hands.cityRoles.put(this.cityAdmin, auditor.memberId, 'auditor', { reasonCode: 'new_task' });
    }
    const founded = { index, bank, coordinator, second, admin, volunteers, clients };
    await this.relate(founded);
    return founded;
  }

  /** So that volunteers may help across the demo's banks. */
  private async openInterchange(bankId: string): Promise<void> {
    const input = { key: 'interchange', value: true, validFrom: this.today, source: 'demo' };
    await this.hands.putPolicy.run(this.cityAdmin, bankId, newId(), input);
  }

  /** So that somebody reaches the cap, and the rest of an hour flows into the donation pool. */
  private async lowerSavingsCap(bankId: string): Promise<void> {
    const input = { key: 'savingsCapMinutes', value: 1_800, validFrom: this.today, source: 'demo: 30 hours' };
    await this.hands.putPolicy.run(this.cityAdmin, bankId, newId(), input);
  }

  private async register(bank: Bank, described: DescribedPerson, roles: MemberInput['roles']): Promise<Someone> {
    const password = this.signIns.add(described);
    const circumstances = described.circumstances as MemberInput['circumstances'];
    const input = {
      name: described.name,
      birthDate: described.birthDate,
      roles,
      phone: described.phone,
      password,
      circumstances,
      homeAddress: described.place,
    };
    const { value } = await this.hands.putMember.run(bank.bankId, newId(), input);
    const { memberId, accountId } = value;
    return {
      memberId,
      accountId,
      described,
      actor: { personId: memberId, roles: roles.map((role) => ({ role, bankId: bank.bankId, memberId })) },
    };
  }

  private async staff(bank: Bank, described: DescribedPerson, role: 'coordinator' | 'admin'): Promise<Someone> {
    const someone = await this.register(bank, described, ['volunteer']);
    await this.hands.bankRoles.put(this.cityAdmin, bank.bankId, someone.memberId, role, { reasonCode: 'new_task' });
    const { personId, roles } = someone.actor;
    return { ...someone, actor: { personId, roles: [...roles, { role, bankId: bank.bankId, memberId: someone.memberId }] } };
  }

  private async volunteer(bank: Bank, coordinator: Someone, described: DescribedPerson): Promise<Someone> {
    const volunteer = await this.register(bank, described, ['volunteer']);
    if (described.qualification !== undefined) {
      const validUntil = `${Number(this.today.slice(0, 4)) + 2}-12-31`;
      await this.hands.putQualification.run(coordinator.actor, bank.bankId, volunteer.memberId, described.qualification, validUntil);
    }
    return volunteer;
  }

  private async client(bank: Bank, coordinator: Someone, described: DescribedPerson): Promise<Client> {
    const client = await this.register(bank, described, ['client']);
    const { url, code } = await this.hands.issueCard.run(coordinator.actor, bank.bankId, client.memberId);
    return { ...client, card: { token: url.slice(url.lastIndexOf('/') + 1), code } };
  }

  /** A volunteer's husband, another's mother, a couple, and the coordinator's father: whose visits she may not decide. The couple waits for a word. */
  private async relate({ bank, coordinator, second, volunteers, clients }: DemoBank): Promise<void> {
    const pairs = [
      [volunteers[0], clients[0], 'spouse'],
      [volunteers[5], clients[5], 'parent'],
      [clients[6], clients[7], 'spouse'],
      [coordinator, clients[8], 'parent'],
    ] as const;
    for (const [one, other, kind] of pairs) {
      if (!one || !other) continue;
      await this.hands.putRelation.run(second.actor, bank.bankId, one.memberId, other.memberId, kind);
      if (one !== clients[6]) await this.hands.speakOfRelation.confirm(one.actor, bank.bankId, one.memberId, other.memberId);
    }
  }
}
