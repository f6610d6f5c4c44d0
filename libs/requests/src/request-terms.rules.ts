import { refuse, type Policy } from '@timebank/contract';

const earliestHoursBack = 24;
const latestDaysAhead = 366;
const hour = 3_600_000;

/** When a request ends. */
export function endOf(startsAt: Date, minutes: number): Date {
  return new Date(startsAt.getTime() + minutes * 60_000);
}

/**
 * Refuses a request that starts more than 24 hours back (it may be written down afterwards), more than a year
 * ahead, or that is longer than policy lets one visit be.
 */
export function checkTerms(terms: { startsAt: Date; minutes: number }, now: Date, policy: Pick<Policy, 'visitCapMinutes'>): void {
  const ahead = terms.startsAt.getTime() - now.getTime();
  if (ahead < -earliestHoursBack * hour) throw refuse('requests/starts_too_early', { hoursBack: earliestHoursBack }, 'body.startsAt');
  if (ahead > latestDaysAhead * 24 * hour) throw refuse('requests/starts_too_late', { daysAhead: latestDaysAhead }, 'body.startsAt');
  if (terms.minutes > policy.visitCapMinutes) throw refuse('requests/too_long', { limitMinutes: policy.visitCapMinutes }, 'body.minutes');
}

/**
 * A client's name as a volunteer sees it before taking the request: the first character, which is the family name in Chinese. Until then it is
 * nobody's business who lives alone, and where.
 */
export function shortenName(name: string): string {
  const first = new Intl.Segmenter().segment(name)[Symbol.iterator]().next().value?.segment ?? '';
  return `${first}*`;
}
