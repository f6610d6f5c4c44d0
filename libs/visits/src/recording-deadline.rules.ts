import { workingDaysAfter } from '@timebank/kernel';

/** The last calendar day on which a service of `day` may be recorded: working days after it, Monday to Friday (MCA Order 67 (2020), article 11). */
export const recordingDeadline = (day: string, workingDays: number): string => workingDaysAfter(day, workingDays);

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
