import { describe, expect, it } from '@jest/globals';
import { ageOn, mayAskAgain, refuseOtherBirthDate, refuseWithoutGuardian } from './identity.rules';

const codeOf = (act: () => void): string | null => {
  try {
    act();
    return null;
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('who may join', () => {
  it.each([
    [18, null, null],
    [17, null, 'members/guardian_needed'],
    [14, { isMember: false }, null],
    [13, { isMember: false }, 'members/guardian_needed'],
    [13, null, 'members/guardian_needed'],
    [13, { isMember: true }, null],
  ])('a volunteer of %i with %j: %s', (age, guardian, code) => {
    expect(codeOf(() => refuseWithoutGuardian(age, ['volunteer'], guardian))).toBe(code);
    expect(codeOf(() => refuseWithoutGuardian(age, ['client'], guardian))).toBe(null);
  });

  it('counts whole years', () => {
    expect([ageOn('2008-03-02', '2026-03-01'), ageOn('2008-03-02', '2026-03-02'), ageOn('2008-02-29', '2026-02-28')]).toEqual([17, 18, 17]);
  });

  it('takes no number of another birth date', () => {
    expect(codeOf(() => refuseOtherBirthDate('1949-12-31', '1949-12-30'))).toBe('members/identity_differs');
    expect(codeOf(() => refuseOtherBirthDate('1949-12-31', '1949-12-31'))).toBe(null);
  });

  it('asks nobody again within 180 days of a no, and nobody who has agreed', () => {
    const now = new Date('2026-07-01T00:00:00Z');
    const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
    expect(mayAskAgain(null, now)).toBe(true);
    expect(mayAskAgain({ granted: true, givenAt: daysAgo(400) }, now)).toBe(false);
    expect(mayAskAgain({ granted: false, givenAt: daysAgo(179) }, now)).toBe(false);
    expect(mayAskAgain({ granted: false, givenAt: daysAgo(180) }, now)).toBe(true);
  });
});
