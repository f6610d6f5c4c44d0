import { describe, expect, it } from '@jest/globals';
import { otherPeople } from './member-visits.rules';

const visit = (state: 'approved' | 'ready' | 'planned' | 'no_show', volunteer: string, plannedStart: string) => ({
  state,
  plannedStart,
  volunteerId: volunteer,
  volunteerName: `Helper ${volunteer}`,
  clientId: 'c',
  clientName: 'Client',
});

describe('the people of a member\u2019s visits', () => {
  it('are those of visits that took place, the most frequent first, each with the last time', () => {
    const visits = [
      visit('planned', 'a', '2026-03-09'),
      visit('approved', 'a', '2026-03-05'),
      visit('ready', 'b', '2026-03-04'),
      visit('no_show', 'b', '2026-03-03'),
      visit('approved', 'a', '2026-03-01'),
      visit('approved', 'd', '2026-02-01'),
    ];
    expect(otherPeople(visits, 'client')).toEqual([
      { memberId: 'a', name: 'Helper a', visits: 2, last: '2026-03-05' },
      { memberId: 'b', name: 'Helper b', visits: 1, last: '2026-03-04' },
      { memberId: 'd', name: 'Helper d', visits: 1, last: '2026-02-01' },
    ]);
    expect(otherPeople(visits, 'volunteer')).toEqual([{ memberId: 'c', name: 'Client', visits: 4, last: '2026-03-05' }]);
  });
});
