const builtInDates = new Set([14, 15, 16, 17, 18, 19, 20, 21, 22, 45, 46, 47]);
/** Numbers of formats that spreadsheets of East Asia keep for dates. */
const eastAsian = (id: number) => (id >= 27 && id <= 36) || (id >= 50 && id <= 58);
const dayMilliseconds = 86_400_000;

/** Whether a format shows a number as a day or a time: a letter of either outside quotes, brackets and escapes. */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return builtInDates.has(id) || eastAsian(id);
  const bare = code.replace(/"[^"]*"|\\.|\[[^\]]*\]|_./g, '');
  return /[dmyhs]/i.test(bare) && !/general/i.test(bare);
}

/**
 * The day (and time, where there is one) that a number stands for. Counted from 1900, numbers up to 60 are one day later than they should be, since the
 * first spreadsheets took 1900 for a leap year. Null for what no calendar holds.
 */
export function dayOfNumber(number: number, epoch: 1900 | 1904): string | null {
  if (!Number.isFinite(number) || number < 0 || number > 2_958_466) return null;
  const zero = epoch === 1904 ? Date.UTC(1904, 0, 1) : number < 61 ? Date.UTC(1899, 11, 31) : Date.UTC(1899, 11, 30);
  // To the second: a time of day is a fraction that binary numbers only come near.
  const at = new Date(Math.round((zero + number * dayMilliseconds) / 1_000) * 1_000).toISOString();
  const [day, time] = [at.slice(0, 10), at.slice(11, 16)];
  if (number < 1 && epoch === 1900) return time;
  return time === '00:00' ? day : `${day} ${time}`;
}

/** A number as a person would have typed it: no exponent, no tail of a binary fraction. */
export function plainNumber(text: string): string {
  const number = Number(text);
  if (!Number.isFinite(number) || /^-?\d+$/.test(text)) return text;
  if (Number.isInteger(number)) return BigInt(number).toString();
  return String(Number(number.toPrecision(15)));
}

/** The column of a cell by its letters, from 0; -1 for what names none. */
export function columnAt(place: string): number {
  const letters = /^\$?([A-Z]{1,3})/.exec(place)?.[1];
  if (letters === undefined) return -1;
  return [...letters].reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

export type Merge = { column: number; from: number; to: number };

/** Merged cells below each other: of those the first holds the value for all. Others keep what they say, which is nothing. */
export function mergeOf(range: string): Merge | null {
  const [, first, from, , to] = /^([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})$/.exec(range) ?? [];
  if (first === undefined || Number(to) <= Number(from)) return null;
  return { column: columnAt(first), from: Number(from), to: Number(to) };
}

/** What a spreadsheet writes for signs that XML cannot hold. */
export const unescaped = (text: string) =>
  text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
