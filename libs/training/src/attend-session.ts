import { Injectable } from '@nestjs/common';
import { type Actor, hasRole, isOneself, memberIn } from '@timebank/access';
import { type Attendance, type AttendanceInput, refuse, type Stored } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { minutesBetween } from '@timebank/kernel';
import { ReadShownCode } from '@timebank/visits';
import { stands } from './attended.sql';
import { CourseLock, type LockedCourse } from './course-lock';
import { CourseAttendanceChangeRow, CourseAttendanceRow } from './course.entity';

/** So long before a session and after it its code is taken. */
const marginMs = 30 * 60_000;

/**
 * Somebody was at a session of a course: they say so themselves by the rotating code of a screen of the bank, or a coordinator writes another person down.
 * Idempotent. Refuses `courses/not_drawn`, `courses/no_place`, `courses/not_now`, and what `ReadShownCode` refuses; a code counts once for a
 * person (`visits/code_used`).
 */
@Injectable()
export class AttendSession {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly lock: CourseLock,
    private readonly shownCode: ReadShownCode,
  ) {}

  async run(
    actor: Actor,
    bankId: string,
    { courseId, sessionId, memberId }: { courseId: string; sessionId: string; memberId: string },
    { code }: AttendanceInput,
  ): Promise<Stored<Attendance>> {
    const mayWrite = hasRole(actor, 'coordinator', bankId) && !isOneself(actor, memberId);
    if (!mayWrite && memberIn(actor, bankId) !== memberId) throw refuse('access/not_allowed', {}, 'params.memberId');
    if (!mayWrite && code === undefined) throw refuse('access/not_allowed', {}, 'body.code');
    return this.unit.run([bankId], async () => {
      const course = await this.lock.live(bankId, courseId);
      const session = course.sessions.find((one) => one.sessionId === sessionId);
      if (!session) throw refuse('courses/not_found', {}, 'params.sessionId');
      const key = { bankId, sessionId, memberId };
      const kept = await this.kept(key);
      if (kept?.stands) return { first: false, value: kept };
      await this.checkPlace(course, memberId);
      this.checkTime(session, code !== undefined);
      const shown = code === undefined ? { displayId: null, step: null } : await this.shownCode.run(bankId, code, 'body.code');
      const minutes = minutesBetween(session.startsAt, session.endsAt);
      const by = { recordedBy: actor.personId, recordedAt: this.unit.now };
      // It was taken back, and stands again.
      if (kept) {
        const again = { changedBy: actor.personId, changedAt: this.unit.now };
        await this.unit.insertRow(CourseAttendanceChangeRow, { ...key, stands: true, note: null, ...again });
        return { first: false, value: kept };
      }
      const isNew = await this.unit.insertNew(CourseAttendanceRow, { ...key, courseId, minutes, ...shown, ...by });
      // The course is locked: only the code can have been used, at another session of this person's.
      if (!isNew) throw refuse('visits/code_used', {}, 'body.code');
      return { first: true, value: (await this.kept(key)) as Attendance };
    });
  }

  private async checkPlace(course: LockedCourse, memberId: string): Promise<void> {
    const { bankId, courseId } = course;
    const found = await this.unit.one<{ teaches: boolean; placed: boolean }>(
      `select exists (select from course_teacher where bank_id = $1 and course_id = $2 and member_id = $3) as teaches,
              exists (select from course_place where bank_id = $1 and course_id = $2 and member_id = $3 and state = 'placed') as placed`,
      [bankId, courseId, memberId],
    );
    if (found?.teaches) return;
    if (course.state !== 'drawn') throw refuse('courses/not_drawn');
    if (!found?.placed) throw refuse('courses/no_place', {}, 'params.memberId');
  }

  /** The code proves that somebody is there now. From paper it can be written down from its beginning on. */
  private checkTime({ startsAt, endsAt }: { startsAt: Date; endsAt: Date }, byCode: boolean): void {
    const now = this.unit.now.getTime();
    const from = startsAt.getTime() - (byCode ? marginMs : 0);
    if (now < from || (byCode && now > endsAt.getTime() + marginMs))
      throw refuse('courses/not_now', { startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() });
  }

  private async kept(key: { bankId: string; sessionId: string; memberId: string }): Promise<(Attendance & { stands: boolean }) | null> {
    const row = await this.unit.one<Omit<Attendance, 'recordedAt'> & { recordedAt: Date; stands: boolean }>(
      `select session_id, member_id, minutes, recorded_at, ${stands} as stands
         from course_attendance a where bank_id = $1 and session_id = $2 and member_id = $3`,
      [key.bankId, key.sessionId, key.memberId],
    );
    return row && { ...row, recordedAt: row.recordedAt.toISOString() };
  }
}
