import words from './typed-day.words.json' with { type: 'json' };

/** How a day, a time and a month are read from what people type. In all five languages the month stands before the day. */

const two = (value: number) => String(value).padStart(2, '0');
/** Full-width digits and signs become plain ones. */
const plain = (text: string) => text.normalize('NFKC').trim().toLowerCase();

/** Beside each era the year before its first: what the papers of older people say. */
const eras: Record<string, number> = words.eras;
const inEra = new RegExp(`^(${Object.keys(eras).join('|')})\\s*(${words.firstYear}|\\d{1,3})`);

const englishMonths = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const monthNamed = (word: string) => englishMonths.indexOf(word.slice(0, 3)) + 1;

const weekday = new RegExp(words.weekday);
const englishWeekday = /^(mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}$/;
const englishWeekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** The next day of a weekday that was named, today included; null where something else was typed. */
function nextNamed(text: string, today: string): string | null {
  const letter = weekday.exec(text)?.slice(1).find(Boolean);
  const english = englishWeekday.exec(text)?.[1];
  const wanted = letter ? words.weekdays.findIndex((letters) => letters.includes(letter)) : englishWeekdays.indexOf(english ?? '-');
  if (wanted < 0) return null;
  const from = new Date(`${today}T00:00:00Z`);
  from.setUTCDate(from.getUTCDate() + ((wanted - ((from.getUTCDay() + 6) % 7) + 7) % 7));
  return from.toISOString().slice(0, 10);
}

/** The day with these numbers, if the calendar has it. */
function dayOf(year: number, month: number, day: number): string | null {
  if (year < 1000 || year > 9999) return null;
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? `${year}-${two(month)}-${two(day)}` : null;
}

function numbersIn(text: string): number[] | null {
  const written = text.replace(inEra, (_, era: string, year: string) => `${eras[era]! + (year === words.firstYear ? 1 : Number(year))}`);
  const word = /[a-z]{3,}/.exec(written.replace(/\b(mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(day)?\b/g, ' '))?.[0];
  const numbers = (written.match(/\d+/g) ?? []).map(Number);
  if (word === undefined) return numbers;
  const month = monthNamed(word);
  const [first, second] = numbers;
  if (month === 0 || first === undefined || numbers.length > 2) return null;
  // “Mar 5, 2026”, “5 March 2026”, “2026 March 5”, “March 5”.
  if (second === undefined) return [month, first];
  return first > 31 ? [first, month, second] : [second, month, first];
}

/**
 * A day as people type it: 2026-3-5, 20260305, 3/5/2026, Mar 5 2026, in Chinese, Japanese or Korean, by an era, without its year, which is then that of `today`, or as a weekday, which is the next one. Gives
 * `2026-03-05`, or null where it is no day.
 */
export function readDay(typed: string, today: string): string | null {
  const text = plain(typed);
  if (/^\d{8}$/.test(text)) return dayOf(Number(text.slice(0, 4)), Number(text.slice(4, 6)), Number(text.slice(6)));
  const named = nextNamed(text, today);
  if (named !== null) return named;
  const numbers = numbersIn(text);
  if (numbers === null) return null;
  const [first, second, third] = numbers as [number, number, number];
  if (numbers.length === 2) return first > 12 ? null : dayOf(Number(today.slice(0, 4)), first, second);
  if (numbers.length !== 3) return null;
  if (first > 31) return dayOf(first, second, third);
  // 15/3/2026 can only be meant in one way.
  return first > 12 ? dayOf(third, second, first) : dayOf(third, first, second);
}

/** Whether nothing can follow: the day counts while it is still being typed. */
export const isWholeDay = (typed: string) => /^(\d{4}-\d{2}-\d{2}|\d{8})$/.test(plain(typed));

const half = new RegExp(words.half);
const afternoon = new RegExp(words.afternoon);
const morning = new RegExp(words.morning);

/** A time as people type it: 9:05, 905, 9, 4:20 pm, or with the words of the other languages. Gives `09:05`, or null where it is no time. */
export function readTime(typed: string): string | null {
  const text = plain(typed);
  const groups = text.match(/\d+/g) ?? [];
  const [first = '', second] = groups;
  const isRun = groups.length === 1 && first.length >= 3 && first.length <= 4;
  if (groups.length === 0 || groups.length > 2 || (!isRun && first.length > 2) || (second?.length ?? 0) > 2) return null;
  let hour = Number(isRun ? first.slice(0, -2) : first);
  const minute = isRun ? Number(first.slice(-2)) : half.test(text) ? 30 : Number(second ?? 0);
  if (afternoon.test(text) && hour < 12) hour += 12;
  if (morning.test(text) && hour === 12) hour = 0;
  return hour > 23 || minute > 59 ? null : `${two(hour)}:${two(minute)}`;
}

export const isWholeTime = (typed: string) => /^\d{2}:\d{2}$/.test(plain(typed));

/** A month as people type it: 2026-3, 202603, 3/2026, March 2026. Gives `2026-03`, or null. */
export function readMonth(typed: string): string | null {
  const text = plain(typed);
  const run = /^(\d{4})(\d{2})$/.exec(text);
  const numbers = run ? [Number(run[1]), Number(run[2])] : numbersIn(text);
  if (numbers?.length !== 2) return null;
  const [first, second] = numbers as [number, number];
  return dayOf(Math.max(first, second), Math.min(first, second), 1)?.slice(0, 7) ?? null;
}

export const isWholeMonth = (typed: string) => /^\d{4}-\d{2}$/.test(plain(typed));

/** The time one step of five minutes on or back, around midnight too. */
export function shiftTime(time: string, by: number): string {
  const [hour, minute] = time.split(':').map(Number) as [number, number];
  const next = (Math.round((hour * 60 + minute) / 5) * 5 + by * 5 + 1_440) % 1_440;
  return `${two(Math.floor(next / 60))}:${two(next % 60)}`;
}
