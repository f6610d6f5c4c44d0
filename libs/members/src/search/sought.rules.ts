import type { IdRange } from './find-things';

/** Shorter beginnings would be of too many. */
const leastDigits = 8;
const dashed = (digits: string) => digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

/** The ids that a typed text may be: a whole one, or eight or more of its first digits, in any width and case, with hyphens or without. */
export function idsMeantBy(text: string): IdRange | null {
  const digits = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\-‐-―]/gu, '');
  if (digits.length < leastDigits || !/^[0-9a-f]{8,32}$/.test(digits)) return null;
  return { from: dashed(digits.padEnd(32, '0')), to: dashed(digits.padEnd(32, 'f')) };
}
