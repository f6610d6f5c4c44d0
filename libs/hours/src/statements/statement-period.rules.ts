import { refuse, type StatementQuery } from '@timebank/contract';
import { dayRange, type Zone } from '@timebank/kernel';

/** Local days of a bank, both included, and the instants they begin and end at (before the second). */
export type StatementPeriod = { firstDay: string; lastDay: string; from: Date; to: Date };

const longestDays = 366;
const dayMilliseconds = 86_400_000;

function lastDayOf(month: string): string {
  const [year, ordinal] = month.split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, ordinal, 0)).toISOString().slice(0, 10);
}

function daysAsked({ month, from, to }: StatementQuery, today: string): { firstDay: string; lastDay: string } {
  if (month !== undefined && (from !== undefined || to !== undefined)) throw refuse('hours/statement_two_periods', {}, 'query.month');
  if (from !== undefined && to !== undefined) return { firstDay: from, lastDay: to };
  if (from !== undefined || to !== undefined) {
    throw refuse('hours/statement_half_period', {}, from === undefined ? 'query.from' : 'query.to');
  }
  const asked = month ?? today.slice(0, 7);
  return { firstDay: `${asked}-01`, lastDay: lastDayOf(asked) };
}

/**
 * The days of a statement: a month (the current one unless named), or up to 366 days from one day to another. It may end in the future, but not begin
 * there. `today` is the bank's. Refuses `hours/statement_two_periods`, `hours/statement_half_period`, `hours/statement_wrong_order`,
 * `hours/statement_long_period`, `hours/statement_in_future`.
 */
export function statementPeriod(query: StatementQuery, today: string, zone: Zone): StatementPeriod {
  const { firstDay, lastDay } = daysAsked(query, today);
  const days = (Date.parse(lastDay) - Date.parse(firstDay)) / dayMilliseconds + 1;
  const [first, last] = query.from === undefined ? ['query.month', 'query.month'] : ['query.from', 'query.to'];
  if (days < 1) throw refuse('hours/statement_wrong_order', {}, last);
  if (firstDay > today) throw refuse('hours/statement_in_future', {}, first);
  if (days > longestDays) throw refuse('hours/statement_long_period', { days, longestDays }, last);
  return { firstDay, lastDay, from: dayRange(firstDay, zone).from, to: dayRange(lastDay, zone).to };
}
