import { Injectable } from '@nestjs/common';
import { refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { MemberRecord } from '../member.entity';
import { LayIdentity } from '../lay-identity';
import { LayGrams } from '../search/lay-grams';
import { OpenMemberAccount } from './open-member-account';
import { LayPerson } from './lay-person';
import type { NewMember } from './new-member';

/**
 * Writes everything that belongs to a new member, under the lock of the bank. The person carries the member's id, so a member id exists once in the
 * whole city and can be used to give a city role. Refuses as `PutMember` says.
 */
@Injectable()
export class LayMember {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly layPerson: LayPerson,
    private readonly openMemberAccount: OpenMemberAccount,
    private readonly layGrams: LayGrams,
    private readonly layIdentity: LayIdentity,
  ) {}

  async run(member: NewMember): Promise<void> {
    await this.refuseDuplicate(member);
    await this.layIdentity.refuseTaken(member.bankId, member.beside.identityHash);
    const personId = await this.layPerson.run(member);
    const { memberNumber, accountId } = await this.openMemberAccount.run(member.bankId, member.memberId);
    // Everything else that was sent is a column: a field that the table does not have is refused there, and none is forgotten here.
    const { roles: _roles, passwordHash: _, secretChosenBy: __, signsInByCode: ___, beside, ...sent } = member;
    const { bankId, memberId } = sent;
    await this.unit.insertRow(MemberRecord, { ...sent, personId, memberNumber, accountId, createdAt: this.unit.now });
    await this.layGrams.run(bankId, memberId, member.name);
    await this.layIdentity.run({ bankId, memberId, ...beside });
    await this.layPerson.roles(personId, member);
  }

  /** Of what somebody typed; null for nothing. */
  identityHash(typed: string | undefined, birthDate: string): Buffer | null {
    return this.layIdentity.hashOf(typed, birthDate);
  }

  private async refuseDuplicate({ bankId, name, birthDate }: NewMember): Promise<void> {
    const same = await this.unit.one<{ memberId: string }>(
      'select member_id from member where bank_id = $1 and name_key = folded_name($2) and birth_date = $3',
      [bankId, name, birthDate],
    );
    if (same) throw refuse('members/duplicate', { memberId: same.memberId });
  }
}
