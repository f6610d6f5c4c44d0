import { describe, expect, it } from '@jest/globals';
import { isRaised, limitOn, type LimitRow } from './limit-raise.rules';

const usual = 6_000;
let number = 0;
const row = (bankId: string | null, validFrom: string, value: number): LimitRow => ({
  policyId: `${bankId} ${validFrom}`,
  bankId,
  validFrom,
  value,
  policyNumber: (number += 1),
});

describe('what one hand may grant', () => {
  it('is the latest row of the bank that has begun, else of the city, else what is usual', () => {
    const rows = [row(null, '2026-03-01', 9_000), row('b', '2026-03-05', 30), row('b', '2026-03-05', 40), row('b', '2026-03-09', 50)];
    expect(['2026-02-28', '2026-03-01', '2026-03-05', '2026-03-20'].map((day) => limitOn(rows, day, usual))).toEqual([
      6_000, 9_000, 40, 50,
    ]);
  });

  it('is raised by a row only if some day allows more', () => {
    expect(isRaised([], [row('b', '2026-03-05', 30)], '2026-03-05', usual)).toBe(false);
    expect(isRaised([], [row('b', '2026-03-05', 7_000)], '2026-03-05', usual)).toBe(true);
  });

  it('is raised from a later day too: by a row that hides a lower one of the city, or by taking away one that hid a higher', () => {
    const city = [row(null, '2026-03-03', 9_000), row(null, '2026-03-16', 30)];
    expect(isRaised(city, [...city, row('b', '2026-03-14', 9_000)], '2026-03-14', usual)).toBe(true);
    const higher = row(null, '2026-03-05', 1_000_000);
    const own = row('b', '2026-03-02', 6_000);
    expect(isRaised([own, higher], [higher], '2026-03-02', usual)).toBe(true);
    expect(isRaised([own], [], '2026-03-02', usual)).toBe(false);
  });
});
