import { describe, expect, it } from '@jest/globals';
import {
  barsOf,
  decidingFlags,
  emptyTally,
  inBatches,
  inOneBar,
  isUncovered,
  marksOf,
  passing,
  payersFor,
  readPending,
  scaleOf,
  tallied,
  wayOut,
  yellowCodes,
} from './decisions.rules';

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

  it('D1: are paid by the client who has the minutes, else by whoever has as many', () => {
    const payers = [
      { payer: 'client', upToMinutes: 20 },
      { payer: 'pool', upToMinutes: 45 },
      { payer: 'fund', upToMinutes: 60 },
    ] as const;
    expect([20, 21, 46, 61].map((minutes) => payersFor([...payers], minutes))).toEqual([['client'], ['pool', 'fund'], ['fund'], []]);
    expect(payersFor(null, 60)).toEqual(['client']);
    expect(isUncovered({ payers: [...payers], creditedMinutes: 60 })).toBe(true);
    expect(isUncovered({ payers: null, creditedMinutes: 60 })).toBe(false);
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

  it('D8: pass together what has no red and every yellow acknowledged; a call that is due is made, not ticked', () => {
    const [clean, early, both, red, call] = [
      marked(['STATIC_ONLY', 'info']),
      marked(['EARLY_IN', 'yellow']),
      marked(['EARLY_IN', 'yellow'], ['LONGER', 'yellow'], ['LATE_IN', 'yellow', true]),
      marked(['OVERLAP', 'red']),
      marked(['CALL_BACK_DUE', 'yellow']),
    ];
    const all = [clean, early, both, red, call];
    expect(passing(all, [])).toEqual([clean]);
    expect(passing(all, ['EARLY_IN'])).toEqual([clean, early]);
    expect(passing(all, ['EARLY_IN', 'LONGER', 'CALL_BACK_DUE', 'OVERLAP'])).toEqual([clean, early, both]);
  });

  it('D6: are counted in one sentence: approved, left for a colleague, left for another reason, and by which approvals', () => {
    const left = (code: string) => ({ visitId: 'v', outcome: 'refused', code }) as const;
    const first = tallied(emptyTally, { approvalId: 'a', results: [{ visitId: 'v', outcome: 'approved' }] });
    expect(
      tallied(first, {
        approvalId: 'b',
        results: [left('visits/own_visit'), left('visits/second_person_needed'), left('visits/not_found')],
      }),
    ).toEqual({
      approved: 1,
      rejected: 0,
      colleague: 2,
      left: 1,
      approvalIds: ['b'],
    });
  });

  it('D6: stand in one bar, with the first names and how many more', () => {
    const one = (name: string, decision: 'approve' | 'reject' = 'approve') => ({
      body: { visitIds: [name], decision },
      minutes: 60,
      names: [name],
    });
    expect(inOneBar([one('a'), one('b'), one('c', 'reject'), one('d'), one('e')])).toEqual({
      approve: 4,
      reject: 1,
      minutes: 240,
      names: ['a', 'b', 'c'],
      more: 2,
    });
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

  const scale = { from: -30, to: 90 };

  it('lie on one scale, counted from the planned start', () => {
    expect(barsOf(visit, scale)).toEqual({
      planned: { left: 25, width: 50 },
      captured: { left: 12.5, width: 62.5 },
      credited: { left: 25, width: 50 },
    });
  });

  it('leave out what was not captured, and end where the scale ends', () => {
    const { planned, captured, credited } = barsOf({ ...visit, capturedOut: null, creditedStart: null, creditedEnd: null }, scale);
    expect([planned, captured, credited]).toEqual([{ left: 25, width: 50 }, null, null]);
    expect(barsOf({ ...visit, capturedOut: '2026-03-02T23:00:00Z' }, scale).captured).toEqual({ left: 12.5, width: 87.5 });
  });

  it('share a scale on which all of them fit, in half hours, but not a forgotten scan', () => {
    expect(scaleOf([])).toEqual({ from: 0, to: 60 });
    expect(scaleOf([visit])).toEqual({ from: -30, to: 60 });
    expect(scaleOf([visit, { ...visit, capturedOut: '2026-03-02T03:10:00Z' }])).toEqual({ from: -30, to: 150 });
    expect(scaleOf([{ ...visit, capturedIn: '2026-03-01T01:00:00Z', capturedOut: '2026-03-03T01:00:00Z' }])).toEqual({
      from: -120,
      to: 480,
    });
  });

  it('is marked at half hours where it is an hour long, else at hours', () => {
    expect(marksOf({ from: 0, to: 60 }).map(({ minutes }) => minutes)).toEqual([0, 30, 60]);
    expect(marksOf({ from: -30, to: 60 }).map(({ minutes }) => minutes)).toEqual([0, 60]);
    expect(marksOf({ from: -30, to: 150 })).toEqual([
      { minutes: 0, left: (30 / 180) * 100 },
      { minutes: 60, left: 50 },
      { minutes: 120, left: (150 / 180) * 100 },
    ]);
    expect(marksOf({ from: -120, to: 480 }).map(({ minutes }) => minutes)).toEqual([-120, 0, 120, 240, 360, 480]);
  });

  it('name the findings that decide, the most frequent first', () => {
    const late = marked(['LATE_IN', 'yellow', true], ['CARD_ONLY', 'info']);
    expect(decidingFlags([late, late, marked(['MISSING_OUT', 'red'])])).toEqual([
      { code: 'LATE_IN', count: 2 },
      { code: 'MISSING_OUT', count: 1 },
    ]);
  });
});
