import type { Policy } from '@timebank/contract';
import { instantOf, isQuietHour, localDate, localMinute, type Zone } from '@timebank/kernel';

type EveningPolicy = Pick<Policy, 'eveningReminderHour' | 'quietFromHour' | 'quietUntilHour'>;

/**
 * Since when both sides are reminded of tomorrow's visits: this evening's hour, or, where that is a quiet one, the last hour before the quiet. Null before it,
 * in quiet hours, and where the bank reminds nobody.
 */
export function eveningSince(now: Date, { eveningReminderHour: wished, ...quiet }: EveningPolicy, zone: Zone): Date | null {
  if (wished === null) return null;
  const hour = isQuietHour(wished, quiet) ? (quiet.quietFromHour + 23) % 24 : wished;
  const isNow = Number(localMinute(now, zone).slice(11, 13));
  if (isNow < hour || isQuietHour(isNow, quiet)) return null;
  return instantOf(localDate(now, zone), `${String(hour).padStart(2, '0')}:00`, zone);
}
