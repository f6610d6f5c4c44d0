import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { type Course, refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { beginningOf, CourseLock } from './course-lock';
import { CourseRow } from './course.entity';
import { ReadCourses } from './read-courses';

/** Calls a course off, with a reason that stays; whoever signed up is told. Repeatable; other words, or a closed one, are `courses/over`. */
@Injectable()
export class CancelCourse {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly lock: CourseLock,
    private readonly readCourses: ReadCourses,
  ) {}

  async run(actor: Actor, bankId: string, courseId: string, note: string): Promise<Course> {
    return this.unit.run([bankId], async () => {
      const course = await this.lock.one(bankId, courseId);
      if (course.state === 'closed' || (course.state === 'cancelled' && course.cancelNote !== note))
        throw refuse('courses/over', { state: course.state });
      if (course.state !== 'cancelled') {
        const called = { cancelledBy: actor.personId, cancelledAt: this.unit.now, cancelNote: note };
        await this.unit.updateRow(CourseRow, { bankId, courseId }, called);
        const people = await this.unit.query<{ memberId: string }>(
          `select member_id from course_place where bank_id = $1 and course_id = $2 and state <> 'withdrawn' order by ticket`,
          [bankId, courseId],
        );
        for (const { memberId } of people)
          this.unit.tell(bankId, 'courses/cancelled', { memberId, courseId, startsAt: beginningOf(course), actorId: actor.personId });
      }
      return this.readCourses.one(actor, bankId, courseId);
    });
  }
}
