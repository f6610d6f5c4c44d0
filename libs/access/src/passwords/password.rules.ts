/** Whose password it is: what others know about them makes a bad secret. */
export type PasswordOwner = { phone: string | null; names: readonly string[]; birthDates: readonly string[] };
export type PasswordFault = 'access/password_too_short' | 'access/password_common' | 'access/password_own_data';
/** Words that are guessed first: whole passwords, and pieces that a password must not consist of. */
export type KnownPasswords = { whole: ReadonlySet<string>; pieces: readonly string[] };

/** NIST SP 800-63B-4, 3.1.1.2: 15 characters where a password is the only factor, 8 at the least. Members are older people: they get the least. */
const [leastForMembers, leastForStaff] = [8, 15];
/** So many characters have to be left when everything known is taken out. */
const leastOfOwn = 4;
const rows = ['1234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', 'abcdefghijklmnopqrstuvwxyz'];

export function leastLength(isStaff: boolean): number {
  return isStaff ? leastForStaff : leastForMembers;
}

const characters = (text: string) => [...text].length;
/** Case, width and what people put between digits make no other password. */
export const folded = (text: string) => text.normalize('NFKC').toLowerCase();
const joined = (text: string) => folded(text).replace(/[\s._/-]+/g, '');

/** What remains of a text without the pieces; the longest piece is removed first. */
function without(text: string, pieces: readonly string[]): string {
  return [...new Set(pieces)]
    .filter((piece) => piece.length >= 3 || /[^\x20-\x7e]/.test(piece))
    .sort((one, other) => other.length - one.length)
    .reduce((left, piece) => left.replaceAll(piece, ' '), text);
}

/** Every walk of four and more along a row of keys, in either direction. */
const walks = rows
  .flatMap((row) => [row, [...row].toReversed().join('')])
  .flatMap((row) => {
    const lengths = Array.from({ length: row.length - 3 }, (_, index) => row.length - index);
    return lengths.flatMap((length) => Array.from({ length: row.length - length + 1 }, (_, at) => row.slice(at, at + length)));
  });

/** Removes keyboard walks and runs of one character. */
function withoutRuns(text: string): string {
  return without(text, walks).replace(/([^ ])\1{2,}/gu, ' ');
}

const leftOf = (text: string) => characters(text.replaceAll(' ', ''));

/** A birth date as people write it into passwords. */
function spellings(birthDate: string): string[] {
  const [year = '', month = '', day = ''] = birthDate.split('-');
  const [m, d] = [String(Number(month)), String(Number(day))];
  const dates = [`${month}${day}`, `${m}${d}`, `${day}${month}`];
  return [year, ...dates.flatMap((date) => [date, year + date, year.slice(2) + date, date + year, date + year.slice(2)])];
}

function piecesOf({ phone, names, birthDates }: PasswordOwner): string[] {
  const digits = (phone ?? '').replace(/\D/g, '');
  const numbers = digits.length < 7 ? [] : [digits, digits.slice(-8), digits.slice(-7), digits.slice(-6), digits.slice(0, 7)];
  return [...numbers, ...names.map(joined), ...birthDates.flatMap(spellings)];
}

/**
 * Why a password may not be chosen, or null. `names` come in every script that the person may type them in. A password on the list, or one that is
 * known pieces plus at most three characters, is guessed within the first tries.
 */
export function faultOf(password: string, owner: PasswordOwner, isStaff: boolean, known: KnownPasswords): PasswordFault | null {
  if (characters(password) < leastLength(isStaff)) return 'access/password_too_short';
  if (known.whole.has(folded(password)) || known.whole.has(joined(password))) return 'access/password_common';
  const rest = without(joined(password), piecesOf(owner));
  if (rest.includes(' ') && leftOf(withoutRuns(rest)) < leastOfOwn) return 'access/password_own_data';
  return leftOf(withoutRuns(without(rest, known.pieces))) < leastOfOwn ? 'access/password_common' : null;
}
