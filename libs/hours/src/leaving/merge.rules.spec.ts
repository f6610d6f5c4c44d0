import { describe, expect, it } from '@jest/globals';
import { type MergeSide, refuseLateUndo, refuseMerge, undoUntil } from './merge.rules';

const codeOf = (act: () => void): string | null => {
  try {
    act();
    return null;
  } catch (error) {
    return (error as { code: string }).code;
  }
};
const side = (more: Partial<MergeSide> = {}): MergeSide => ({
  memberId: 'a',
  personId: 'a',
  leftOn: null,
  mergedInto: null,
  signsIn: true,
  ...more,
});
const clear = { openRequests: 0, plannedVisits: 0, undecidedVisits: 0, haveMet: false };

describe('two members who are one person', () => {
  it.each([
    [side(), side(), clear, null],
    [side(), side({ signsIn: false }), clear, null],
    [side({ signsIn: false }), side(), clear, 'merges/keep_the_other'],
    [side({ mergedInto: 'c' }), side(), clear, 'merges/already_merged'],
    [side(), side({ mergedInto: 'c' }), clear, 'merges/already_merged'],
    [side(), side({ leftOn: '2026-03-02' }), clear, 'merges/left'],
    [side(), side(), { ...clear, haveMet: true }, 'merges/met'],
    [side(), side(), { ...clear, plannedVisits: 1 }, 'merges/plans_ahead'],
    [side(), side(), { ...clear, undecidedVisits: 1 }, 'merges/plans_ahead'],
  ] as const)('%j and %j with %j: %s', (stays, goes, obstacles, code) => {
    expect(codeOf(() => refuseMerge(stays, goes, obstacles))).toBe(code);
  });

  it('can be undone through the seventh day', () => {
    const mergedAt = new Date('2026-03-02T01:00:00Z');
    expect(undoUntil(mergedAt).toISOString()).toBe('2026-03-09T01:00:00.000Z');
    expect(codeOf(() => refuseLateUndo(mergedAt, new Date('2026-03-09T01:00:00Z')))).toBe(null);
    expect(codeOf(() => refuseLateUndo(mergedAt, new Date('2026-03-09T01:00:01Z')))).toBe('merges/too_late');
  });
});
