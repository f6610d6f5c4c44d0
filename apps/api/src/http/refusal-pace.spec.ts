import { describe, expect, it } from '@jest/globals';
import { RefusalPace } from './refusal-pace';

describe('the pace of refusals', () => {
  const bounds = { refusalsAtOnce: 3, refusalsASecond: 10, refusalMilliseconds: 500 };

  it('A3: a few are said at once, more and more of one come later, up to the longest wait, and others do not wait for them', () => {
    let now = 0;
    const pace = new RefusalPace(bounds, () => now);
    expect(Array.from({ length: 10 }, () => pace.next('one'))).toEqual([0, 0, 0, 100, 200, 300, 400, 500, 500, 500]);
    expect(pace.next('other')).toBe(0);
    now = 500;
    expect([pace.next('one'), pace.next('one')]).toEqual([100, 200]);
    now = 10_000;
    expect([pace.next('one'), pace.next('one'), pace.next('one'), pace.next('one')]).toEqual([0, 0, 0, 100]);
  });
});
