import { describe, expect, it } from '@jest/globals';
import type { VisitShown } from './local-visits';
import { sortVisits, visitToScan } from './sort-visits';

const zone = 'Asia/Shanghai';
const now = new Date('2026-03-02T01:00:00Z');
const visit = (visitId: string, plannedStart: string, state: VisitShown['state']) => ({ visitId, plannedStart, state }) as VisitShown;
const ids = (visits: VisitShown[]) => visits.map(({ visitId }) => visitId);

describe('the visits of a volunteer', () => {
  const sorted = sortVisits(
    [
      visit('tomorrow', '2026-03-03T01:00:00Z', 'planned'),
      visit('evening', '2026-03-02T11:00:00Z', 'planned'),
      visit('morning', '2026-03-02T00:30:00Z', 'planned'),
      visit('yesterday', '2026-03-01T01:00:00Z', 'planned'),
      visit('gone', '2026-03-02T02:00:00Z', 'cancelled'),
      visit('done', '2026-03-01T16:30:00Z', 'ready'),
    ],
    now,
    zone,
  );

  it('are those of today by the calendar of the bank, in order', () => expect(ids(sorted.today)).toEqual(['done', 'morning', 'evening']));
  it('and later those that are still to come', () => expect(ids(sorted.later)).toEqual(['tomorrow']));
  it('offer the next planned one to scan', () => expect(visitToScan(sorted)?.visitId).toBe('morning'));

  it('offer the one under way before any other, even one from last night', () => {
    const night = sortVisits(
      [visit('night', '2026-03-01T14:00:00Z', 'in_progress'), visit('morning', '2026-03-02T01:30:00Z', 'planned')],
      now,
      zone,
    );
    expect(visitToScan(night)?.visitId).toBe('night');
    expect(ids(night.today)).toEqual(['morning']);
  });

  it('offer nothing when nothing is to be done', () => expect(visitToScan(sortVisits([], now, zone))).toBeNull());
});
