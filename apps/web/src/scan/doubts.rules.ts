import type { DayBundle } from '@timebank/contract/client';

export type Limits = Omit<DayBundle['limits'][number], 'bankId'>;
/** Why the app asks about a scan before it is made: it ends a visit that has hardly begun, or begins one far from its plan. */
export type Doubt = { why: 'short'; minutes: number } | { why: 'early' | 'late'; plannedStart: string };

/** What holds where a phone has not heard of its bank's own: the defaults of the policy. */
export const usualLimits: Limits = { minimumMinutes: 10, windowBeforeMinutes: 30, windowAfterMinutes: 60 };

const minute = 60_000;

/** Whether a scan is worth a question, because a coordinator would see it as too short or outside its plan. Never a reason to refuse it. */
export function doubtOf(
  kind: 'in' | 'out',
  { plannedStart, capturedIn }: { plannedStart: string; capturedIn: string | null },
  now: Date,
  limits: Limits,
): Doubt | null {
  const minutesSince = (instant: string) => (now.getTime() - Date.parse(instant)) / minute;
  if (kind === 'out') {
    const minutes = capturedIn === null ? Infinity : minutesSince(capturedIn);
    return minutes < limits.minimumMinutes ? { why: 'short', minutes: Math.max(0, Math.floor(minutes)) } : null;
  }
  const late = minutesSince(plannedStart);
  if (-late > limits.windowBeforeMinutes) return { why: 'early', plannedStart };
  return late > limits.windowAfterMinutes ? { why: 'late', plannedStart } : null;
}
