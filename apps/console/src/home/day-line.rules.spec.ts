import { describe, expect, it } from '@jest/globals';
import { dayLine, standingOf } from './day-line.rules';

const visit = (visitId: string, start: string, end: string, given: object = {}) => ({
  visitId,
  state: 'planned' as const,
  serviceKind: 'company',
  clientName: 'Sun Yumei',
  volunteerName: 'Shen Xiulan',
  plannedStart: `2026-03-02T${start}:00.000Z`,
  plannedEnd: `2026-03-02T${end}:00.000Z`,
  capturedIn: null,
  capturedOut: null,
  ...given,
});
const at = (time: string) => new Date(`2026-03-02T${time}:00.000Z`);

describe('the line of a day', () => {
  it('says of each visit how it stands', () => {
    const standing = (state: string, now: string) => standingOf(visit('a', '02:00', '03:00', { state }), at(now));
    expect(standing('planned', '01:00')).toBe('planned');
    expect(standing('planned', '02:10')).toBe('planned');
    expect(standing('planned', '02:11')).toBe('late');
    expect(standing('in_progress', '02:30')).toBe('underWay');
    expect(['ready', 'needs_ack', 'needs_fix', 'approved', 'rejected', 'ended'].map((state) => standing(state, '05:00'))).toEqual(
      Array(6).fill('over'),
    );
    expect(standing('no_show', '05:00')).toBe('off');
  });

  it('begins and ends at whole hours, and shows where now is only while it lies between', () => {
    const visits = [visit('a', '01:10', '02:10'), visit('b', '06:00', '06:40')];
    const line = dayLine(visits, at('04:00'));
    expect(line.hours[0]).toEqual({ at: '2026-03-02T01:00:00.000Z', left: 0 });
    expect(line.hours.map(({ at: hour }) => hour.slice(11, 13))).toEqual(['01', '02', '03', '04', '05', '06']);
    expect(line.now).toBe(0.5);
    expect(dayLine(visits, at('08:00')).now).toBeNull();
    expect(line.visits[0]?.lane).toBe(0);
    expect(line.visits[0]?.left).toBeCloseTo(10 / 360);
    expect(line.visits[0]?.width).toBeCloseTo(60 / 360);
  });

  it('puts what overlaps one below the other, and what fits in the first free row', () => {
    const visits = [visit('a', '01:00', '03:00'), visit('b', '02:00', '04:00'), visit('c', '05:00', '06:00')];
    expect(dayLine(visits, at('00:00')).visits.map(({ visitId, lane }) => [visitId, lane])).toEqual([
      ['a', 0],
      ['b', 1],
      ['c', 0],
    ]);
  });

  it('leaves no bar outside and none too small to hold a name, whatever the day', () => {
    const visits = [visit('a', '00:00', '00:05'), visit('b', '15:50', '16:00'), visit('c', '15:59', '16:00')];
    for (const { left, width } of dayLine(visits, at('09:00')).visits) {
      expect(width).toBeGreaterThanOrEqual(0.14);
      expect(left + width).toBeLessThanOrEqual(1.000_001);
    }
    expect(dayLine([], at('09:00'))).toEqual({ hours: [], now: null, visits: [], lanes: 0 });
  });
});
