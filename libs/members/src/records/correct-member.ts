import { Injectable } from '@nestjs/common';
import { type Actor } from '@timebank/access';
import { ReadBank } from '@timebank/banks';
import { type MemberPatch, refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { LayGrams } from '../search/lay-grams';
import { MemberCorrectionRow } from './member-correction.entity';
import type { MemberRecord } from '../member.entity';

export type MemberIdentity = Pick<MemberRecord, 'name' | 'birthDate'>;

/**
 * Corrects a name or a birth date that was written down wrongly. In the unit of work that changes the member and holds the lock. The old value, who
 * and why are kept for good. Nobody corrects their own birth date, since it opens grants and gifts; without a reason it is `members/reason_needed`.
 * If name and birth date would then be another member's, it is `members/duplicate`.
 */
@Injectable()
export class CorrectMember {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly readBank: ReadBank,
    private readonly layGrams: LayGrams,
  ) {}

  /** Within a bank, names are compared one change at a time. */
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

  /** Once the row is written: by another name a member is found from now on. */
  async findBy(member: MemberRecord, name: string): Promise<void> {
    if (name !== member.name) await this.layGrams.run(member.bankId, member.memberId, name);
  }

  private async refuseDuplicate(member: MemberRecord, { name, birthDate }: MemberIdentity, path: string): Promise<void> {
    const same = await this.unit.one<{ memberId: string }>(
      'select member_id from member where bank_id = $1 and name_key = folded_name($2) and birth_date = $3 and member_id <> $4',
      [member.bankId, name, birthDate, member.memberId],
    );
    if (same) throw refuse('members/duplicate', { memberId: same.memberId }, path);
  }
}
