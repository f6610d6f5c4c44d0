import { describe, expect, it } from '@jest/globals';
import { leavesOf, thanksOf } from './home.rules';

type Visit = Parameters<typeof thanksOf>[0][number];
const today = new Date('2026-03-02T16:00:00.000Z');
const visit = (clientName: string, at: string, changes: Partial<Visit> = {}, reversed = false): Visit => ({
  side: 'volunteer',
  state: 'approved',
  creditedMinutes: 45,
  clientName,
  decision: {
    approvalId: 'a',
    decision: 'approve',
    by: 'person',
    byName: null,
    at,
    reasonCode: null,
    transferId: 't',
    payer: 'client',
    reversed,
  },
  ...changes,
});

describe('whom the first screen thanks by name', () => {
  it('is the last one approved today, and nobody on other days', () => {
    expect(thanksOf([visit('Lin', '2026-03-02T17:00:00.000Z'), visit('Wu', '2026-03-03T01:00:00.000Z')], today)).toEqual({
      name: 'Wu',
      minutes: 45,
    });
    expect(thanksOf([visit('Lin', '2026-03-02T15:59:59.000Z')], today)).toBeNull();
    expect(thanksOf([], today)).toBeNull();
  });

  it('is nobody for a visit that was received, rejected, taken back or gave nothing', () => {
    const at = '2026-03-02T17:00:00.000Z';
    expect(
      thanksOf(
        [
          visit('received', at, { side: 'client' }),
          visit('rejected', at, { state: 'rejected' }),
          visit('taken back', at, {}, true),
          visit('nothing', at, { creditedMinutes: 0 }),
        ],
        today,
      ),
    ).toBeNull();
  });
});

describe('the leaves on the bud', () => {
  it('grow at 12, 24 and 50 hours', () => {
    expect([0, 719, 720, 1_439, 1_440, 2_999, 3_000, 90_000].map(leavesOf)).toEqual([0, 0, 1, 1, 2, 2, 3, 3]);
  });
});
