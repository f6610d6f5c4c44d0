import { localDay, readRule, refuse, type Policy } from '@timebank/contract';
import type { Zone } from '@timebank/kernel';
import { daysBetween, faultOfDates, type DatedRule } from './rule.rules';

const furthestDays = 366;
type SentTerms = { rule: string; startsOn: string; startTime: string; minutes: number };

/** Refuses a day more than a year off. */
export function checkNear(today: string, day: string, path: string): void {
  if (Math.abs(daysBetween(today, day)) > furthestDays) throw refuse('series/starts_out_of_range', { days: furthestDays }, path);
}

/** What somebody asks for, read: refuses a rule that cannot be read or has no date, and too many minutes. */
export function readTerms(sent: SentTerms, { zone, policy }: { zone: Zone; policy: Pick<Policy, 'visitCapMinutes'> }): DatedRule {
  const rule = readRule(sent.rule);
  if (typeof rule === 'string') throw refuse(rule, {}, 'body.rule');
  // A calendar's "for ever" is no end; and beyond the year 9999 no zone can show what it says.
  if (rule.until && !localDay.safeParse(rule.until.day).success) throw refuse('series/rule_unreadable', {}, 'body.rule');
  const dated = { rule, startsOn: sent.startsOn, startTime: sent.startTime };
  const fault = faultOfDates(dated, zone);
  if (fault) throw refuse(fault, {}, 'body.rule');
  if (sent.minutes > policy.visitCapMinutes) throw refuse('requests/too_long', { limitMinutes: policy.visitCapMinutes }, 'body.minutes');
  return dated;
}
