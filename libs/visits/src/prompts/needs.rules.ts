import type { VisitState } from '@timebank/contract';
import { dayAfter, localDate, type Zone } from '@timebank/kernel';

type VisitTimes = { state: VisitState; plannedStart: Date; plannedEnd: Date };

/** Whether the helper of a visit may see what they have to know: from the day before until it ends, by the plan, or by the scan where it has begun. */
export function mayKnow({ state, plannedStart, plannedEnd }: VisitTimes, now: Date, zone: Zone): boolean {
  if (state === 'in_progress') return true;
  return state === 'planned' && now < plannedEnd && dayAfter(localDate(now, zone)) >= localDate(plannedStart, zone);
}
