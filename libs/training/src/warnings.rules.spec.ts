import { describe, expect, it } from '@jest/globals';
import { warningsDue } from './warnings.rules';

const due = (until: string | null, firstDay: string) => warningsDue({ until, firstDay }, '2026-03-10');

describe('warnings that a qualification ends', () => {
  it.each([
    ['2026-04-10', '2026-04-20', []],
    ['2026-04-09', '2026-04-20', [30]],
    ['2026-03-25', '2026-04-20', [30]],
    ['2026-03-24', '2026-04-20', [14, 30]],
    ['2026-03-13', '2026-04-20', [3, 14, 30]],
    ['2026-03-10', '2026-04-20', [3, 14, 30]],
    // It is over, or never was: the first visit is what nears.
    ['2026-03-09', '2026-04-20', []],
    ['2026-03-01', '2026-03-22', [14, 30]],
    [null, '2026-03-12', [3, 14, 30]],
  ])('of one that ends on %s before a visit on %s: %j', (until, firstDay, days) => {
    expect(due(until, firstDay)).toEqual(days);
  });
});
