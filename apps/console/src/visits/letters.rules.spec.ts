import { describe, expect, it } from '@jest/globals';
import type { Letter } from '@timebank/contract/client';
import { nextStep, widthMinutes } from './letters.rules';

const now = new Date('2026-03-02T03:00:00.000Z');
type LetterVisit = NonNullable<Letter['visit']>;
const visit = (over: Partial<LetterVisit>): LetterVisit => ({
  visitId: 'visit',
  own: true,
  state: 'planned',
  class: 'verified',
  serviceKind: 'company',
  plannedStart: '2026-03-02T01:00:00.000Z',
  plannedEnd: '2026-03-02T02:00:00.000Z',
  clientId: 'client',
  clientName: 'Lin',
  ...over,
});

describe('the next step of a letter', () => {
  it.each<[string, LetterVisit | null, ReturnType<typeof nextStep>]>([
    ['a visit that was never scanned', visit({}), 'enter'],
    ['one under way', visit({ state: 'in_progress' }), 'enter'],
    ['a red one', visit({ state: 'needs_fix' }), 'enter'],
    ['a red one entered by hand already', visit({ state: 'needs_fix', class: 'manual' }), 'look'],
    ['one that waits for approval', visit({ state: 'ready' }), 'look'],
    ['one that was decided', visit({ state: 'approved' }), 'look'],
    ['one that has not begun', visit({ plannedStart: '2026-03-02T04:00:00.000Z' }), 'look'],
    ['one that was called off', visit({ state: 'cancelled' }), 'plan'],
    ['one that was not held', visit({ state: 'no_show' }), 'plan'],
    ["somebody else's", visit({ own: false }), 'plan'],
    ['one that the bank does not know', null, 'plan'],
  ])('of %s', (_, seen, step) => {
    expect(nextStep({ visit: seen }, now)).toBe(step);
  });

  it('says how wide the interval is, if it has a beginning', () => {
    expect(widthMinutes({ earliest: '2026-03-02T01:00:00.000Z', latest: '2026-03-02T02:30:00.000Z' })).toBe(90);
    expect(widthMinutes({ earliest: null, latest: '2026-03-02T02:30:00.000Z' })).toBeNull();
  });
});
