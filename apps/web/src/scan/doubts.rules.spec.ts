import { describe, expect, it } from '@jest/globals';
import { type Doubt, doubtOf, usualLimits } from './doubts.rules';

const plan = { plannedStart: '2026-03-02T11:05:00.000Z', capturedIn: '2026-03-02T11:05:00.000Z' };
const why = (kind: 'in' | 'out', at: string, visit = plan as Parameters<typeof doubtOf>[1], limits = usualLimits): Doubt['why'] | null =>
  doubtOf(kind, visit, new Date(`2026-03-02T${at}:00.000Z`), limits)?.why ?? null;

describe('a scan that is asked about', () => {
  it.each<['in' | 'out', string, Doubt['why'] | null]>([
    ['in', '08:39', 'early'],
    ['in', '10:34', 'early'],
    ['in', '10:35', null],
    ['in', '11:05', null],
    ['in', '12:05', null],
    ['in', '12:06', 'late'],
    ['out', '11:05', 'short'],
    ['out', '11:14', 'short'],
    ['out', '11:15', null],
    ['out', '15:00', null],
  ])('C4: “%s” at %s of a visit planned for 11:05: %s', (kind, at, expected) => {
    expect(why(kind, at)).toBe(expected);
  });

  it("C4: goes by the bank's own policy, and knows nothing against an end whose start is not known", () => {
    expect(why('out', '11:14', plan, { ...usualLimits, minimumMinutes: 5 })).toBeNull();
    expect(why('in', '08:39', plan, { ...usualLimits, windowBeforeMinutes: 240 })).toBeNull();
    expect(why('out', '11:05', { ...plan, capturedIn: null })).toBeNull();
    expect(doubtOf('out', plan, new Date('2026-03-02T11:00:00.000Z'), usualLimits)).toEqual({ why: 'short', minutes: 0 });
  });
});
