import type { QualificationKind, QualificationStatus } from '@timebank/contract';
import { endsSoonDays } from '../ends-soon';

type Validity = Pick<QualificationKind, 'validityMonths' | 'toYearEnd'>;
export type LastDays = { validUntil: string | null; exemptUntil: string | null };

const dayMs = 86_400_000;

export const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / dayMs;
const dayBefore = (day: string) => new Date(Date.parse(day) - dayMs).toISOString().slice(0, 10);

/**
 * The last day of what is granted on a day. Whole months later the same day is the first without; where that month has no such day, its last one is the
 * last with.
 */
export function validThrough(day: string, { validityMonths, toYearEnd }: Validity): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const months = year * 12 + month - 1 + validityMonths;
  const [lastYear, lastMonth] = [Math.floor(months / 12), months % 12];
  if (toYearEnd) return `${lastYear}-12-31`;
  const length = new Date(Date.UTC(lastYear, lastMonth + 1, 0)).getUTCDate();
  const same = new Date(Date.UTC(lastYear, lastMonth, Math.min(date, length))).toISOString().slice(0, 10);
  return date > length ? same : dayBefore(same);
}

/** How what somebody has stands on a day; null where there is nothing. The last day counts. */
export function standingOf({ validUntil, exemptUntil }: LastDays, day: string, reactivateWithinDays: number): QualificationStatus | null {
  if (validUntil !== null && validUntil >= day) return daysBetween(day, validUntil) <= endsSoonDays ? 'ends_soon' : 'valid';
  if (exemptUntil !== null && exemptUntil >= day) return 'exempt';
  if (validUntil === null) return exemptUntil === null ? null : 'expired';
  return daysBetween(validUntil, day) <= reactivateWithinDays ? 'reactivatable' : 'expired';
}

/**
 * Through which day somebody is qualified who passed on a day. A first course never makes it shorter. A refresher goes on from the last day, for whoever
 * has it or may still renew it, once they have learnt enough since; else nothing changes, which null says.
 */
export function grantedThrough(
  day: string,
  kind: Validity & Pick<QualificationKind, 'refresherMinutes'>,
  {
    isRefresher,
    held,
    reactivateWithinDays,
    learntMinutes,
  }: { isRefresher: boolean; held: LastDays; reactivateWithinDays: number; learntMinutes: number },
): string | null {
  const { validUntil } = held;
  if (!isRefresher) {
    const granted = validThrough(day, kind);
    return validUntil !== null && validUntil > granted ? validUntil : granted;
  }
  const status = standingOf({ validUntil, exemptUntil: null }, day, reactivateWithinDays);
  if (validUntil === null || status === null || status === 'expired' || learntMinutes < (kind.refresherMinutes ?? 0)) return null;
  const from = validUntil >= day ? new Date(Date.parse(validUntil) + dayMs).toISOString().slice(0, 10) : day;
  return validThrough(from, kind);
}
