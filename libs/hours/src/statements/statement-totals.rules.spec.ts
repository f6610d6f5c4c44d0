import { describe, expect, it } from '@jest/globals';
import { emptySum, withEntry } from './statement-totals.rules';

describe('the totals of a statement', () => {
  it('add up each side, and the two classes of service on each side', () => {
    const entries = [
      { minutes: 300, class: null, isSealed: true },
      { minutes: -60, class: 'verified', isSealed: false },
      { minutes: -45, class: 'manual', isSealed: false },
      { minutes: 45, class: 'manual', isSealed: true },
      { minutes: 20, class: 'verified', isSealed: true },
      { minutes: -10, class: null, isSealed: false },
    ] as const;
    const sum = entries.reduce(withEntry, emptySum);
    expect([sum.entries, sum.sealed]).toEqual([6, 3]);
    expect(sum.totals).toEqual({
      inMinutes: 365,
      outMinutes: 115,
      verifiedInMinutes: 20,
      verifiedOutMinutes: 60,
      manualInMinutes: 45,
      manualOutMinutes: 45,
    });
  });
});
