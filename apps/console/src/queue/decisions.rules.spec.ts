import { describe, expect, it } from '@jest/globals';
import { barsOf, inBatches, readPending, wayOut, yellowCodes } from './decisions.rules';

const marked = (...exceptions: [string, string, boolean?][]) => ({
  exceptions: exceptions.map(([code, lane, acknowledged = false]) => ({ code, lane, acknowledged })),
});

describe('decisions at the desk', () => {
  it('go out in batches of at most a thousand, none lost, none twice', () => {
    const visits = Array.from({ length: 2_001 }, (_, index) => index);
    const batches = inBatches(visits, 1_000);
    expect(batches.map((batch) => batch.length)).toEqual([1_000, 1_000, 1]);
    expect(batches.flat()).toEqual(visits);
    expect(inBatches([], 1_000)).toEqual([]);
  });

  it('survive a reload and ignore what storage holds otherwise', () => {
    const kept = [
      { approvalId: 'a', bankId: 'b', personId: 'p', body: { visitIds: ['v'], decision: 'approve' }, minutes: 60, state: 'waiting' },
    ];
    expect(readPending(JSON.stringify(kept))).toEqual(kept);
    expect(readPending(null)).toEqual([]);
    expect(readPending('{')).toEqual([]);
    expect(readPending('[null, {"approvalId": 1}]')).toEqual([]);
  });

  it('name every yellow code once, with its count, and no red, info or acknowledged one', () => {
    expect(
      yellowCodes([
        marked(['EARLY_IN', 'yellow'], ['STATIC_ONLY', 'info']),
        marked(['EARLY_IN', 'yellow'], ['LONGER', 'yellow'], ['OVERLAP', 'red'], ['LATE_IN', 'yellow', true]),
      ]),
    ).toEqual([
      { code: 'EARLY_IN', count: 2 },
      { code: 'LONGER', count: 1 },
    ]);
  });

  it('lead out of red by hand where a scan is missing, else by fewer minutes and a reason', () => {
    expect(wayOut(marked(['MISSING_OUT', 'red'], ['OVERLAP', 'red']))).toBe('manual');
    expect(wayOut(marked(['OVER_CAP', 'red']))).toBe('shorten');
    expect(wayOut(marked(['CONFLICT_OF_INTEREST', 'red']))).toBe('shorten');
    expect(wayOut(marked(['LONGER', 'yellow']))).toBeNull();
  });
});

describe('the three bars of a visit', () => {
  const visit = {
    plannedStart: '2026-03-02T01:00:00Z',
    plannedEnd: '2026-03-02T02:00:00Z',
    capturedIn: '2026-03-02T00:45:00Z',
    capturedOut: '2026-03-02T02:00:00Z',
    creditedStart: '2026-03-02T01:00:00Z',
    creditedEnd: '2026-03-02T02:00:00Z',
  };

  it('lie on one axis', () => {
    expect(barsOf(visit)).toEqual({
      planned: { left: 20, width: 80 },
      captured: { left: 0, width: 100 },
      credited: { left: 20, width: 80 },
    });
  });

  it('leave out what was not captured', () => {
    expect(barsOf({ ...visit, capturedOut: null, creditedStart: null, creditedEnd: null })).toEqual({
      planned: { left: 20, width: 80 },
      captured: null,
      credited: null,
    });
  });
});
