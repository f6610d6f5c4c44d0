import { workingDaysAfter } from '@timebank/kernel';

/** The last calendar day on which a service of `day` may be recorded: working days after it, Monday to Friday (MCA Order 67 (2020), article 11). */
export const recordingDeadline = (day: string, workingDays: number): string => workingDaysAfter(day, workingDays);

const dayBefore = (day: string, days: number) => new Date(Date.parse(day) - days * 86_400_000).toISOString().slice(0, 10);

/** The first and the last day whose services can be recorded today, but in some days no longer; null where no day is so. */
export function dueToRecord(today: string, workingDays: number, within: number): { from: string; to: string } | null {
  const last = dayBefore(today, -within);
  // Of seven days five are working days; a week more holds the weekend at either end.
  const days = Array.from({ length: Math.ceil(workingDays * 1.4) + 8 }, (_, back) => dayBefore(today, back)).toReversed();
  const due = days.filter((day) => recordingDeadline(day, workingDays) >= today && recordingDeadline(day, workingDays) < last);
  const [from, to] = [due[0], due.at(-1)];
  return from === undefined || to === undefined ? null : { from, to };
}

const longestMinutes = 1_440;

/**
 * What is wrong with the times of a visit that is recorded afterwards: it must be over, and have lasted a minute at least and a day at most. Null
 * when nothing is.
 */
export function pastLimits(
  { start, end }: { start: Date; end: Date },
  now: Date,
): { field: 'startedAt' | 'endedAt'; limits: { earliest: string; latest: string } } | null {
  const before = (instant: Date, minutes: number) => new Date(instant.getTime() - minutes * 60_000);
  const limits = { earliest: before(end, longestMinutes).toISOString(), latest: (end < now ? end : now).toISOString() };
  if (end > now) return { field: 'endedAt', limits };
  return start < before(end, longestMinutes) || start > before(end, 1) ? { field: 'startedAt', limits } : null;
}
