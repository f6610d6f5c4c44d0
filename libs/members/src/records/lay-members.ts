import { Injectable } from '@nestjs/common';
import { CreatePeople } from '@timebank/access';
import { ReadPolicy, type KnownBank, TakeMemberNumber } from '@timebank/banks';
import type { MemberInput } from '@timebank/contract';
import { contentHash, deriveId, UnitOfWork } from '@timebank/database';
import { localDate } from '@timebank/kernel';
import { OpenAccounts } from '@timebank/ledger';

export type ManyMember = Omit<MemberInput, 'password'> & { memberId: string };
/** What is to be said anew of somebody who is here; what is left out stays. Roles are added, none is taken. */
export type RevisedMember = Partial<Omit<MemberInput, 'password' | 'name' | 'birthDate'>> & { memberId: string; personId: string };

/**
 * Registers many members at once, without a sign-in, under the lock of the bank and by one statement a table: person, account, number, member, roles. The
 * caller has made sure that nobody with the same name and birth date is here; the database refuses them all otherwise. They are found by their
 * names at once, and by initials and pinyin when the round has taken the names apart.
 */
@Injectable()
export class LayMembers {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly createPeople: CreatePeople,
    private readonly readPolicy: ReadPolicy,
    private readonly takeMemberNumber: TakeMemberNumber,
    private readonly openAccounts: OpenAccounts,
  ) {}

  async run(bank: KnownBank, members: readonly ManyMember[]): Promise<void> {
    if (members.length === 0) return;
    const { bankId } = bank;
    await this.createPeople.run(members.map(({ memberId }) => memberId));
    const { savingsCapMinutes } = await this.readPolicy.run(bankId, localDate(this.unit.now, bank.zone));
    const numbers = await this.takeMemberNumber.many(bankId, members.length);
    const laid = members.map((member, index) => ({
      ...member,
      memberNumber: numbers[index],
      accountId: deriveId(member.memberId, 'account'),
      contentHash: contentHash(members[index]).toString('hex'),
    }));
    await this.openAccounts.run(
      bankId,
      laid.map(({ memberId, accountId }) => ({
        accountId,
        kind: 'member',
        ownerId: memberId,
        floorMinutes: 0,
        ceilingMinutes: savingsCapMinutes,
      })),
    );
    await this.unit.query(
      `insert into member (bank_id, member_id, person_id, member_number, name, birth_date, phone, account_id, content_hash, created_at,
                           circumstances, home_address, gender, helper_wish)
       select $1, m."memberId", m."memberId", m."memberNumber", m.name, m."birthDate", m.phone, m."accountId", decode(m."contentHash", 'hex'), $3,
              coalesce(m.circumstances, '{}'), m."homeAddress", m.gender, m."helperWish"
         from jsonb_to_recordset($2::jsonb) as m ("memberId" uuid, "memberNumber" text, name text, "birthDate" date, phone text, "accountId" uuid,
              "contentHash" text, circumstances text[], "homeAddress" text, gender text, "helperWish" text)`,
      [bankId, JSON.stringify(laid), this.unit.now],
    );
    await this.createPeople.grant(members.map(({ memberId, roles }) => ({ personId: memberId, memberId, bankId, roles })));
  }

  async revise(bankId: string, members: readonly RevisedMember[]): Promise<void> {
    if (members.length === 0) return;
    await this.unit.query(
      `update member set phone = coalesce(m.phone, member.phone), circumstances = coalesce(m.circumstances, member.circumstances),
              home_address = coalesce(m."homeAddress", member.home_address), gender = coalesce(m.gender, member.gender),
              helper_wish = coalesce(m."helperWish", member.helper_wish), version = version + 1
         from jsonb_to_recordset($2::jsonb) as m ("memberId" uuid, phone text, circumstances text[], "homeAddress" text, gender text, "helperWish" text)
        where member.bank_id = $1 and member.member_id = m."memberId"
          and num_nonnulls(m.phone, m.circumstances, m."homeAddress", m.gender, m."helperWish") > 0`,
      [bankId, JSON.stringify(members)],
    );
    await this.createPeople.grant(members.map(({ memberId, personId, roles }) => ({ personId, memberId, bankId, roles: roles ?? [] })));
  }
}
