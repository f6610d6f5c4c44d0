import { describe, expect, it } from '@jest/globals';
import { heightOf, isLabelled, marksFor } from './chart.rules';

describe('the axis of a chart', () => {
  it('counts minutes in whole hours, once there are some', () => {
    expect(marksFor(44, 'minutes')).toEqual([0, 20, 40, 60]);
    expect(marksFor(120, 'minutes')).toEqual([0, 30, 60, 90, 120]);
    expect(marksFor(480, 'minutes')).toEqual([0, 120, 240, 360, 480]);
    expect(marksFor(60_000, 'minutes').at(-1)).toBe(60_000);
  });

  it('counts visits in steps of one, two and five', () => {
    expect(marksFor(3, 'count')).toEqual([0, 1, 2, 3]);
    expect(marksFor(17, 'count')).toEqual([0, 5, 10, 15, 20]);
    expect(marksFor(230, 'count')).toEqual([0, 100, 200, 300]);
    expect([marksFor(0, 'count'), marksFor(0, 'minutes')]).toEqual([
      [0, 1],
      [0, 10],
    ]);
  });

  it('is whole for shares', () => expect(marksFor(12, 'percent')).toEqual([0, 25, 50, 75, 100]));

  it('draws within itself', () => expect([heightOf(30, 120), heightOf(-5, 120), heightOf(500, 120)]).toEqual([25, 0, 100]));

  it('writes as many labels as there is room for, and the last', () => {
    const shown = (count: number, room: number) =>
      Array.from({ length: count }, (_, place) => place).filter((place) => isLabelled(place, count, room));
    expect([shown(7, 7), shown(12, 6), shown(12, 5)]).toEqual([
      [0, 1, 2, 3, 4, 5, 6],
      [1, 3, 5, 7, 9, 11],
      [2, 5, 8, 11],
    ]);
  });
});
