import { Injectable } from '@nestjs/common';
import { type CourseState, refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import type { CourseRow, CourseSessionRow } from './course.entity';

export type LockedCourse = CourseRow & { state: CourseState; sessions: Pick<CourseSessionRow, 'sessionId' | 'startsAt' | 'endsAt'>[] };

/** How a course stands, in SQL; `$2` is now. */
export const courseState = `case when c.cancelled_at is not null then 'cancelled' when c.closed_at is not null then 'closed'
  when c.drawn_at is not null then 'drawn' when c.closes_at <= $2::timestamptz then 'to_draw' else 'open' end`;

/** Locks a course: whoever signs up, draws, attends or closes comes one after another. In the caller's unit of work. */
@Injectable()
export class CourseLock {
  constructor(private readonly unit: UnitOfWork) {}

  async one(bankId: string, courseId: string): Promise<LockedCourse> {
    const course = await this.unit.one<CourseRow & { state: CourseState }>(
      `select c.*, ${courseState} as state from course c where c.bank_id = $1 and c.course_id = $3 for no key update`,
      [bankId, this.unit.now, courseId],
    );
    if (!course) throw refuse('courses/not_found');
    const sessions = await this.unit.query<LockedCourse['sessions'][number]>(
      'select session_id, starts_at, ends_at from course_session where bank_id = $1 and course_id = $2 order by starts_at, session_id',
      [bankId, courseId],
    );
    return { ...course, sessions };
  }

  /** The same, of one that goes on. Refuses `courses/over`. */
  async live(bankId: string, courseId: string): Promise<LockedCourse> {
    const course = await this.one(bankId, courseId);
    if (course.state === 'closed' || course.state === 'cancelled') throw refuse('courses/over', { state: course.state });
    return course;
  }
}

/** Whether its last session has ended. */
export const isOver = ({ sessions }: LockedCourse, now: Date): boolean => sessions.every(({ endsAt }) => endsAt <= now);

/** For a message: the first of its sessions. */
export const beginningOf = ({ sessions }: LockedCourse): string => (sessions[0]?.startsAt ?? new Date(0)).toISOString();
