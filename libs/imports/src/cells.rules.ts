import { type Circumstance, type ImportProblemCode, languages, type RelationKind, type RoleName, wordFor } from '@timebank/contract';
import { cleanText, hasVisible, isSoundLine, readPhone } from '@timebank/kernel';
import { dayOfNumber } from './sheet-cells.rules';
import values from './values.json' with { type: 'json' };

/** What a cell says, or what is wrong with it. */
export type Read<Value> = { value: Value } | { code: ImportProblemCode };

const wrong = (code: ImportProblemCode) => ({ code });
const fold = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_\-.]/g, '');

/** Digits and signs of full width are digits and signs; what guards a cell from running as a formula is no part of it. */
export const plainCell = (cell: string) => cell.replace(/(^|[;,\t|"\r\n])(\s*)'(?=[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/gu, '$1$2').trim();
const halfWidth = (cell: string) => cell.normalize('NFKC').trim();

export function readLine(cell: string, longest: number): Read<string> {
  if (cell.startsWith('#') && /^#(N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NUM!|NULL!)/.test(cell)) return wrong('cell_error');
  if (!isSoundLine(cell)) return wrong('unprintable_text');
  const text = cleanText(cell);
  if (!hasVisible(text)) return wrong('nothing_visible');
  return text.length > longest ? wrong('too_long') : { value: text };
}

export function readPhoneCell(cell: string): Read<string> {
  const phone = readPhone(cell);
  return phone === null ? wrong('unreadable_phone') : { value: phone };
}

const real = (year: number, month: number, day: number) => {
  const at = new Date(Date.UTC(year, month - 1, day));
  return at.getUTCFullYear() === year && at.getUTCMonth() === month - 1 && at.getUTCDate() === day;
};
const two = (part: string | undefined) => (part ?? '').padStart(2, '0');

/** A day as people write it: 1948-05-01, 1948/5/1, 1948.5.1, 19480501, and with the characters for year, month and day; or as a workbook counts it. */
export function readDay(cell: string, epoch: 1900 | 1904 | null): Read<string> {
  let text = halfWidth(cell).replace(/[ T]\d{1,2}:\d{2}(:\d{2})?(\.\d+)?Z?$/, '');
  if (epoch !== null && /^\d{5}(\.\d+)?$/.test(text)) text = dayOfNumber(Math.floor(Number(text)), epoch) ?? text;
  const found =
    /^(\d{4})(\d{2})(\d{2})$/.exec(text) ??
    /^(\d{4})\s*[-/.\u5e74\ub144]\s*(\d{1,2})\s*[-/.\u6708\uc6d4]\s*(\d{1,2})\s*[\u65e5\uc77c.]?$/.exec(text);
  if (!found) return wrong('unreadable_day');
  const [, year, month, day] = found;
  if (!real(Number(year), Number(month), Number(day))) return wrong('unreadable_day');
  return { value: `${year}-${two(month)}-${two(day)}` };
}

/** A birth date: nobody alive was born before 1900, nobody tomorrow. */
export function readBirthDate(cell: string, epoch: 1900 | 1904 | null, today: string): Read<string> {
  const day = readDay(cell, epoch);
  if ('code' in day) return day;
  if (day.value < '1900-01-01') return wrong('too_early');
  return day.value > today ? wrong('in_future') : day;
}

/** A time of day, alone or behind a day. */
export function readTime(cell: string): Read<string> {
  const found = /(?:^|[ T])(\d{1,2})[:\uff1a](\d{2})(?::\d{2})?(?:\.\d+)?$/.exec(halfWidth(cell));
  if (!found || Number(found[1]) > 24 || Number(found[2]) > 59 || (Number(found[1]) === 24 && found[2] !== '00'))
    return wrong('unreadable_time');
  return { value: `${two(found[1])}:${found[2]}` };
}

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/**
 * What the number of a mainland identity card says of its owner (GB 11643-1999): birth date and gender, if its check digit is right. The number itself is
 * not kept.
 */
export function readIdentity(cell: string): Read<{ birthDate: string; gender: 'woman' | 'man' }> {
  const text = halfWidth(cell).toUpperCase().replace(/[\s-]/g, '');
  if (!/^\d{17}[\dX]$/.test(text)) return wrong('unreadable_identity');
  const sum = weights.reduce((total, weight, index) => total + weight * Number(text[index]), 0);
  if ('10X98765432'[sum % 11] !== text[17]) return wrong('check_digit');
  const birthDate = `${text.slice(6, 10)}-${text.slice(10, 12)}-${text.slice(12, 14)}`;
  if (!real(Number(text.slice(6, 10)), Number(text.slice(10, 12)), Number(text.slice(12, 14)))) return wrong('unreadable_identity');
  return { value: { birthDate, gender: Number(text[16]) % 2 === 0 ? 'woman' : 'man' } };
}

const mostMinutes = 10_000_000;

/** Whole minutes from minutes: 90, 1,250. */
export function readMinutes(cell: string): Read<number> {
  const text = halfWidth(cell).replace(/(?<=\d)[,\u00a0 ](?=\d{3}(\D|$))/g, '');
  if (text.startsWith('-')) return wrong('negative');
  if (!/^\+?\d{1,12}(\.0+)?$/.test(text)) return wrong('unreadable_minutes');
  const minutes = Math.trunc(Number(text));
  return minutes > mostMinutes ? wrong('too_many_minutes') : { value: minutes };
}

/** Whole minutes from hours: 12, 1.5, 1:30. A third of an hour cannot be written so; the nearest minute is meant. */
export function readHours(cell: string): Read<number> {
  const text = halfWidth(cell).replace(/(?<=\d)[,\u00a0 ](?=\d{3}(\D|$))/g, '');
  if (text.startsWith('-')) return wrong('negative');
  const clock = /^(\d{1,6}):([0-5]\d)(?::00)?$/.exec(text);
  if (!clock && !/^\+?\d{1,9}([.,]\d{1,6})?$/.test(text)) return wrong('unreadable_minutes');
  const minutes = Math.round(clock ? Number(clock[1]) * 60 + Number(clock[2]) : Number(text.replace(',', '.')) * 60);
  return minutes > mostMinutes ? wrong('too_many_minutes') : { value: minutes };
}

type List = keyof typeof values;
/** As the product itself writes it: its own list comes back unchanged. */
const ownWords = (list: List, code: string) => (list === 'relations' ? [] : languages.map((language) => wordFor(language, list, code)));
const known = Object.fromEntries(
  Object.entries(values).map(([list, codes]) => [
    list,
    new Map(
      Object.entries(codes).flatMap(([code, words]) => [code, ...words, ...ownWords(list as List, code)].map((word) => [fold(word), code])),
    ),
  ]),
) as Record<List, Map<string, string>>;

function readChoice(list: List, cell: string): Read<string> {
  const code = known[list].get(fold(cell));
  return code === undefined ? wrong('unknown_value') : { value: code };
}

/** Several of a list, parted by commas, strokes and the like. */
function readChoices(list: List, cell: string): Read<string[]> {
  const codes = new Set<string>();
  for (const part of cell.split(/[,;/|+\u3001\uff0c\uff1b\n]/)) {
    if (part.trim() === '') continue;
    const read = readChoice(list, part);
    if ('code' in read) return read;
    codes.add(read.value);
  }
  return { value: [...codes].sort() };
}

export const readRoles = (cell: string) => readChoices('roles', cell) as Read<Extract<RoleName, 'volunteer' | 'client'>[]>;
export const readCircumstances = (cell: string) => readChoices('circumstances', cell) as Read<Circumstance[]>;
export const readGender = (cell: string) => readChoice('genders', cell) as Read<'woman' | 'man'>;
export const readRelation = (cell: string) => readChoice('relations', cell) as Read<RelationKind>;
