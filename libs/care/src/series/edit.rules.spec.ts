import { describe, expect, it } from '@jest/globals';
import { readRule, type SeriesRule } from '@timebank/contract';
import { carriedOn, mergedTerms, pairDates } from './edit.rules';
import type { Terms } from './rule.rules';

describe('where dates go when the days change', () => {
  it('stay where the day stays, move within their week, and end where there is none', () => {
    const { moves, added } = pairDates(['2026-03-05', '2026-03-12', '2026-03-19'], ['2026-03-05', '2026-03-13', '2026-03-24'], false);
    expect(Object.fromEntries(moves)).toEqual({ '2026-03-05': '2026-03-05', '2026-03-12': '2026-03-13', '2026-03-19': null });
    expect(added).toEqual(['2026-03-24']);
  });

  it('move within their month where the rule goes by months', () => {
    const { moves } = pairDates(['2026-03-03', '2026-04-07'], ['2026-03-31', '2026-04-28'], true);
    expect([...moves.values()]).toEqual(['2026-03-31', '2026-04-28']);
  });

  it('never take a day twice', () => {
    const { moves, added } = pairDates(['2026-03-02', '2026-03-03', '2026-03-04'], ['2026-03-03', '2026-03-06'], false);
    const targets = [...moves.values()].filter((day) => day !== null);
    expect(new Set(targets).size).toBe(targets.length);
    expect([...targets, ...added].sort()).toEqual(['2026-03-03', '2026-03-06']);
  });
});

describe('what an edit leaves of later ones', () => {
  const terms = (number: number, fromDay: string, more: Partial<Terms> = {}): Terms => ({
    rule: readRule('FREQ=DAILY') as SeriesRule,
    ruleText: 'FREQ=DAILY',
    startsOn: '2026-03-01',
    startTime: '09:00',
    minutes: 7,
    helpersNeeded: 1,
    place: null,
    note: null,
    number,
    fromDay,
    ...more,
  });
  const first = terms(1, '2026-03-01');

  it('stays, field by field, where the edit names others', () => {
    const later = terms(2, '2026-03-20', { minutes: 11 });
    const edited = terms(3, '2026-03-02', { note: 'knock' });
    expect(carriedOn([first, later], first, edited)).toEqual([{ ...later, note: 'knock' }]);
  });

  it('stays from its day on where the edit names the same field, and begins where none was', () => {
    const later = [terms(2, '2026-03-20', { minutes: 11 }), terms(3, '2026-03-25', { minutes: 11, note: 'ring' })];
    expect(carriedOn([first, ...later], first, terms(4, '2026-03-02', { minutes: 9 }))).toEqual([]);
    expect(carriedOn([first, ...later], first, terms(4, '2026-03-02', { minutes: 9, note: 'knock' }))).toEqual([
      { ...later[0], note: 'knock' },
    ]);
    expect(carriedOn([first], first, terms(2, '2026-02-01', { startTime: '10:00' }))).toEqual([{ ...first, startTime: '10:00' }]);
  });
});

describe('what was changed by hand on one date', () => {
  const at = (hour: number) => new Date(Date.UTC(2026, 2, 5, hour));
  const asked = { startsAt: at(1), minutes: 60, helpersNeeded: 1, place: null, note: 'ring twice' };
  it.each([
    ['the time', { startsAt: at(3) }],
    ['the minutes', { minutes: 45 }],
    ['the number of helpers', { helpersNeeded: 3 }],
    ['the place', { place: 'the park' }],
    ['the note', { note: null }],
  ])('keeps %s, and follows with the rest', (_, byHand) => {
    const wanted = { startsAt: at(2), minutes: 90, helpersNeeded: 2, place: 'at home', note: 'knock' };
    expect(mergedTerms({ ...asked, ...byHand }, asked, wanted)).toEqual({ ...wanted, ...byHand });
  });
});
