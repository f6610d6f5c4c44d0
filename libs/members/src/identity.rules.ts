import { refuse } from '@timebank/contract';

/** Whole years on a day. */
export function ageOn(birthDate: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return day.slice(5) >= birthDate.slice(5) ? years : years - 1;
}

const [grownFrom, aloneFrom] = [18, 14] as const;

/**
 * Who helps under 18 has somebody who answers for them, and under 14 only beside that person, who is then a member here too. Refuses
 * `members/guardian_needed`. Source: the regulation on voluntary service (2017) lets minors help with their guardian's consent or company.
 */
export function refuseWithoutGuardian(
  age: number,
  roles: readonly string[],
  guardian: { isMember: boolean } | null,
  path = 'body.guardian',
): void {
  if (!roles.includes('volunteer') || age >= grownFrom) return;
  if (guardian === null || (age < aloneFrom && !guardian.isMember))
    throw refuse(
      'members/guardian_needed',
      { underAge: age < aloneFrom ? aloneFrom : grownFrom, asMember: age < aloneFrom ? 'yes' : 'no' },
      path,
    );
}

/** An identity number says a birth date; another one typed beside it is a slip. */
export function refuseOtherBirthDate(said: string, birthDate: string): void {
  if (said !== birthDate) throw refuse('members/identity_differs', {}, 'body.identityNumber');
}

const askAgainDays = 180;
/** Whether a screen may ask for a consent: who has refused is left in peace for 180 days. */
export const mayAskAgain = (last: { granted: boolean; givenAt: Date } | null, now: Date): boolean =>
  last === null || (!last.granted && now.getTime() - last.givenAt.getTime() >= askAgainDays * 86_400_000);
