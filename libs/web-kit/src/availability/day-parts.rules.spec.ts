import { describe, expect, it } from '@jest/globals';
import { cutSlots, dayParts, isFreeIn, turned } from './day-parts.rules';

const [morning, afternoon, evening] = dayParts;

describe('the parts of a day in which somebody is free', () => {
  it('are put in and taken out by one press each', () => {
    const monday = turned([], 1, morning);
    expect(monday).toEqual([{ day: 1, from: '08:00', to: '12:00' }]);
    expect(isFreeIn(monday, 1, morning)).toBe(true);
    expect(isFreeIn(monday, 1, afternoon)).toBe(false);
    expect(isFreeIn(monday, 2, morning)).toBe(false);
    expect(turned(monday, 1, morning)).toEqual([]);
  });
  it('stay as they were where another part is pressed, also when the server has joined them', () => {
    const joined = [{ day: 3, from: '08:00', to: '18:00' }];
    expect(turned(joined, 3, afternoon)).toEqual([{ day: 3, from: '08:00', to: '12:00' }]);
    expect(turned(joined, 3, evening)).toEqual([...cutSlots(joined), { day: 3, from: '18:00', to: '21:00' }]);
  });
  it('are those of hours that were said by the minute', () => {
    const said = [{ day: 5, from: '11:30', to: '12:30' }];
    expect([morning, afternoon, evening].map((part) => isFreeIn(said, 5, part))).toEqual([true, true, false]);
    expect(turned(said, 5, morning)).toEqual([{ day: 5, from: '12:00', to: '12:30' }]);
    expect(cutSlots([{ day: 7, from: '20:00', to: '24:00' }])).toEqual([{ day: 7, from: '20:00', to: '24:00' }]);
  });
});
