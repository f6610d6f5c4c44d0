import { describe, expect, it } from '@jest/globals';
import { atLeast, atMost, distancesFrom, farOut, fewerThanElsewhere, medianOf, noChance, standingOut } from './unlikely.rules';

describe('what is too much for chance and unlike the others', () => {
  it.each([
    // Computed by hand: of ten throws of a coin.
    [{ hits: 10, of: 10 }, 0.5, 1 / 1_024],
    [{ hits: 9, of: 10 }, 0.5, 11 / 1_024],
    [{ hits: 0, of: 10 }, 0.5, 1],
    [{ hits: 1, of: 10 }, 0, 0],
    [{ hits: 3, of: 3 }, 1, 1],
  ])('knows the chance of at least %j at %d', (rate, probability, chance) => {
    expect(atLeast(rate, probability)).toBeCloseTo(chance, 12);
  });

  it('knows the chance of at most', () => {
    expect(atMost({ hits: 0, of: 20 }, 0.1)).toBeCloseTo(0.9 ** 20, 12);
    expect(atMost({ hits: 20, of: 20 }, 0.1)).toBe(1);
  });

  it("agrees with Fisher's tea: all four cups told apart", () => {
    expect(fewerThanElsewhere({ hits: 0, of: 4 }, { hits: 4, of: 4 })).toBeCloseTo(1 / 70, 12);
    expect(fewerThanElsewhere({ hits: 1, of: 4 }, { hits: 3, of: 4 })).toBeCloseTo(17 / 70, 12);
    expect(fewerThanElsewhere({ hits: 0, of: 9 }, { hits: 0, of: 0 })).toBe(1);
  });

  it('measures distance by the middle, which the outlier does not move', () => {
    const values = [1, 2, 3, 4, 5, 6, 7, 8, 1_000];
    expect(medianOf(values)).toBe(5);
    expect(distancesFrom(values)(1_000)).toBeCloseTo((0.6745 * 995) / 2, 6);
    expect(distancesFrom([0, 0, 0, 0, 1])(1)).toBeGreaterThan(3.5);
    expect(distancesFrom([3, 3, 3])(3)).toBe(0);
    expect(distancesFrom([])(3)).toBe(0);
  });

  it('draws the far fence over square roots', () => {
    expect(farOut([1, 4, 9, 16, 25])).toBe((4 + 3 * 2) ** 2);
    expect(farOut([])).toBe(0);
  });

  it('holds the level for all that were looked at', () => {
    expect(noChance([0.01, 0.02, 0.04, 0.9], (chance) => chance)).toEqual([0.01, 0.02]);
    expect(noChance([0.04, 0.9, 0.9, 0.9], (chance) => chance)).toEqual([]);
    expect(noChance([], () => 0)).toEqual([]);
  });

  const usual = Array.from({ length: 40 }, (_, index) => ({ hits: index % 4, of: 20 }));
  it.each([
    ['a habit that nobody else has', [...usual, { hits: 18, of: 20 }], 1],
    ['no more than others have', [...usual, { hits: 4, of: 20 }], 0],
    ['too few visits to say', [...usual, { hits: 4, of: 4 }], 0],
    ['what is common here', [...usual, ...Array.from({ length: 10 }, () => ({ hits: 18, of: 20 }))], 0],
  ])('%s', (_, subjects, raised) => {
    expect(standingOut(subjects)).toHaveLength(raised);
  });
});
