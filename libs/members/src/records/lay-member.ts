import { Injectable } from '@nestjs/common';
import { CreatePerson, GrantRole } from '@timebank/access';
import { type MemberInput, refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { MemberRecord } from '../member.entity';
import { LayGrams } from '../search/lay-grams';
import { OpenMemberAccount } from './open-member-account';
import { PhoneHolder } from '../sign-in/phone-holder';

export type NewMember = Omit<MemberInput, 'password' | 'phone'> & {
  bankId: string;
  memberId: string;
  phone: string | null;
  passwordHash: string | null;
  secretChosenBy: string | null;
  contentHash: Buffer;
};

/**
 * Writes everything that belongs to a new member, under the lock of the bank. The person carries the member's id, so a member id exists once in the
 * whole city and can be used to give a city role. Refuses as `PutMember` says.
 */
@Injectable()
export class LayMember {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly createPerson: CreatePerson,
    private readonly grantRole: GrantRole,
    private readonly openMemberAccount: OpenMemberAccount,
    private readonly phoneHolder: PhoneHolder,
    private readonly layGrams: LayGrams,
  ) {}

  async run(member: NewMember): Promise<void> {
    await this.refuseDuplicate(member);
    const personId = await this.person(member);
    const { memberNumber, accountId } = await this.openMemberAccount.run(member.bankId, member.memberId);
    // Everything else that was sent is a column: a field that the table does not have is refused there, and none is forgotten here.
    const { roles, passwordHash: _, secretChosenBy: __, ...sent } = member;
    const { bankId, memberId } = sent;
    await this.unit.insertRow(MemberRecord, { ...sent, personId, memberNumber, accountId, createdAt: this.unit.now });
    await this.layGrams.run(bankId, memberId, member.name);
    for (const role of roles) await this.grantRole.run({ personId, bankId, role, memberId });
  }

  private async refuseDuplicate({ bankId, name, birthDate }: NewMember): Promise<void> {
    const same = await this.unit.one<{ memberId: string }>(
      'select member_id from member where bank_id = $1 and name_key = folded_name($2) and birth_date = $3',
      [bankId, name, birthDate],
    );
    if (same) throw refuse('members/duplicate', { memberId: same.memberId });
  }

  private async person({ bankId, memberId, phone, passwordHash, secretChosenBy }: NewMember): Promise<string> {
    const signInPhone = passwordHash === null ? null : phone;
    const outcome = await this.createPerson.run({ personId: memberId, signInPhone, passwordHash, secretChosenBy });
    if (outcome === 'exists') throw refuse('members/id_reused');
    if (outcome === 'phone_in_use') {
      await this.phoneHolder.refuseTaken(bankId, signInPhone ?? '', memberId);
      throw refuse('members/phone_in_use', {}, 'body.phone');
    }
    return memberId;
  }
}
