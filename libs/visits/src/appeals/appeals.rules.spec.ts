import { describe, expect, it } from '@jest/globals';
import { appealUntil, refusalOfAppeal, remedyOf, type AppealedVisit } from './appeals.rules';

const decidedAt = new Date('2026-03-02T09:00:00Z');
const day = (days: number, milliseconds = 0) => new Date(decidedAt.getTime() + days * 86_400_000 + milliseconds);
const shortened: AppealedVisit = {
  state: 'approved',
  creditedMinutes: 40,
  proposedMinutes: 60,
  decisionReasonCode: 'left_early',
  decidedAt,
};
const rejected: AppealedVisit = { ...shortened, state: 'rejected', creditedMinutes: 60 };

describe('an appeal', () => {
  it.each([
    ['against a shortening', shortened, 1, null],
    ['against a rejection', rejected, 1, null],
    ['on the last moment', rejected, 30, null],
    ['a millisecond later', rejected, 30.000_000_1, 'appeals/too_late'],
    ['against full credit, even with a reason', { ...shortened, creditedMinutes: 60 }, 1, 'appeals/nothing_to_appeal'],
    ['before the decision', { ...shortened, state: 'needs_fix', decidedAt: null }, 1, 'appeals/not_decided'],
    ['against a cancelled visit', { ...shortened, state: 'cancelled', decidedAt: null }, 1, 'appeals/not_decided'],
    ['where the proposal was not kept, with a reason', { ...shortened, proposedMinutes: null }, 1, null],
    [
      'where the proposal was not kept, without one',
      { ...shortened, proposedMinutes: null, decisionReasonCode: null },
      1,
      'appeals/nothing_to_appeal',
    ],
  ] as const)('%s', (_, visit, afterDays, code) => {
    expect(refusalOfAppeal(visit, 30, new Date(decidedAt.getTime() + Math.ceil(afterDays * 86_400_000)))).toBe(code);
  });

  it('may be made until so many days after the decision', () => {
    expect(appealUntil(rejected, 30)).toEqual(day(30));
    expect(appealUntil({ ...shortened, creditedMinutes: 60 }, 30)).toBeNull();
  });

  it('that is granted says how: a reversal only where something was posted', () => {
    expect(remedyOf('granted', true)).toBe('reverse_and_enter');
    expect(remedyOf('granted', false)).toBe('enter_anew');
    expect(remedyOf('upheld', true)).toBeNull();
  });
});
