import { Injectable } from '@nestjs/common';
import { type Actor } from '@timebank/access';
import { ReadBank } from '@timebank/banks';
import { type MemberPatch, refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { MemberCorrectionRow } from './member-correction.entity';
import type { MemberRecord } from './member.entity';

export type MemberIdentity = Pick<MemberRecord, 'name' | 'birthDate'>;

/**
 * Who a member is, put right: a name or a birth date that was written down wrongly. In the unit of work that changes the member, which it holds. Kept for
 * good, with what stood there before, who and why. Nobody corrects their own birth date, which opens grants and gifts; one without a reason is
 * `members/reason_needed`. Two members whom name and birth date tell apart no more are `members/duplicate`.
 */
@Injectable()
export class CorrectMember {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly readBank: ReadBank,
  ) {}

  /** Names are told apart within a bank one after another. */
  async hold(bankId: string): Promise<void> {
    await this.readBank.lock(bankId);
  }

  async run(actor: Actor, member: MemberRecord, { name, birthDate }: MemberIdentity, { reasonCode, note }: MemberPatch): Promise<void> {
    if (birthDate !== member.birthDate) {
      if (actor.personId === member.personId) throw refuse('access/not_allowed', {}, 'body.birthDate');
      if (reasonCode === undefined) throw refuse('members/reason_needed', {}, 'body.reasonCode');
    }
    const corrections = [
      { field: 'name', beforeText: member.name, afterText: name } as const,
      { field: 'birthDate', beforeText: member.birthDate, afterText: birthDate } as const,
    ].filter(({ beforeText, afterText }) => beforeText !== afterText);
    if (corrections.length === 0) return;
    await this.refuseDuplicate(member, { name, birthDate }, name === member.name ? 'body.birthDate' : 'body.name');
    const said = { reasonCode: reasonCode ?? null, note: note ?? null, correctedBy: actor.personId, correctedAt: this.unit.now };
    for (const correction of corrections) {
      await this.unit.insertRow(MemberCorrectionRow, { bankId: member.bankId, memberId: member.memberId, ...correction, ...said });
    }
  }

  private async refuseDuplicate(member: MemberRecord, { name, birthDate }: MemberIdentity, path: string): Promise<void> {
    const same = await this.unit.one<{ memberId: string }>(
      'select member_id from member where bank_id = $1 and name_key = folded_name($2) and birth_date = $3 and member_id <> $4',
      [member.bankId, name, birthDate, member.memberId],
    );
    if (same) throw refuse('members/duplicate', { memberId: same.memberId }, path);
  }
}
