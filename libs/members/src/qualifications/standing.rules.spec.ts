import { describe, expect, it } from '@jest/globals';
import { grantedThrough, standingOf, validThrough } from './standing.rules';

const months = (validityMonths: number, toYearEnd = false) => ({ validityMonths, toYearEnd, refresherMinutes: null });

describe('how long a qualification is good for', () => {
  it.each([
    ['2026-03-10', months(12), '2027-03-09'],
    ['2026-03-01', months(12), '2027-02-28'],
    ['2026-01-31', months(1), '2026-02-28'],
    ['2024-02-29', months(12), '2025-02-28'],
    ['2026-12-31', months(2), '2027-02-28'],
    ['2026-03-10', months(12, true), '2027-12-31'],
    ['2026-12-31', months(0, true), '2026-12-31'],
    ['2026-11-10', months(24), '2028-11-09'],
  ])('from %s on, by %j, through %s', (day, kind, last) => {
    expect(validThrough(day, kind)).toBe(last);
  });

  it.each([
    ['2026-05-20', null, 0, 'valid'],
    ['2026-04-19', null, 0, 'ends_soon'],
    ['2026-03-20', null, 0, 'ends_soon'],
    ['2026-03-19', '2026-03-20', 0, 'exempt'],
    ['2026-03-19', '2026-03-19', 0, 'expired'],
    ['2026-03-19', null, 1, 'reactivatable'],
    ['2026-03-18', null, 1, 'expired'],
    [null, '2026-03-20', 0, 'exempt'],
    [null, '2026-03-19', 90, 'expired'],
    [null, null, 90, null],
  ] as const)('with %s, exempt through %s, on 20 March, within %i days: %s', (validUntil, exemptUntil, within, status) => {
    expect(standingOf({ validUntil, exemptUntil }, '2026-03-20', within)).toBe(status);
  });

  const passed = (more: Partial<Parameters<typeof grantedThrough>[2]>, refresherMinutes: number | null = null) =>
    grantedThrough(
      '2026-03-20',
      { ...months(12), refresherMinutes },
      {
        isRefresher: true,
        held: { validUntil: '2026-04-01', exemptUntil: null },
        reactivateWithinDays: 30,
        learntMinutes: 120,
        ...more,
      },
    );
  const until = (validUntil: string | null) => ({ held: { validUntil, exemptUntil: null } });

  it('is granted by a first course, and never shortened by one', () => {
    expect(passed({ isRefresher: false, ...until(null) })).toBe('2027-03-19');
    expect(passed({ isRefresher: false, ...until('2030-01-01') })).toBe('2030-01-01');
  });

  it('goes on from its last day by a refresher, and from today once it was over', () => {
    expect(passed({})).toBe('2027-04-01');
    expect(passed(until('2026-03-01'))).toBe('2027-03-19');
  });

  it('is not renewed for who never had it, had it too long ago, or has learnt too little since', () => {
    expect([passed(until(null)), passed(until('2026-02-17')), passed({}, 121), passed({}, 120)]).toEqual([null, null, null, '2027-04-01']);
  });
});
