import { Injectable } from '@nestjs/common';
import { type Actor, Sealer } from '@timebank/access';
import { type Course, refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { beginningOf, CourseLock } from './course-lock';
import { CourseRow } from './course.entity';
import { drawOf, sealOf } from './draw.rules';
import { seedOf } from './put-course';
import { ReadCourses } from './read-courses';

/**
 * Draws who gets a place, once sign-up is over, by the seed whose hash everybody has known from the beginning; from now on the seed itself is known. Once:
 * another draw is `courses/already_drawn`. Refuses `courses/sign_up_open` and `courses/over`.
 */
@Injectable()
export class DrawCourse {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly lock: CourseLock,
    private readonly sealer: Sealer,
    private readonly readCourses: ReadCourses,
  ) {}

  async run(actor: Actor, bankId: string, courseId: string): Promise<Course> {
    return this.unit.run([bankId], async () => {
      const course = await this.lock.live(bankId, courseId);
      if (course.state === 'drawn') throw refuse('courses/already_drawn');
      if (course.state === 'open') throw refuse('courses/sign_up_open', { closesAt: course.closesAt.toISOString() });
      const seed = seedOf(this.sealer, bankId, courseId);
      if (!sealOf(seed).equals(course.seedHash)) throw new Error('the key under which the seed was made is another one');
      const entries = await this.unit.query<{ memberId: string; ticket: number }>(
        `select member_id, ticket from course_place where bank_id = $1 and course_id = $2 and state = 'signed_up' order by ticket`,
        [bankId, courseId],
      );
      const drawn = drawOf(seed, entries, course.places);
      await this.unit.query(
        `update course_place p set state = d.state, turn = d.turn
           from unnest($3::uuid[], $4::text[], $5::integer[]) d (member_id, state, turn)
          where p.bank_id = $1 and p.course_id = $2 and p.member_id = d.member_id`,
        [bankId, courseId, drawn.map(({ entry }) => entry.memberId), drawn.map(({ state }) => state), drawn.map(({ turn }) => turn)],
      );
      await this.unit.updateRow(CourseRow, { bankId, courseId }, { seed, drawnBy: actor.personId, drawnAt: this.unit.now });
      for (const { entry, state } of drawn)
        this.unit.tell(bankId, state === 'placed' ? 'courses/placed' : 'courses/waiting', {
          memberId: entry.memberId,
          courseId,
          startsAt: beginningOf(course),
        });
      return this.readCourses.one(actor, bankId, courseId);
    });
  }
}
