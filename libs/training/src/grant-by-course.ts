import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { ReadBank, ReadPolicy } from '@timebank/banks';
import { UnitOfWork } from '@timebank/database';
import { localDate } from '@timebank/kernel';
import { grantedThrough, type LastDays, KeepTrained, PutQualification, QualificationKinds } from '@timebank/members';
import { stands } from './attended.sql';
import type { LockedCourse } from './course-lock';

/** Who has a place, how long they were there, and what they have of the qualification since when. */
export type Learner = { memberId: string; attendedMinutes: number } & LastDays & { recordedAt: Date | null };

/** Refresher minutes of member `$2` for `$3`, in courses that were closed after `$4`. */
export const learntSql = `
  select coalesce(sum(a.minutes), 0)::integer as minutes
    from course c join course_place p on p.bank_id = c.bank_id and p.course_id = c.course_id and p.member_id = $2 and p.result = 'passed'
    join course_attendance a on a.bank_id = c.bank_id and a.course_id = c.course_id and a.member_id = $2 and ${stands}
   where c.bank_id = $1 and c.qualification = $3 and c.is_refresher and c.closed_at > $4::timestamptz`;

/** What whoever passed gets by it, in the caller's unit of work: trained for what the course prepares for, and qualified through the day that is returned. */
@Injectable()
export class GrantByCourse {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly readBank: ReadBank,
    private readonly readPolicy: ReadPolicy,
    private readonly kinds: QualificationKinds,
    private readonly putQualification: PutQualification,
    private readonly keepTrained: KeepTrained,
  ) {}

  async run(actor: Actor, course: LockedCourse, learner: Learner): Promise<string | null> {
    const { bankId, courseId, qualification, isRefresher } = course;
    const { memberId } = learner;
    const { zone } = await this.readBank.run(bankId);
    const today = localDate(this.unit.now, zone);
    const prepared = await this.unit.query<{ serviceKind: string }>(
      'select service_kind from course_service_kind where bank_id = $1 and course_id = $2 order by 1',
      [bankId, courseId],
    );
    await this.keepTrained.run(
      prepared.map(({ serviceKind }) => ({ bankId, memberId, serviceKind, courseId, trainedOn: today, recordedBy: actor.personId })),
    );
    if (qualification === null) return null;
    const kind = await this.kinds.one(qualification, 'body');
    const policy = await this.readPolicy.run(bankId, today);
    const until = grantedThrough(today, kind, {
      isRefresher,
      held: learner,
      reactivateWithinDays: kind.reactivateWithinDays ?? policy.reactivateWithinDays,
      learntMinutes: learner.attendedMinutes + (await this.learntBefore(course, learner)),
    });
    if (until !== null) await this.putQualification.run(actor, bankId, memberId, qualification, until);
    return until;
  }

  /** In earlier refreshers that were passed, since it was granted or renewed. */
  private async learntBefore({ bankId, qualification }: LockedCourse, { memberId, recordedAt }: Learner): Promise<number> {
    const found = await this.unit.one<{ minutes: number }>(learntSql, [bankId, memberId, qualification, recordedAt]);
    return found?.minutes ?? 0;
  }
}
