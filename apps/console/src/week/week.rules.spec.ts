import { describe, expect, it } from '@jest/globals';
import { dayOn, mondayOf } from '@timebank/kernel';
import { arrow, cellKey, cellsOf, dropOf, type Item, itemsOf, sameTimeOn } from './week.rules';

const zone = 'Asia/Shanghai';
const monday = '2026-03-02';
const now = new Date('2026-03-03T02:00:00Z');
const [anna, berta, client] = ['anna', 'berta', 'client'];

const placed = { requestId: 'r', clientId: client, serviceKind: 'company', endsAt: '2026-03-05T02:00:00Z', seriesId: null, day: 4 };
const startsAt = '2026-03-05T01:00:00.000Z';
const counted = { minutes: 60, helpersNeeded: 3, helpers: 1, isCovered: true, isUrgent: false, reservedFor: null, version: 2 };
const { visits, unfilled } = itemsOf({
  visits: [{ ...placed, startsAt, visitId: 'v', volunteerId: anna, state: 'planned' }],
  unfilled: [{ ...placed, startsAt, ...counted }],
});
const [visit, open] = [visits[0] as Item, unfilled[0] as Item];
const drop = (item: Item, row: string, day: number, by: 'helpers' | 'clients' = 'helpers') =>
  dropOf(item, { row, day }, { by, monday, zone, now });

describe('the days of a week', () => {
  it('begin on Monday', () => {
    expect(['2026-03-01', '2026-03-02', '2026-03-08', '2026-03-09'].map(mondayOf)).toEqual([
      '2026-02-23',
      '2026-03-02',
      '2026-03-02',
      '2026-03-09',
    ]);
    expect(dayOn('2026-02-27', 3)).toBe('2026-03-02');
  });
  it('keep the time of the clock over a change of the clocks', () => {
    expect(sameTimeOn('2026-03-29', '2026-03-28T08:00:00Z', 'Europe/Berlin')).toBe('2026-03-29T07:00:00.000Z');
  });
});

describe('what it means to put something into a cell', () => {
  it('of a request that nobody has taken: a helper on its day, or another day', () => {
    expect(drop(open, anna, 4)).toEqual({ act: 'assign', requestId: 'r', volunteerId: anna });
    expect(drop(open, '', 5)).toEqual({ act: 'move', requestId: 'r', version: 2, startsAt: '2026-03-06T01:00:00.000Z' });
    expect(drop(open, anna, 5)).toBe('day_first');
    expect(drop(open, '', 4)).toBe('here');
    expect(drop(open, '', 1)).toBe('past');
    expect(open.missing).toBe(2);
  });
  it('of a visit: another helper, another day, or both; not nobody', () => {
    expect(drop(visit, berta, 4)).toEqual({ act: 'rearrange', requestId: 'r', visitId: 'v', volunteerId: berta });
    expect(drop(visit, anna, 6)).toMatchObject({ volunteerId: anna, startsAt: '2026-03-07T01:00:00.000Z' });
    expect(drop(visit, berta, 6)).toMatchObject({ volunteerId: berta, startsAt: '2026-03-07T01:00:00.000Z' });
    expect(drop(visit, anna, 4)).toBe('here');
    expect(drop(visit, '', 4)).toBe('call_off');
    expect(drop({ ...visit, movable: false }, berta, 4)).toBe('begun');
  });
  it('by clients: only their own row, where the day changes', () => {
    expect(drop(visit, client, 6, 'clients')).toMatchObject({ act: 'rearrange', volunteerId: anna });
    expect(drop(open, client, 6, 'clients')).toMatchObject({ act: 'move' });
    expect(drop(open, 'somebody', 4, 'clients')).toBe('other_row');
    expect(drop(visit, 'somebody', 4, 'clients')).toBe('other_row');
  });
});

describe('the board', () => {
  it('has its cells by row and day, and arrows that stay inside', () => {
    const cells = cellsOf(visits, ({ volunteerId }) => volunteerId ?? '');
    expect(cells.get(cellKey(anna, 4))).toEqual([visit]);
    expect(arrow('ArrowLeft', { at: 0, day: 1 }, 3)).toEqual({ at: 0, day: 1 });
    expect(arrow('PageDown', { at: 0, day: 7 }, 3)).toEqual({ at: 2, day: 7 });
    expect(arrow('x', { at: 0, day: 1 }, 3)).toBeNull();
  });
});
