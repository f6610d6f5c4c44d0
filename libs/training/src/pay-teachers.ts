import { Injectable } from '@nestjs/common';
import { type Actor, isOneself } from '@timebank/access';
import { ReadBank } from '@timebank/banks';
import { refuse } from '@timebank/contract';
import { deriveId, UnitOfWork } from '@timebank/database';
import { PostTransfers } from '@timebank/ledger';
import { ClosePeople } from '@timebank/members';
import { stands } from './attended.sql';

type Taught = { memberId: string; accountId: string; minutes: number };

/**
 * Pays those who taught a course for the sessions at which they were, from the bank's pool: teaching helps everybody, so what everybody gave pays for it. In
 * the caller's unit of work. Nobody pays themselves or a relative (`access/not_allowed`); a pool that has too little, or a full account, refuses all of it.
 */
@Injectable()
export class PayTeachers {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly readBank: ReadBank,
    private readonly closePeople: ClosePeople,
    private readonly postTransfers: PostTransfers,
  ) {}

  async run(actor: Actor, bankId: string, courseId: string): Promise<void> {
    const taught = await this.unit.query<Taught>(
      `select m.member_id, m.account_id, sum(a.minutes)::integer as minutes
         from course_teacher t join member m on m.bank_id = t.bank_id and m.member_id = t.member_id
         join course_attendance a on a.bank_id = t.bank_id and a.course_id = t.course_id and a.member_id = t.member_id and ${stands}
        where t.bank_id = $1 and t.course_id = $2 and m.left_on is null group by 1, 2 order by 1`,
      [bankId, courseId],
    );
    if (taught.length === 0) return;
    const teachers = taught.map(({ memberId }) => memberId);
    const isOwn = teachers.some((memberId) => isOneself(actor, memberId));
    if (isOwn || (await this.closePeople.run(actor, teachers)) !== null) throw refuse('access/not_allowed', {}, 'body.payTeachers');
    const { poolAccountId } = await this.readBank.run(bankId);
    const outcomes = await this.postTransfers.run(
      taught.map(({ memberId, accountId, minutes }) => ({
        bankId,
        transferId: deriveId(courseId, `teaching ${memberId}`),
        debitAccountId: poolAccountId,
        creditAccountId: accountId,
        minutes,
        kind: 'teaching' as const,
        class: null,
        visitId: null,
        reversesId: null,
        memoCode: null,
        actorId: actor.personId,
        effectiveAt: this.unit.now,
        holdId: null,
        overflow: null,
        cover: null,
      })),
    );
    for (const [index, { outcome, code, parameters }] of outcomes.entries())
      if (outcome === 'refused')
        throw refuse(code ?? 'service/fault', { ...parameters, payer: 'pool', memberId: teachers[index] }, 'body.payTeachers');
  }
}
