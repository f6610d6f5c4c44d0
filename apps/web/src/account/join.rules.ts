export type JoinStep = 'phone' | 'code' | 'who' | 'what' | 'allow';
type JoinForm = {
  step: JoinStep;
  phone: string;
  name: string;
  birthDate: string;
  volunteer: boolean;
  client: boolean;
  guardianName: string;
  guardianPhone: string;
};

/** Whole years on a day; a hundred where no birth date is typed yet. */
export function ageFrom(birthDate: string, today: string): number {
  if (!/^\d{4}-\d\d-\d\d$/.test(birthDate)) return 100;
  const years = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return today.slice(5) >= birthDate.slice(5) ? years : years - 1;
}

/** The first field of a step that is still to be filled; null where it can go on. */
export function missingOf(given: JoinForm, code: string, isMinor: boolean): string | null {
  if (given.step === 'phone') return given.phone.trim() === '' ? 'phone' : null;
  if (given.step === 'code') return /^\d{6}$/.test(code.trim()) ? null : 'code';
  if (given.step === 'who') return given.name.trim() === '' ? 'name' : given.birthDate === '' ? 'birthDate' : null;
  if (given.step === 'allow') return null;
  if (!given.volunteer && !given.client) return 'roles';
  if (!isMinor) return null;
  return given.guardianName.trim() === '' ? 'guardianName' : given.guardianPhone.trim() === '' ? 'guardianPhone' : null;
}
