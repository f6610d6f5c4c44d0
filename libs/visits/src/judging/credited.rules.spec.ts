import { describe, expect, it } from '@jest/globals';
import { proposeCredit, type CreditPolicy } from './credited.rules';

const plannedStart = new Date('2026-03-02T01:00:00Z');
const minute = (minutes: number) => new Date(plannedStart.getTime() + minutes * 60_000);
const plain: CreditPolicy = { roundingMinutes: 1, roundingMode: 'floor', creditOverPlanMinutes: 15 };
const visit = (from: number | null, to: number | null) => ({
  plannedStart,
  plannedMinutes: 60,
  entered: null,
  capturedIn: from === null ? null : minute(from),
  capturedOut: to === null ? null : minute(to),
});

describe('credited minutes', () => {
  it.each([
    ['as planned', 0, 60, 60],
    ['a 20-minute visit counts as 20', 0, 20, 20],
    ['seconds that fill no minute are dropped', 0, 59.99, 59],
    ['time before the planned start does not count', -15, 45, 45],
    ['a late start counts from the scan', 10, 70, 60],
    ['up to 15 minutes over the plan', 0, 75, 75],
    ['no minute beyond that', 0, 76, 75],
    ['over the plan also after a late start', 30, 120, 75],
    ['nothing when it was over before the planned start', -60, -10, 0],
  ])('%s', (_, from, to, minutes) => {
    expect(proposeCredit(visit(from, to), plain).minutes).toBe(minutes);
  });

  it('are none while one end is missing', () => {
    expect(proposeCredit(visit(null, 60), plain)).toEqual({ start: null, end: null, minutes: 0 });
    expect(proposeCredit(visit(0, null), plain)).toEqual({ start: null, end: null, minutes: 0 });
  });

  it.each([
    ['floor', 30, 59, 30],
    ['floor', 60, 59, 0],
    ['half_up', 30, 44, 30],
    ['half_up', 30, 31, 30],
    ['half_up', 30, 50, 50],
  ] as const)('round by policy (%s to %d: %d minutes are %d), never to more than captured', (roundingMode, unit, captured, minutes) => {
    expect(proposeCredit(visit(0, captured), { ...plain, roundingMinutes: unit as 30 | 60, roundingMode }).minutes).toBe(minutes);
  });

  it('come from the times entered by hand when there are any', () => {
    const entered = { start: minute(5), end: minute(50) };
    expect(proposeCredit({ ...visit(0, null), entered }, plain)).toEqual({ ...entered, minutes: 45 });
  });
});
