import type { SeriesRule, Until } from '@timebank/contract';
import { weekdayOf } from '@timebank/contract';
import { dayAfter, instantOf, localDate, type Zone } from '@timebank/kernel';
import { RRuleTemporal } from 'rrule-temporal';

const dayMilliseconds = 86_400_000;
/** A rule that has no date within so many years of its beginning has none that anybody waits for; 29 February comes at the latest after eight. */
const yearsToFirst = 10;

export const addDays = (day: string, days: number): string => new Date(Date.parse(day) + days * dayMilliseconds).toISOString().slice(0, 10);
export const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / dayMilliseconds);
const addMonths = (day: string, months: number) => {
  const [year, month] = day.split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 10);
};
const laterOf = (one: string, other: string) => (one > other ? one : other);
const earlierOf = (one: string, other: string) => (one < other ? one : other);

/** What RFC 5545 takes from the first day when the rule does not say it: the weekday, or the day of the month. */
function whole(rule: SeriesRule, startsOn: string): SeriesRule {
  if (rule.every === 'WEEKLY' && rule.byDay.length === 0) return { ...rule, byDay: [{ day: weekdayOf(startsOn), nth: null }] };
  const saysNoDay = rule.byDay.length === 0 && rule.byMonthDay.length === 0;
  return rule.every === 'MONTHLY' && saysNoDay ? { ...rule, byMonthDay: [Number(startsOn.slice(8))] } : rule;
}

/** A day from which the same dates follow, near `from`: a series that has gone on for years is not counted from its beginning. */
function anchorNear({ every, interval }: SeriesRule, startsOn: string, from: string): string {
  const days = daysBetween(startsOn, from);
  if (every === 'MONTHLY') {
    const steps = Math.floor(days / 31 / interval) - 1;
    return steps > 0 ? addMonths(startsOn, steps * interval) : startsOn;
  }
  const period = every === 'WEEKLY' ? 7 * interval : interval;
  const steps = Math.floor(days / period) - 1;
  return steps > 0 ? addDays(startsOn, steps * period) : startsOn;
}

const compact = (day: string) => day.replaceAll('-', '');

function textOf({ every, interval, count, byDay, byMonthDay, byMonth }: SeriesRule): string {
  const lists = [
    ['BYDAY', byDay.map(({ day, nth }) => `${nth ?? ''}${day}`)],
    ['BYMONTHDAY', byMonthDay],
    ['BYMONTH', byMonth],
  ] as const;
  const parts = lists.flatMap(([name, values]) => (values.length === 0 ? [] : [`${name}=${values.join(',')}`]));
  return [`FREQ=${every}`, `INTERVAL=${interval}`, ...parts, ...(count === null ? [] : [`COUNT=${count}`])].join(';');
}

/** The dates within two days, both included, without looking at UNTIL. They are counted as days of UTC, which has no changes of the clock. */
function expand(rule: SeriesRule, startsOn: string, from: string, to: string): string[] {
  if (to < laterOf(from, startsOn)) return [];
  const said = whole(rule, startsOn);
  const anchor = rule.count === null ? anchorNear(said, startsOn, laterOf(from, startsOn)) : startsOn;
  const dates = new RRuleTemporal({ rruleString: `DTSTART:${compact(anchor)}T000000Z\nRRULE:${textOf(said)}` });
  const found = dates.between(new Date(`${laterOf(from, startsOn)}T00:00:00Z`), new Date(`${to}T00:00:00Z`), true);
  return found.map((date) => date.toString().slice(0, 10));
}

/** The last day that UNTIL lets in. */
function dayOfUntil({ day, time, isUtc }: Until, startTime: string, zone: Zone): string {
  if (time === null) return day;
  if (!isUtc) return `${startTime}:00` <= time ? day : addDays(day, -1);
  const end = new Date(`${day}T${time}Z`);
  const local = localDate(end, zone);
  return instantOf(local, startTime, zone) <= end ? local : addDays(local, -1);
}

export type DatedRule = { rule: SeriesRule; startsOn: string; startTime: string };

