import { Injectable } from '@nestjs/common';
import { type Actor, isOneself } from '@timebank/access';
import { type Course, type CourseCloseInput, refuse } from '@timebank/contract';
import { contentHash, UnitOfWork } from '@timebank/database';
import { stands } from './attended.sql';
import { beginningOf, CourseLock, type LockedCourse } from './course-lock';
import { CoursePlaceRow, CourseRow } from './course.entity';
import { GrantByCourse, type Learner } from './grant-by-course';
import { PayTeachers } from './pay-teachers';
import { ReadCourses } from './read-courses';

/**
 * Closes a course that is over: a coordinator says who passed, and in the same transaction these are qualified or renewed and count as trained, and those
 * who taught are paid. Nobody says so of themselves. Repeatable with the same content. Refuses `courses/not_drawn`, `not_over`, `no_place`, `not_attended`
 * (who was at no session cannot pass), `courses/over`, and what `PayTeachers` refuses.
 */
@Injectable()
export class CloseCourse {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly lock: CourseLock,
    private readonly grant: GrantByCourse,
    private readonly payTeachers: PayTeachers,
    private readonly readCourses: ReadCourses,
  ) {}

  async run(actor: Actor, bankId: string, courseId: string, input: CourseCloseInput): Promise<Course> {
    const { passed } = input;
    if (new Set(passed).size < passed.length) throw refuse('courses/listed_twice', {}, 'body.passed');
    if (passed.some((memberId) => isOneself(actor, memberId))) throw refuse('access/not_allowed', {}, 'body.passed');
    const closeHash = contentHash({ ...input, passed: [...passed].sort() });
    return this.unit.run([bankId], async () => {
      const course = await this.lock.one(bankId, courseId);
      const isRepeat = course.closeHash?.equals(closeHash) ?? false;
      if (!isRepeat) {
        await this.close(actor, course, input);
        await this.unit.updateRow(CourseRow, { bankId, courseId }, { closedBy: actor.personId, closedAt: this.unit.now, closeHash });
      }
      return this.readCourses.one(actor, bankId, courseId);
    });
  }

  private async close(actor: Actor, course: LockedCourse, { passed, payTeachers = true }: CourseCloseInput): Promise<void> {
    const { bankId, courseId, state, sessions } = course;
    if (state === 'closed' || state === 'cancelled') throw refuse('courses/over', { state });
    if (state !== 'drawn') throw refuse('courses/not_drawn');
    const end = Math.max(...sessions.map(({ endsAt }) => endsAt.getTime()));
    if (this.unit.now.getTime() < end) throw refuse('courses/not_over', { endsAt: new Date(end).toISOString() });
    const learners = new Map((await this.learners(course)).map((learner) => [learner.memberId, learner]));
    for (const memberId of passed) {
      const learner = learners.get(memberId);
      if (!learner) throw refuse('courses/no_place', { memberId }, 'body.passed');
      if (learner.attendedMinutes === 0) throw refuse('courses/not_attended', { memberId }, 'body.passed');
    }
    for (const [memberId, learner] of [...learners].sort(([one], [other]) => (one < other ? -1 : 1))) {
      const hasPassed = passed.includes(memberId);
      const grantedUntil = hasPassed ? await this.grant.run(actor, course, learner) : null;
      const result = hasPassed ? 'passed' : 'not_passed';
      await this.unit.updateRow(CoursePlaceRow, { bankId, courseId, memberId }, { result, grantedUntil });
      if (!hasPassed) continue;
      const told = { memberId, courseId, startsAt: beginningOf(course), until: grantedUntil, actorId: actor.personId };
      this.unit.tell(bankId, 'courses/passed', told);
    }
    if (payTeachers) await this.payTeachers.run(actor, bankId, courseId);
  }

  /** Who has a place, how long they were there, and what they have of the qualification. */
  private learners({ bankId, courseId, qualification }: LockedCourse): Promise<Learner[]> {
    return this.unit.query<Learner>(
      `select p.member_id, q.valid_until, q.recorded_at, null::date as exempt_until,
              (select coalesce(sum(a.minutes), 0)::integer from course_attendance a
                where a.bank_id = $1 and a.course_id = $2 and a.member_id = p.member_id and ${stands}) as attended_minutes
         from course_place p left join qualification q on q.bank_id = $1 and q.member_id = p.member_id and q.code = $3
        where p.bank_id = $1 and p.course_id = $2 and p.state = 'placed' order by p.member_id`,
      [bankId, courseId, qualification],
    );
  }
}
