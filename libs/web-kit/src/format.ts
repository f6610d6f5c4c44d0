import { localDate, splitMinutes, type Zone, zoneAt } from '@timebank/kernel';

/** Units of time in the reader's language; `minuteAlone` is used where no hours stand before it. */
export type MinuteWords = { hour: string; minute: string; minuteAlone: string };
export type MinutePart = { value: number; unit: string };

/** Whole hours and the rest as parts, for big numerals: 760 → 12 h, 40 min. Parts are never negative. */
export function partsOfMinutes(minutes: number, words: MinuteWords): MinutePart[] {
  const split = splitMinutes(Math.abs(minutes));
  if (split.hours === 0) return [{ value: split.minutes, unit: words.minuteAlone }];
  const hours = { value: split.hours, unit: words.hour };
  return split.minutes === 0 ? [hours] : [hours, { value: split.minutes, unit: words.minute }];
}

/** Japanese and Korean write a unit right behind its number; elsewhere a no-break space stands between. No line ends there. */
const beforeUnit = (locale: string) => (/^(ja|ko)\b/.test(locale) ? '\u2060' : '\u00a0');
/** Japanese writes minutes right behind hours too. */
const betweenParts = (locale: string) => (/^ja\b/.test(locale) ? '\u2060' : ' ');
/** Chinese and Japanese sentences follow each other without a blank. */
const betweenSentences = (locale: string) => (/^(zh|ja)\b/.test(locale) ? '' : ' ');

/** Whole sentences as one text; what is missing is left out. */
export function joinSentences(sentences: readonly (string | null | undefined)[], locale: string): string {
  return sentences.filter(Boolean).join(betweenSentences(locale));
}

const numbers = new Map<string, Intl.NumberFormat>();

/** A number in the reader's language. To make a format takes longer than to draw a row, so each is made once. */
export function formatNumber(value: number, locale: string, options: Intl.NumberFormatOptions = {}): string {
  const key = `${locale} ${JSON.stringify(options)}`;
  let format = numbers.get(key);
  if (!format) numbers.set(key, (format = new Intl.NumberFormat(locale, options)));
  return format.format(value);
}

/** The one way minutes are written. */
export function formatMinutes(minutes: number, words: MinuteWords, locale = 'zh-Hans'): string {
  const text = partsOfMinutes(minutes, words)
    .map(({ value, unit }) => `${formatNumber(value, locale)}${beforeUnit(locale)}${unit}`)
    .join(betweenParts(locale));
  return minutes < 0 ? `\u2212${text}` : text;
}

/** Minutes with a sign on either side: what an entry did to an account. */
export function formatSignedMinutes(minutes: number, words: MinuteWords, locale = 'zh-Hans'): string {
  return minutes > 0 ? `+${formatMinutes(minutes, words, locale)}` : formatMinutes(minutes, words, locale);
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function written(instant: string | Date, locale: string, options: Intl.DateTimeFormatOptions): string {
  const key = `${locale} ${JSON.stringify(options)}`;
  let formatter = formatters.get(key);
  if (!formatter) formatters.set(key, (formatter = new Intl.DateTimeFormat(locale, options)));
  return formatter.format(new Date(instant));
}

/** `09:02`, in the bank's zone. */
export function formatTime(instant: string | Date, locale: string, zone: Zone): string {
  return written(instant, locale, { timeZone: zoneAt(zone, new Date(instant)), hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

/** `09:00 – 10:00`, in the bank's zone; never on two lines. A no-break space alone would let a line end after the dash, so a word joiner stands there. */
export function formatTimeRange(from: string | Date, to: string | Date, locale: string, zone: Zone): string {
  return `${formatTime(from, locale, zone)}\u00a0–\u2060\u00a0${formatTime(to, locale, zone)}`;
}

/** A day with its weekday, in the bank's zone; the year only when it is not the year of `now`. */
export function formatDay(instant: string | Date, locale: string, zone: Zone, now?: Date): string {
  const year = localDate(new Date(instant), zone).slice(0, 4);
  const sameYear = now !== undefined && localDate(now, zone).slice(0, 4) === year;
  return written(instant, locale, {
    timeZone: zoneAt(zone, new Date(instant)),
    month: 'short',
    day: 'numeric',
    weekday: 'short',
    ...(sameYear ? {} : { year: 'numeric' }),
  });
}

/** A day under the name of its month: `28 Sat`, in the bank's zone. */
export function formatDayInMonth(instant: string | Date, locale: string, zone: Zone): string {
  return written(instant, locale, { timeZone: zoneAt(zone, new Date(instant)), day: 'numeric', weekday: 'short' });
}

/** Day and time in one, for lists. */
export function formatDayTime(instant: string | Date, locale: string, zone: Zone, now?: Date): string {
  return `${formatDay(instant, locale, zone, now)} ${formatTime(instant, locale, zone)}`;
}

/** Whether it is a calendar day, `2026-11-23`. */
export const isDay = (value: unknown): value is string => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);

/** A calendar day, `2026-11-23`, in full. */
export function formatCalendarDay(day: string, locale: string): string {
  return written(`${day}T12:00:00Z`, locale, { timeZone: 'UTC', dateStyle: 'long' });
}

/** A calendar day as short as it is still plain in which order it stands: `Mar 5, 2026`. */
export function formatShortDay(day: string, locale: string): string {
  return written(`${day}T12:00:00Z`, locale, { timeZone: 'UTC', dateStyle: 'medium' });
}

/** The short name of a calendar day's weekday. */
export function formatWeekdayName(day: string, locale: string): string {
  return written(`${day}T12:00:00Z`, locale, { timeZone: 'UTC', weekday: 'short' });
}

/** A calendar day with its weekday and without its year: `Monday, March 2`, or short for a row of days: `Mon, 3/2`. */
export function formatWeekday(day: string, locale: string, form: 'long' | 'short'): string {
  const month = form === 'long' ? 'long' : 'numeric';
  return written(`${day}T12:00:00Z`, locale, { timeZone: 'UTC', weekday: form, month, day: 'numeric' });
}

/** A calendar month (`2026-11`) in words. */
export function formatMonth(month: string, locale: string): string {
  return written(`${month}-15T12:00:00Z`, locale, { timeZone: 'UTC', year: 'numeric', month: 'long' });
}

/** Whole days from `now` to an instant by the bank's calendar: 0 today, 1 tomorrow, −1 yesterday. */
export function daysFrom(now: Date, instant: string | Date, zone: Zone): number {
  const days = (when: Date) => Date.parse(localDate(when, zone)) / 86_400_000;
  return days(new Date(instant)) - days(now);
}

/** The month before (−1) or after (+1) a calendar month. */
export function shiftMonth(month: string, by: number): string {
  const [year, ordinal] = month.split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, ordinal - 1 + by, 1)).toISOString().slice(0, 7);
}

/** Hour and minute on the bank's wall clock, for sentences that say a time aloud. */
export function wallClock(instant: string | Date, zone: Zone): { hour: number; minute: number } {
  const [hour, minute] = formatTime(instant, 'en-GB', zone).split(':').map(Number) as [number, number];
  return { hour, minute };
}
