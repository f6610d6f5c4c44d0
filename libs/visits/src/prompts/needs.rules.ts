import type { VisitState } from '@timebank/contract';
import { dayAfter, localDate, type Zone } from '@timebank/kernel';

type VisitTimes = { state: VisitState; plannedStart: Date; plannedEnd: Date };

/** A visit that goes on longer than planned, or whose scan at the end was forgotten, is over for this after so many hours. */
const longestAfterwards = 6 * 3_600_000;

/** Until when a helper who has begun may see it; one who has not, until the planned end. */
export const knowsUntil = ({ state, plannedEnd }: VisitTimes): Date =>
  state === 'in_progress' ? new Date(plannedEnd.getTime() + longestAfterwards) : plannedEnd;

/** Whether the helper of a visit may see what they have to know: from the day before, however early they have scanned, until it ends. */
export function mayKnow(visit: VisitTimes, now: Date, zone: Zone): boolean {
  const isLive = visit.state === 'planned' || visit.state === 'in_progress';
  return isLive && now < knowsUntil(visit) && dayAfter(localDate(now, zone)) >= localDate(visit.plannedStart, zone);
}
