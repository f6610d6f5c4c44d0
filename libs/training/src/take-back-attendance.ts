import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { type Course, refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { stands } from './attended.sql';
import { CourseLock } from './course-lock';
import { CourseAttendanceChangeRow } from './course.entity';
import { ReadCourses } from './read-courses';

/**
 * Takes back, with a reason that stays, that somebody was at a session: it was another person, or another session. Only before the course is closed, for afterwards
 * people are qualified by it. They are told. Repeatable; it can be written down again. Refuses `courses/over`, and `courses/not_attended` for who was never there.
 */
@Injectable()
export class TakeBackAttendance {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly lock: CourseLock,
    private readonly readCourses: ReadCourses,
  ) {}

  async run(
    actor: Actor,
    bankId: string,
    { courseId, sessionId, memberId }: { courseId: string; sessionId: string; memberId: string },
    note: string,
  ): Promise<Course> {
    return this.unit.run([bankId], async () => {
      const { sessions } = await this.lock.live(bankId, courseId);
      const session = sessions.find((one) => one.sessionId === sessionId);
      if (!session) throw refuse('courses/not_found', {}, 'params.sessionId');
      const there = await this.unit.one<{ stands: boolean }>(
        `select ${stands} as stands from course_attendance a where a.bank_id = $1 and a.session_id = $2 and a.member_id = $3`,
        [bankId, sessionId, memberId],
      );
      if (!there) throw refuse('courses/not_attended', { memberId }, 'params.memberId');
      if (there.stands) {
        const by = { changedBy: actor.personId, changedAt: this.unit.now };
        await this.unit.insertRow(CourseAttendanceChangeRow, { bankId, sessionId, memberId, stands: false, note, ...by });
        const told = { memberId, courseId, startsAt: session.startsAt.toISOString(), actorId: actor.personId };
        this.unit.tell(bankId, 'courses/attendance_taken_back', told);
      }
      return this.readCourses.one(actor, bankId, courseId);
    });
  }
}
