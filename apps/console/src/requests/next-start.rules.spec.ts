import { describe, expect, it } from '@jest/globals';
import { nextStart, pastOf } from './next-start.rules';

const zone = 'Asia/Shanghai';
/** A wall clock in Shanghai. */
const at = (clock: string) => new Date(`2026-03-02T${clock}:00+08:00`);

describe('the start that a new request opens with', () => {
  it.each([
    ['at night, the morning', '03:10', '2026-03-02', '09:00'],
    ['before opening, the morning', '07:10', '2026-03-02', '09:00'],
    ['when it opens, the half hour after', '08:00', '2026-03-02', '08:30'],
    ['by day, the next half hour that leaves time to find somebody', '14:01', '2026-03-02', '15:00'],
    ['late, the last of the day', '19:00', '2026-03-02', '19:30'],
    ['in the evening, the next morning', '19:01', '2026-03-03', '09:00'],
    ['just before midnight, the next morning', '23:45', '2026-03-03', '09:00'],
  ])('D3: %s', (_, clock, day, time) => {
    expect(nextStart(at(clock), zone)).toEqual({ day, time });
  });

  it('D3: is never in the past, at any minute of a day', () => {
    const all = Array.from({ length: 1_440 }, (_, minute) => new Date(at('00:00').getTime() + minute * 60_000));
    expect(all.filter((now) => pastOf(nextStart(now, zone), 1, now, zone) !== null)).toEqual([]);
  });

  it('D3: says of a typed start that it has passed, or that the request would lapse at once', () => {
    const start = { day: '2026-03-02', time: '09:00' };
    expect(pastOf(start, 60, at('08:59'), zone)).toBeNull();
    expect(pastOf(start, 60, at('09:30'), zone)).toBe('begun');
    expect(pastOf(start, 60, at('18:00'), zone)).toBe('lapsed');
  });
});
