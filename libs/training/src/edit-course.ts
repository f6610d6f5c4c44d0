import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { ReadBank } from '@timebank/banks';
import { type Course, type CoursePatch, refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { CourseLock, type LockedCourse } from './course-lock';
import { CourseRow, CourseSessionRow } from './course.entity';
import { ReadCourses } from './read-courses';
import { checkTimes, type SessionTimes, timesOf } from './session-times.rules';
import { TakePlace } from './take-place';

/**
 * Changes what a course is called, where and when it is, and how many can come, from the version that was read. Whoever signed up or teaches is told of another
 * time or place; where there are more places, those who wait move up. A session that has begun, or at which somebody was, stays as it is; the end of sign-up
 * moves until the draw. Refuses `courses/over`, `stale`, `places_taken` for fewer places than are taken, `already_drawn`, and what laying down refuses of times.
 */
@Injectable()
export class EditCourse {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly lock: CourseLock,
    private readonly readBank: ReadBank,
    private readonly takePlace: TakePlace,
    private readonly readCourses: ReadCourses,
  ) {}

  async run(actor: Actor, bankId: string, courseId: string, { version, sessions, closesAt, ...said }: CoursePatch): Promise<Course> {
    return this.unit.run([bankId], async () => {
      const before = await this.lock.live(bankId, courseId);
      if (before.version !== version) throw refuse('courses/stale', { version: before.version }, 'body.version');
      await this.checkPlaces(before, said.places);
      const moved = await this.moved(before, sessions ?? []);
      const closes = this.closing(before, closesAt);
      const after = before.sessions.map((one) => moved.find(({ sessionId }) => sessionId === one.sessionId) ?? one);
      if (before.state !== 'drawn') checkTimes(after, closes);
      else checkTimes(after, new Date(0));
      await this.unit.updateRow(CourseRow, { bankId, courseId }, { ...said, closesAt: closes });
      for (const { sessionId, ...times } of moved) await this.unit.updateRow(CourseSessionRow, { bankId, sessionId }, times);
      const now = await this.lock.one(bankId, courseId);
      if (moved.length > 0 || now.place !== before.place) await this.tell(actor, now);
      await this.takePlace.moveUp(now);
      return this.readCourses.one(actor, bankId, courseId);
    });
  }

  private async checkPlaces({ bankId, courseId }: LockedCourse, places: number | undefined): Promise<void> {
    if (places === undefined) return;
    const found = await this.unit.one<{ taken: number }>(
      `select count(*)::integer as taken from course_place where bank_id = $1 and course_id = $2 and state = 'placed'`,
      [bankId, courseId],
    );
    if (found && found.taken > places) throw refuse('courses/places_taken', { taken: found.taken }, 'body.places');
  }

  private closing({ state, closesAt: before }: LockedCourse, said: string | undefined): Date {
    const closesAt = said === undefined ? before : new Date(said);
    if (closesAt.getTime() === before.getTime()) return before;
    if (state === 'drawn') throw refuse('courses/already_drawn', {}, 'body.closesAt');
    if (closesAt <= this.unit.now) throw refuse('courses/already_begun', {}, 'body.closesAt');
    return closesAt;
  }

  /** Those of the sessions that get another time. */
  private async moved({ bankId, sessions }: LockedCourse, said: NonNullable<CoursePatch['sessions']>): Promise<SessionTimes[]> {
    const { zone } = await this.readBank.run(bankId);
    const known = new Map(sessions.map((one) => [one.sessionId, one]));
    const isMoved = ({ sessionId, startsAt, endsAt }: SessionTimes) => {
      const before = known.get(sessionId);
      return before?.startsAt.getTime() !== startsAt.getTime() || before.endsAt.getTime() !== endsAt.getTime();
    };
    const moved: SessionTimes[] = [];
    for (const [index, session] of said.entries()) {
      const before = known.get(session.sessionId);
      if (!before) throw refuse('courses/not_found', {}, `body.sessions.${index}.sessionId`);
      const [times] = timesOf([session], zone, new Date(0)) as [SessionTimes];
      if (!isMoved(times)) continue;
      const there = await this.unit.query('select from course_attendance where bank_id = $1 and session_id = $2 limit 1', [
        bankId,
        session.sessionId,
      ]);
      if (before.startsAt <= this.unit.now || times.startsAt <= this.unit.now || there.length > 0)
        throw refuse('courses/already_begun', {}, `body.sessions.${index}.day`);
      moved.push(times);
    }
    return moved;
  }

  private async tell(actor: Actor, { bankId, courseId, sessions }: LockedCourse): Promise<void> {
    const people = await this.unit.query<{ memberId: string }>(
      `select member_id from course_place where bank_id = $1 and course_id = $2 and state <> 'withdrawn'
       union select member_id from course_teacher where bank_id = $1 and course_id = $2 order by member_id`,
      [bankId, courseId],
    );
    const next = sessions.find(({ startsAt }) => startsAt > this.unit.now) ?? sessions[0];
    const startsAt = (next?.startsAt ?? this.unit.now).toISOString();
    for (const { memberId } of people) this.unit.tell(bankId, 'courses/changed', { memberId, courseId, startsAt, actorId: actor.personId });
  }
}
