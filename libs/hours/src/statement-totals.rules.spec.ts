import { describe, expect, it } from '@jest/globals';
import { noTotals, withEntry } from './statement-totals.rules';

describe('the totals of a statement', () => {
  it('add up each side, and the two classes of service on each side', () => {
    const entries = [
      { minutes: 300, class: null },
      { minutes: -60, class: 'verified' },
      { minutes: -45, class: 'manual' },
      { minutes: 45, class: 'manual' },
      { minutes: 20, class: 'verified' },
      { minutes: -10, class: null },
    ] as const;
    expect(entries.reduce(withEntry, noTotals)).toEqual({
      inMinutes: 365,
      outMinutes: 115,
      verifiedInMinutes: 20,
      verifiedOutMinutes: 60,
      manualInMinutes: 45,
      manualOutMinutes: 45,
    });
  });
});
