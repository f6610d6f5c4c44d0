import { describe, expect, it } from '@jest/globals';
import { fromBundle, type VisitShown } from './local-visits';
import { byMonth } from './my-services.rules';

const visit = (visitId: string, plannedStart: string): VisitShown => ({
  ...fromBundle({
    visitId,
    bankId: 'gulou',
    bankName: '',
    bankPhone: '',
    clientName: 'Lin',
    building: null,
    place: null,
    note: null,
    serviceKind: 'company',
    plannedStart,
    plannedEnd: plannedStart,
    plannedMinutes: 60,
    state: 'planned',
    capturedIn: null,
    challenge: 'c',
  }),
  state: 'approved',
});

describe("one's services of the past", () => {
  it('C7: stand by the month of the bank, newest first, whatever the order in which pages came', () => {
    const months = byMonth(
      [
        visit('february', '2026-02-28T15:59:00.000Z'),
        visit('march', '2026-02-28T16:00:00.000Z'),
        visit('later', '2026-03-09T01:00:00.000Z'),
      ],
      'Asia/Shanghai',
    );
    expect(months.map(({ month, visits }) => [month, visits.map(({ visitId }) => visitId)])).toEqual([
      ['2026-03', ['later', 'march']],
      ['2026-02', ['february']],
    ]);
    expect(byMonth([], 'Asia/Shanghai')).toEqual([]);
  });
});
