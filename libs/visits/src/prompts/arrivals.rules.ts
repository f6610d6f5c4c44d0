import type { Policy } from '@timebank/contract';

/** What was to begin so long ago is no question for its helper any more: the desk looks at what was not recorded. */
export const arrivalHours = 4;

/**
 * Whether the helper of a planned visit is to be asked where they are: some minutes after the planned start, or after they were given it, where that was
 * later.
 */
export function arrivalDue(
  { plannedStart, createdAt }: { plannedStart: Date; createdAt: Date },
  now: Date,
  { arrivalAskMinutes }: Pick<Policy, 'arrivalAskMinutes'>,
): boolean {
  const since = Math.max(plannedStart.getTime(), createdAt.getTime());
  return now.getTime() >= since + arrivalAskMinutes * 60_000 && now.getTime() < plannedStart.getTime() + arrivalHours * 3_600_000;
}
