/**
 * The rule of a series, RFC 5545 without DTSTART, read strictly: by days, weeks or months. Pure, for the server and for the sentence that a screen makes
 * of it. What it means in dates is worked out by the care room.
 */
export const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
export type Weekday = (typeof weekdays)[number];
const frequencies = ['DAILY', 'WEEKLY', 'MONTHLY'] as const;

/** `time` and `isUtc` are of an UNTIL that says a moment; else it is a day, which is included. */
export type Until = { day: string; time: string | null; isUtc: boolean };
export type SeriesRule = {
  every: (typeof frequencies)[number];
  interval: number;
  count: number | null;
  until: Until | null;
  /** `nth`: the second Tuesday is 2, the last one -1; null for every one. */
  byDay: readonly { day: Weekday; nth: number | null }[];
  byMonthDay: readonly number[];
  byMonth: readonly number[];
};
export type RuleFault =
  | 'series/rule_unreadable'
  | 'series/rule_unsupported'
  | 'series/too_often'
  | 'series/interval_out_of_range'
  | 'series/too_many_dates';

/** A year, however it is counted: what comes back less often is no standing need. */
const longestInterval = { DAILY: 366, WEEKLY: 53, MONTHLY: 12 } as const;
const mostDates = 1_000;
const longestRule = 500;

const tooOften = new Set(['SECONDLY', 'MINUTELY', 'HOURLY', 'BYSECOND', 'BYMINUTE', 'BYHOUR']);
const notHere = new Set(['YEARLY', 'BYYEARDAY', 'BYWEEKNO', 'BYSETPOS', 'WKST', 'RSCALE', 'SKIP']);
const partNames = new Set(['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'BYDAY', 'BYMONTHDAY', 'BYMONTH']);

const wholeNumbers = (text: string | undefined, lowest: number, highest: number): number[] | null => {
  if (text === undefined) return [];
  const numbers = text.split(',').map((part) => (/^-?\d{1,2}$/.test(part) ? Number(part) : 0));
  return numbers.every((number) => number !== 0 && number >= lowest && number <= highest) ? [...new Set(numbers)] : null;
};

function readUntil(text: string): Until | null {
  const found = /^(\d{4})(\d\d)(\d\d)(?:T([01]\d|2[0-3])([0-5]\d)([0-5]\d)(Z?))?$/.exec(text);
  if (!found) return null;
  const [, year, month, date, hours, minutes, seconds, utc] = found;
  const day = `${year}-${month}-${date}`;
  const parsed = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(parsed.getTime()) || parsed.toISOString().slice(0, 10) !== day) return null;
  return { day, time: hours === undefined ? null : `${hours}:${minutes}:${seconds}`, isUtc: utc === 'Z' };
}

function readDays(text: string | undefined, every: SeriesRule['every']): SeriesRule['byDay'] | null {
  if (text === undefined) return [];
  const days = [...new Set(text.split(','))].map((part) => {
    const [, nth, day] = /^([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)$/.exec(part) ?? [];
    return { day: day as Weekday, nth: nth === undefined ? null : Number(nth) };
  });
  return days.every(({ day, nth }) => day !== undefined && (nth === null || every === 'MONTHLY')) ? days : null;
}

/** The parts by name; null where the text is no list of parts, or one comes twice. */
function partsOf(text: string): Map<string, string> | null {
  const parts = new Map<string, string>();
  for (const part of text.toUpperCase().split(';')) {
    const [, name, value] = /^([A-Z]+)=([A-Z0-9,+-]+)$/.exec(part) ?? [];
    if (name === undefined || value === undefined || parts.has(name)) return null;
    parts.set(name, value);
  }
  return parts;
}

/** The rule, or why it is none. How far its dates reach is another question. */
export function readRule(text: string): SeriesRule | RuleFault {
  const parts = text.length > longestRule ? null : partsOf(text);
  if (!parts) return 'series/rule_unreadable';
  const named = [...parts.keys(), parts.get('FREQ') ?? ''];
  if (named.some((name) => tooOften.has(name))) return 'series/too_often';
  if (named.some((name) => notHere.has(name))) return 'series/rule_unsupported';
  const every = frequencies.find((name) => name === parts.get('FREQ'));
  if (every === undefined || [...parts.keys()].some((name) => !partNames.has(name))) return 'series/rule_unreadable';
  const count = parts.get('COUNT') ?? null;
  const interval = parts.get('INTERVAL') ?? '1';
  if (!/^\d{1,20}$/.test(interval) || (count !== null && !/^\d{1,20}$/.test(count))) return 'series/rule_unreadable';
  if (Number(interval) < 1 || Number(interval) > longestInterval[every]) return 'series/interval_out_of_range';
  if (Number(count) > mostDates) return 'series/too_many_dates';
  const until = parts.get('UNTIL');
  const end = until === undefined ? null : readUntil(until);
  const byDay = readDays(parts.get('BYDAY'), every);
  const byMonthDay = wholeNumbers(parts.get('BYMONTHDAY'), -31, 31);
  const byMonth = wholeNumbers(parts.get('BYMONTH'), 1, 12);
  const isWhole = byDay && byMonthDay && byMonth && count !== '0' && Number(count ?? 1) > 0 && (until === undefined || end);
  if (!isWhole || (count !== null && end !== null) || (every === 'WEEKLY' && byMonthDay.length > 0)) return 'series/rule_unreadable';
  return { every, interval: Number(interval), count: count === null ? null : Number(count), until: end, byDay, byMonthDay, byMonth };
}

/** The rule as text, as `readRule` reads it. */
export function writeRule({ every, interval, count, until, byDay, byMonthDay, byMonth }: SeriesRule): string {
  const end =
    until && `${until.day.replaceAll('-', '')}${until.time === null ? '' : `T${until.time.replaceAll(':', '')}${until.isUtc ? 'Z' : ''}`}`;
  const parts: (string | null)[] = [
    `FREQ=${every}`,
    interval === 1 ? null : `INTERVAL=${interval}`,
    byMonth.length === 0 ? null : `BYMONTH=${byMonth.join(',')}`,
    byMonthDay.length === 0 ? null : `BYMONTHDAY=${byMonthDay.join(',')}`,
    byDay.length === 0 ? null : `BYDAY=${byDay.map(({ day, nth }) => `${nth ?? ''}${day}`).join(',')}`,
    count === null ? null : `COUNT=${count}`,
    end === null ? null : `UNTIL=${end}`,
  ];
  return parts.filter((part) => part !== null).join(';');
}

/** The weekday of a calendar day. */
export const weekdayOf = (day: string): Weekday => weekdays[(new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7] as Weekday;
