import { describe, expect, it } from '@jest/globals';
import { sameAgain } from './same-again.rules';

const zone = 'Asia/Shanghai';

describe('the same as last time', () => {
  it.each([
    // A Thursday, 9:00 by the bank's clock.
    ['the next week', '2026-11-26T01:00:00Z', '2026-11-30T02:00:00Z', '2026-12-03'],
    ['months later, the next of that weekday', '2026-06-04T01:00:00Z', '2026-11-30T02:00:00Z', '2026-12-03'],
    ['on the day itself, while there is time', '2026-11-26T01:00:00Z', '2026-12-03T00:29:00Z', '2026-12-03'],
    ['too late for today, a week on', '2026-11-26T01:00:00Z', '2026-12-03T00:31:00Z', '2026-12-10'],
    ['something that is still ahead, the week after it', '2026-12-03T01:00:00Z', '2026-11-30T02:00:00Z', '2026-12-10'],
  ])('%s', (_, last, now, day) => {
    expect(sameAgain(last, new Date(now), zone)).toEqual({ day, time: '09:00' });
  });
});
