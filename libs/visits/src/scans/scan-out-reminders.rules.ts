import type { Policy } from '@timebank/contract';
import { lastEndOf } from '../judging/manual-interval.rules';

export type Reminding = { plannedEnd: Date; capturedIn: Date | null; scanOutReminders: number };

/**
 * The number of the reminder that is due for a visit still under way; null when none is, or it was sent. After a night without power only the last
 * one is sent.
 */
export function reminderDue(
  { scanOutReminders, ...visit }: Reminding,
  now: Date,
  policy: Pick<Policy, 'remindAfterMinutes' | 'remindAgainAfterMinutes'>,
): 1 | 2 | null {
  const isPast = (minutes: number) => now.getTime() >= lastEndOf(visit).getTime() + minutes * 60_000;
  const due = isPast(policy.remindAgainAfterMinutes) ? 2 : isPast(policy.remindAfterMinutes) ? 1 : null;
  return due !== null && due > scanOutReminders ? due : null;
}
