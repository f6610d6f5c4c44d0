import type { Policy } from '@timebank/contract';
import { minutesBetween } from '@timebank/kernel';

export type Interval = { start: Date; end: Date };
export type Credit = { start: Date | null; end: Date | null; minutes: number };
export type CreditedTimes = {
  plannedStart: Date;
  plannedMinutes: number;
  capturedIn: Date | null;
  capturedOut: Date | null;
  /** Times typed in by a coordinator; they replace the captured ones. */
  entered: Interval | null;
};
export type CreditPolicy = Pick<Policy, 'roundingMinutes' | 'roundingMode' | 'creditOverPlanMinutes'>;

const after = (instant: Date, minutes: number) => new Date(instant.getTime() + minutes * 60_000);
const later = (left: Date, right: Date) => (left > right ? left : right);
const earlier = (left: Date, right: Date) => (left < right ? left : right);

/** What counts of a captured interval before the plan's end is looked at: nothing before the planned start. */
export function countedInterval(plannedStart: Date, captured: Interval): Interval {
  return { start: earlier(later(captured.start, plannedStart), captured.end), end: captured.end };
}

/**
 * What approval would credit, in whole minutes: captured time from the planned start on, at most the planned minutes and
 * policy `creditOverPlanMinutes` more, rounded by policy, never longer than captured (a credited interval may
 * only be shorter). A visit with one end missing is worth nothing until a person enters its times.
 */
export function proposeCredit(times: CreditedTimes, policy: CreditPolicy): Credit {
  const rounding = { unitMinutes: policy.roundingMinutes, mode: policy.roundingMode };
  const worth = ({ start, end }: Interval) => ({
    start,
    end,
    minutes: Math.min(minutesBetween(start, end, rounding), minutesBetween(start, end)),
  });
  if (times.entered) return worth(countedInterval(times.plannedStart, times.entered));
  if (!times.capturedIn || !times.capturedOut) return { start: null, end: null, minutes: 0 };
  const counted = countedInterval(times.plannedStart, { start: times.capturedIn, end: times.capturedOut });
  const end = earlier(counted.end, after(counted.start, times.plannedMinutes + policy.creditOverPlanMinutes));
  return worth({ start: counted.start, end });
}
