import { weekdayOf, weekdays, type SeriesRule, type Weekday } from '@timebank/contract/client';

/** Words of the reader's language by key; the keys are those of `repeat` in a front end's words. */
type Say = (key: string, parameters?: Record<string, string | number>) => string;

const dayMilliseconds = 86_400_000;
// A Monday, so that the weekday's own place gives its day.
const monday = Date.UTC(2024, 0, 1);
/** In Chinese the short name, which is how people say it after "every". */
export const weekdayName = (day: Weekday, language: string): string =>
  new Intl.DateTimeFormat(language, { weekday: language.startsWith('zh') ? 'short' : 'long', timeZone: 'UTC' }).format(
    monday + weekdays.indexOf(day) * dayMilliseconds,
  );
const monthName = (month: number, language: string) =>
  new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' }).format(Date.UTC(2024, month - 1, 15));
const listOf = (parts: readonly string[], language: string) => new Intl.ListFormat(language, { type: 'conjunction' }).format(parts);

/** What the rule leaves to the first day, said. */
function spoken(rule: SeriesRule, startsOn: string): SeriesRule {
  if (rule.byDay.length > 0 || rule.byMonthDay.length > 0 || rule.every === 'DAILY') return rule;
  if (rule.every === 'WEEKLY') return { ...rule, byDay: [{ day: weekdayOf(startsOn), nth: null }] };
  return { ...rule, byMonthDay: [Number(startsOn.slice(8))] };
}

/** How a series repeats, as a sentence: "every Thursday", "every second Tuesday of the month until 3 May". */
export function sayRule(given: SeriesRule, startsOn: string, language: string, say: Say, dayText: (day: string) => string): string {
  const rule = spoken(given, startsOn);
  const nthName = (nth: number, day: string) => {
    if (nth > 0) return say(`repeat.nth${nth}`, { day });
    return nth === -1 ? say('repeat.last', { day }) : say('repeat.fromEnd', { nth: -nth, day });
  };
  const days = rule.byDay.map(({ day, nth }) => {
    const name = weekdayName(day, language);
    if (nth === null) return rule.every === 'MONTHLY' ? say('repeat.each', { day: name }) : name;
    return nthName(nth, name);
  });
  const dates = rule.byMonthDay.map((date) => {
    if (date > 0) return say('repeat.date', { date });
    return date === -1 ? say('repeat.lastDate') : say('repeat.dateFromEnd', { date: -date });
  });
  const parts = listOf([...days, ...dates], language);
  const unit = { DAILY: 'day', WEEKLY: 'week', MONTHLY: 'month' }[rule.every];
  const isBare = rule.every === 'DAILY' && rule.byDay.length === 0;
  const isFortnight = rule.every === 'WEEKLY' && rule.interval === 2;
  const key = isFortnight
    ? 'repeat.fortnight'
    : `repeat.${unit}${rule.interval === 1 ? '' : 's'}${isBare || rule.every !== 'DAILY' ? '' : 'On'}`;
  let sentence = say(key, { count: rule.interval, days: parts });
  if (rule.byMonth.length > 0) {
    const months = listOf(
      rule.byMonth.map((month) => monthName(month, language)),
      language,
    );
    sentence = say('repeat.inMonths', { rule: sentence, months });
  }
  if (rule.count !== null) return say('repeat.times', { rule: sentence, count: rule.count });
  return rule.until === null ? sentence : say('repeat.until', { rule: sentence, day: dayText(rule.until.day) });
}

/** The ways of repeating that a form offers; whatever else a rule says is kept as it is. */
export const repeatWays = ['week', 'fortnight', 'day', 'date', 'weekday'] as const;
export type RepeatWay = (typeof repeatWays)[number];

const every = (rule: Partial<SeriesRule> & Pick<SeriesRule, 'every'>): SeriesRule => ({
  interval: 1,
  count: null,
  until: null,
  byDay: [],
  byMonthDay: [],
  byMonth: [],
  ...rule,
});

/** Which weekday of its month a day is: the fifth is the last. */
function nthOf(day: string): number {
  const nth = Math.ceil(Number(day.slice(8)) / 7);
  return nth === 5 ? -1 : nth;
}

/** The rule of a way, beginning with a day; `days` are the weekdays of a week. */
export function ruleOf(way: RepeatWay, startsOn: string, days: readonly Weekday[]): SeriesRule {
  const chosen = days.length > 0 ? weekdays.filter((day) => days.includes(day)) : [weekdayOf(startsOn)];
  const byDay = chosen.map((day) => ({ day, nth: null }));
  if (way === 'week') return every({ every: 'WEEKLY', byDay });
  if (way === 'fortnight') return every({ every: 'WEEKLY', interval: 2, byDay });
  if (way === 'day') return every({ every: 'DAILY' });
  if (way === 'weekday') return every({ every: 'MONTHLY', byDay: [{ day: weekdayOf(startsOn), nth: nthOf(startsOn) }] });
  // A day that not every month has would leave out months: the last one is meant.
  return every({ every: 'MONTHLY', byMonthDay: [Number(startsOn.slice(8)) > 28 ? -1 : Number(startsOn.slice(8))] });
}

/** The first dates of a way that repeats by one day of a week or a month, beginning with a day. */
export function firstDays(way: 'week' | 'fortnight' | 'date', startsOn: string, count: number): string[] {
  const [year, month, date] = startsOn.split('-').map(Number) as [number, number, number];
  return Array.from({ length: count }, (_, turn) => {
    const weeks = (way === 'fortnight' ? 2 : 1) * turn;
    // The day before the first of the month that follows is the last one of a month.
    const first = date > 28 ? Date.UTC(year, month + turn, 0) : Date.UTC(year, month - 1 + turn, date);
    return new Date(way === 'date' ? first : Date.parse(startsOn) + weeks * 7 * dayMilliseconds).toISOString().slice(0, 10);
  });
}

/** The way by which a form shows a rule; null for one that it cannot show. */
export function wayOf(rule: SeriesRule, startsOn: string): { way: RepeatWay; days: Weekday[] } | null {
  const days = rule.byDay.map(({ day }) => day);
  const shown = JSON.stringify(spoken(rule, startsOn));
  for (const way of repeatWays) if (JSON.stringify(ruleOf(way, startsOn, days)) === shown) return { way, days };
  return null;
}