/** The rule's dates within two local days, both included. A first day that the rule does not match is none of them. */
export function datesOf({ rule, startsOn, startTime }: DatedRule, from: string, to: string, zone: Zone): string[] {
  const last = rule.until === null ? to : earlierOf(to, dayOfUntil(rule.until, startTime, zone));
  return expand(rule, startsOn, from, last);
}

/** The first date, without looking at UNTIL; null when there is none for years. */
export function firstDateOf({ rule, startsOn }: DatedRule): string | null {
  const unbounded = { ...rule, count: null };
  for (let year = 0; year < yearsToFirst; year += 1) {
    const [first] = expand(unbounded, startsOn, addDays(startsOn, year * 366), addDays(startsOn, (year + 1) * 366));
    if (first !== undefined) return first;
  }
  return null;
}

/** The last date of a rule that ends; null for one without an end, or that ends so far ahead that nobody looks. */
export function lastDateOf(dated: DatedRule, zone: Zone): string | null {
  const { rule, startsOn, startTime } = dated;
  if (rule.until !== null) return dayOfUntil(rule.until, startTime, zone);
  if (rule.count === null) return null;
  const dates = expand(rule, startsOn, startsOn, addDays(startsOn, yearsToFirst * 366));
  return dates.length === rule.count ? (dates.at(-1) as string) : null;
}

export type DatesFault = 'series/until_before_start' | 'series/never_matches';

/** Why a rule that can be read has no date. */
export function faultOfDates(dated: DatedRule, zone: Zone): DatesFault | null {
  const first = firstDateOf(dated);
  const { until } = dated.rule;
  if (until !== null && dayOfUntil(until, dated.startTime, zone) < (first ?? dated.startsOn)) return 'series/until_before_start';
  return first === null ? 'series/never_matches' : null;
}

/** What a series asks for from a day on; of those that have begun on a day the last to begin decides, of two from one day the newer. */
export type Terms = DatedRule & {
  number: number;
  fromDay: string;
  ruleText: string;
  minutes: number;
  helpersNeeded: number;
  place: string | null;
  note: string | null;
};
export type Plan = {
  terms: readonly Terms[];
  /** Days without, both included. */
  pauses: readonly { from: string; to: string }[];
  /** The first day without. */
  endsOn: string | null;
  zone: Zone;
};

export const lastFirst = (terms: readonly Terms[]): Terms[] =>
  terms.toSorted((one, other) => (one.fromDay === other.fromDay ? other.number - one.number : one.fromDay < other.fromDay ? 1 : -1));

/** What is asked for on a day. */
export function termsOn(terms: readonly Terms[], day: string): Terms | null {
  return lastFirst(terms).find(({ fromDay }) => fromDay <= day) ?? null;
}

/** The days within two, both included, on which the series is to have a date, with what is asked for on each. */
export function plannedDays({ terms, pauses, endsOn, zone }: Plan, from: string, to: string): { day: string; terms: Terms }[] {
  const found: { day: string; terms: Terms }[] = [];
  let last = endsOn === null ? to : earlierOf(to, addDays(endsOn, -1));
  for (const one of lastFirst(terms)) {
    if (last < from) break;
    const days = datesOf(one, laterOf(from, one.fromDay), last, zone);
    found.push(...days.map((day) => ({ day, terms: one })));
    last = earlierOf(last, addDays(one.fromDay, -1));
  }
  return found
    .filter(({ day }) => !pauses.some((pause) => pause.from <= day && day <= pause.to))
    .sort((left, right) => (left.day < right.day ? -1 : 1));
}

/** What the series asks for on a day, as a request has it. */
export function askedOn({ startTime, minutes, helpersNeeded, place, note }: Terms, day: string, zone: Zone) {
  return { startsAt: instantOf(day, startTime, zone), minutes, helpersNeeded, place, note };
}

/** The first day that is not laid yet: none of the past. */
export const nextToLay = (generatedUntil: string, today: string): string => laterOf(dayAfter(generatedUntil), today);
