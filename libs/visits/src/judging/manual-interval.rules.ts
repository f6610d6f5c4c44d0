import type { Interval } from './credited.rules';

type PlannedTimes = { plannedStart: Date; plannedEnd: Date; plannedMinutes: number; capturedIn: Date | null };
/** Scans that the server itself saw, when they were made. */
export type WitnessedScans = { in: Date | null; out: Date | null };

const after = (instant: Date, minutes: number) => new Date(instant.getTime() + minutes * 60_000);
const later = (left: Date, right: Date) => (left > right ? left : right);

/** From when on a visit counts as forgotten; a volunteer who comes late gets the same time after that. */
export function lastEndOf({ plannedEnd, capturedIn }: Pick<PlannedTimes, 'plannedEnd' | 'capturedIn'>): Date {
  return capturedIn ? later(plannedEnd, capturedIn) : plannedEnd;
}

/**
 * Why times that a coordinator types in cannot be those of a visit, or null: they begin in the window before the plan at the earliest; they end by now and
 * by the planned end, or the planned minutes after a scan-in that came late; and what the server saw with its own clock they cannot leave out: a scan-in
 * is not after their end, a scan-out not before their beginning.
 */
export function manualFault(
  visit: PlannedTimes,
  { start, end }: Interval,
  { now, windowBeforeMinutes, witnessed }: { now: Date; windowBeforeMinutes: number; witnessed: WitnessedScans },
): { field: 'startedAt' | 'endedAt'; limits: { earliest: string; latest: string } } | null {
  const earliest = after(visit.plannedStart, -windowBeforeMinutes);
  const planned = visit.capturedIn ? later(visit.plannedEnd, after(visit.capturedIn, visit.plannedMinutes)) : visit.plannedEnd;
  const latest = now < planned ? now : planned;
  const limits = { earliest: earliest.toISOString(), latest: latest.toISOString() };
  if (start < earliest || start >= end || (witnessed.out && start >= witnessed.out)) return { field: 'startedAt', limits };
  return end > latest || (witnessed.in && end <= witnessed.in) ? { field: 'endedAt', limits } : null;
}
