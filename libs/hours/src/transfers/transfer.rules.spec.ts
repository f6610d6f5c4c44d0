import { describe, expect, it } from '@jest/globals';
import { ageOn, mayReceiveGift } from './transfer.rules';

describe('who may receive a gift', () => {
  it('is the spouse and the direct line, not a sibling or somebody of the household', () => {
    expect((['spouse', 'parent', 'child', 'grandparent', 'grandchild', 'sibling', 'household'] as const).filter(mayReceiveGift)).toEqual([
      'spouse',
      'parent',
      'child',
      'grandparent',
      'grandchild',
    ]);
  });

  it.each([
    ['1966-03-02', '2026-03-02', 60],
    ['1966-03-03', '2026-03-02', 59],
    ['1964-02-29', '2026-02-28', 61],
    ['1964-02-29', '2026-03-01', 62],
  ])('counts whole years: born %s, on %s, is %i', (birthDate, day, age) => {
    expect(ageOn(birthDate, day)).toBe(age);
  });
});
