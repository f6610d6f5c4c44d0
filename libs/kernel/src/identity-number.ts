const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const checks = '10X98765432';

export type IdentityNumber = { number: string; birthDate: string };

/**
 * A citizen's identity number in any spelling (blanks, full width, a small x): 18 characters whose last is the check of the others, and the birth date
 * that it says. Null where it is none. Source: GB 11643-1999.
 */
export function readIdentityNumber(typed: string): IdentityNumber | null {
  const number = typed.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();
  if (!/^[1-9]\d{16}[\dX]$/.test(number)) return null;
  const sum = weights.reduce((total, weight, place) => total + weight * Number(number[place]), 0);
  const birthDate = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
  const isDay = new Date(`${birthDate}T00:00:00Z`).toJSON()?.slice(0, 10) === birthDate;
  return checks[sum % 11] === number[17] && isDay ? { number, birthDate } : null;
}
