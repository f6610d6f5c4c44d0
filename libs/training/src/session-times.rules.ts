import { type CourseInput, refuse } from '@timebank/contract';
import { instantOf, type Zone } from '@timebank/kernel';

export type SessionTimes = { sessionId: string; startsAt: Date; endsAt: Date };

/** What a form says of sessions, by the bank's clock. Refuses `courses/wrong_order`, and `already_begun` for a time that has passed. */
export function timesOf(sessions: CourseInput['sessions'], zone: Zone, now: Date): SessionTimes[] {
  return sessions.map(({ sessionId, day, startTime, endTime }, index) => {
    const [startsAt, endsAt] = [instantOf(day, startTime, zone), instantOf(day, endTime, zone)];
    if (endsAt <= startsAt) throw refuse('courses/wrong_order', { from: startTime, until: endTime }, `body.sessions.${index}.endTime`);
    if (startsAt <= now) throw refuse('courses/already_begun', {}, `body.sessions.${index}.day`);
    return { sessionId, startsAt, endsAt };
  });
}

/** All sessions of a course: none twice, none at the time of another, and sign-up is over by the first. Answers them in order. */
export function checkTimes(sessions: readonly SessionTimes[], closesAt: Date): void {
  if (new Set(sessions.map(({ sessionId }) => sessionId)).size < sessions.length) throw refuse('courses/listed_twice', {}, 'body.sessions');
  const inTime = sessions.toSorted((one, other) => one.startsAt.getTime() - other.startsAt.getTime());
  if (inTime.some(({ startsAt }, index) => index > 0 && startsAt < (inTime[index - 1] as SessionTimes).endsAt))
    throw refuse('courses/listed_twice', {}, 'body.sessions');
  const [beginning] = inTime;
  if (beginning && closesAt > beginning.startsAt)
    throw refuse('courses/closes_too_late', { startsAt: beginning.startsAt.toISOString() }, 'body.closesAt');
}
