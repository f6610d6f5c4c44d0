import { describe, expect, it } from '@jest/globals';
import { policyDefaults, rankParts, type Policy, type PolicyKey } from '@timebank/contract';
import { kindReasonsOf, leftAfter, partsOf, type RankFacts, scoreOf, weightKeys } from './rank.rules';

const policy = Object.fromEntries((Object.keys(policyDefaults) as PolicyKey[]).map((key) => [key, policyDefaults[key].value])) as Policy;
const stranger: RankFacts = {
  visits: 0,
  isAskedFor: false,
  meters: null,
  isFree: null,
  sharesLanguage: null,
  likesKind: null,
  halfDeclines: 0,
  offers: 0,
  kept: 0,
  taken: 0,
};
const score = (more: Partial<RankFacts>, by = policy) => scoreOf(partsOf({ ...stranger, ...more }, by));

describe('the rank of a volunteer', () => {
  it('is at most eight named parts between 0 and 1 that add up, whatever is known of them', () => {
    let seed = 7;
    const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
    const pick = <Value>(...of: Value[]) => of[Math.floor(random() * of.length)] as Value;
    const upTo = (most: number) => Math.floor(random() * (most + 1));
    for (let time = 0; time < 2_000; time += 1) {
      const taken = upTo(20);
      const facts: RankFacts = {
        visits: upTo(40),
        isAskedFor: pick(true, false),
        meters: pick(null, random() * 20_000),
        isFree: pick(true, false, null),
        sharesLanguage: pick(true, false, null),
        likesKind: pick(true, false, null),
        halfDeclines: upTo(9),
        offers: upTo(30),
        taken,
        kept: upTo(taken),
      };
      const parts = partsOf(facts, policy);
      expect(parts.map(({ name }) => name)).toEqual([...rankParts]);
      for (const { value, weight } of parts) {
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
        expect(weight).toBeGreaterThanOrEqual(0);
      }
      let sum = 0;
      for (const { value, weight } of parts) sum += value * weight;
      expect(scoreOf(parts)).toBe(sum);
    }
  });

  it.each([
    ['who was here before', { visits: 1 }, {}],
    ['who was here more often', { visits: 5 }, { visits: 1 }],
    ['whom the client asked for', { isAskedFor: true }, {}],
    ['who lives nearer', { meters: 500 }, { meters: 1_000 }],
    ['who said so', { isFree: true }, {}],
    ['who said nothing, before who said no', {}, { isFree: false }],
    ['who speaks their language', { sharesLanguage: true }, { sharesLanguage: false }],
    ['who likes it', { likesKind: true }, { likesKind: false }],
    ['who was asked less', { offers: 1 }, { offers: 2 }],
    ['who kept what they took', { kept: 20, taken: 20 }, { kept: 19, taken: 20 }],
    ['who never said no to it', { likesKind: true }, { likesKind: true, halfDeclines: 1 }],
  ] as const)('puts %s first', (_, better, worse) => {
    expect(score(better)).toBeGreaterThan(score(worse));
  });

  it('halves the weight of a kind for each no, and counts a silence as half a no', () => {
    const weightOf = (halfDeclines: number) =>
      partsOf({ ...stranger, halfDeclines }, policy).find(({ name }) => name === 'kind')?.weight ?? Number.NaN;
    expect([weightOf(2), weightOf(4)]).toEqual([policy.weightKind / 2, policy.weightKind / 4]);
    expect(weightOf(1) ** 2).toBeCloseTo(policy.weightKind ** 2 / 2, 9);
    expect(leftAfter(3)).toBe(0.5 * Math.SQRT1_2);
  });

  it('leaves out a part whose weight the bank sets to nothing', () => {
    for (const name of rankParts) {
      const without = { ...policy, [weightKeys[name]]: 0 };
      expect(partsOf({ ...stranger, visits: 3 }, without).find((part) => part.name === name)).toMatchObject({ weight: 0 });
    }
  });

  it('tells a volunteer only what speaks for it', () => {
    expect(kindReasonsOf(stranger)).toEqual([]);
    expect(kindReasonsOf({ ...stranger, offers: 9, kept: 1, taken: 20, isFree: false, likesKind: false, meters: 1_001 })).toEqual([]);
    expect(
      kindReasonsOf({ ...stranger, visits: 1, isAskedFor: true, meters: 1_000, isFree: true, sharesLanguage: true, likesKind: true }),
    ).toEqual(['helped_before', 'asked_for', 'near', 'free_then', 'language', 'likes_kind']);
  });
});
