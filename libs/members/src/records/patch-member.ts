import { Injectable } from '@nestjs/common';
import { type Actor, memberIn } from '@timebank/access';
import { type Member, type MemberPatch, refuse, type Waiting } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { ChangeMemberSignIn } from '../sign-in/change-member-sign-in';
import { CorrectMember } from './correct-member';
import { EndElsewhere } from '../guests/end-elsewhere';
import { cleanName } from '../member.rules';
import { MemberRecord } from '../member.entity';
import { ReadMember } from './read-member';
import { SetOwnSecret } from '../sign-in/set-own-secret';

/**
 * Changes name, birth date (see `CorrectMember`), contact, home, circumstances or standing of a member in one transaction, or stores the call for a
 * second person (see `ChangeMemberSignIn`). `disabled` bars the person and ends all their sign-ins and what they have planned in every bank; undoing
 * it brings none of that back. Only the person chooses a password: for somebody else it is `access/not_allowed`. Refuses `members/not_found`,
 * `members/stale`, `members/duplicate`, and what `ChangeMemberSignIn` and `CorrectMember` refuse.
 */
@Injectable()
export class PatchMember {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly setOwnSecret: SetOwnSecret,
    private readonly changeSignIn: ChangeMemberSignIn,
    private readonly readMember: ReadMember,
    private readonly endElsewhere: EndElsewhere,
    private readonly correctMember: CorrectMember,
  ) {}

  async run(actor: Actor, bankId: string, memberId: string, sent: MemberPatch): Promise<Member | Waiting> {
    const { password, ...patch } = sent;
    if (password !== undefined && memberIn(actor, bankId) !== memberId) throw refuse('access/not_allowed', {}, 'body.password');
    const secret = password === undefined ? null : await this.setOwnSecret.prepare(actor, password);
    const banks = patch.disabled === true ? await this.endElsewhere.banks(bankId, memberId) : [bankId];
    return this.unit.run(banks, async () => {
      // Names are compared under the lock that registrations take.
      await this.correctMember.hold(bankId);
      const member = await this.find(bankId, memberId);
      if (member.version !== patch.version) throw refuse('members/stale', { version: member.version }, 'body.version');
      const name = patch.name === undefined ? member.name : cleanName(patch.name);
      const phone = patch.phone === undefined ? member.phone : patch.phone;
      const birthDate = patch.birthDate ?? member.birthDate;
      const { version: _, ...content } = patch;
      const waits = await this.changeSignIn.run(actor, member, { phone, disabled: patch.disabled ?? null, content });
      if (waits) return waits;
      await this.correctMember.run(actor, member, { name, birthDate }, patch);
      if (secret) await this.setOwnSecret.run(actor, member, secret);
      if (patch.disabled === true) await this.endElsewhere.plans(actor, banks, memberId, 'keep');
      // Everything else that was sent is a column: a field that the table does not have is refused there, and none is forgotten here.
      const { disabled: _d, reasonCode: _r, note: _n, ...columns } = content;
      const what = { ...columns, name, phone, birthDate, circumstances: patch.circumstances?.toSorted() };
      await this.unit.updateRow(MemberRecord, { bankId, memberId }, what);
      await this.correctMember.findBy(member, name);
      return this.readMember.whole(bankId, memberId);
    });
  }

  private async find(bankId: string, memberId: string): Promise<MemberRecord> {
    const member = await this.unit.one<MemberRecord>('select * from member where bank_id = $1 and member_id = $2 for no key update', [
      bankId,
      memberId,
    ]);
    if (!member) throw refuse('members/not_found');
    return member;
  }
}
