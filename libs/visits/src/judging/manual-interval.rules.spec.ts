import { describe, expect, it } from '@jest/globals';
import { lastEndOf, manualFault } from './manual-interval.rules';

const plannedStart = new Date('2026-03-02T01:00:00Z');
const at = (minutes: number) => new Date(plannedStart.getTime() + minutes * 60_000);
const visit = { plannedStart, plannedEnd: at(60), plannedMinutes: 60, capturedIn: null };
const none = { in: null, out: null };
const fault = (from: number, to: number, more: { capturedIn?: Date; in?: Date; out?: Date; now?: Date } = {}) => {
  const known = { now: more.now ?? at(1_000), windowBeforeMinutes: 30, witnessed: { ...none, in: more.in ?? null, out: more.out ?? null } };
  return manualFault({ ...visit, capturedIn: more.capturedIn ?? null }, { start: at(from), end: at(to) }, known)?.field ?? null;
};

describe('times entered by hand', () => {
  it('lie between the window before the plan and its end, and are over', () => {
    expect([fault(-30, 60), fault(-31, 60), fault(0, 61), fault(30, 30)]).toEqual([null, 'startedAt', 'endedAt', 'startedAt']);
    expect(fault(0, 40, { now: at(30) })).toBe('endedAt');
  });

  it('C10: end the planned minutes after a scan-in that came late', () => {
    const late = { capturedIn: at(300), in: at(300) };
    expect([fault(300, 360, late), fault(300, 361, late), fault(0, 60, late)]).toEqual([null, 'endedAt', 'endedAt']);
  });

  it('leave out nothing that the server saw, and anything that only a phone said', () => {
    expect([fault(10, 60, { out: at(20) }), fault(20, 60, { out: at(20) })]).toEqual([null, 'startedAt']);
    expect(fault(0, 60, { capturedIn: at(300) })).toBeNull();
  });

  it('C10: a visit is forgotten from its planned end on, or from a later beginning', () => {
    expect(lastEndOf(visit)).toEqual(at(60));
    expect(lastEndOf({ ...visit, capturedIn: at(10) })).toEqual(at(60));
    expect(lastEndOf({ ...visit, capturedIn: at(90) })).toEqual(at(90));
  });
});
