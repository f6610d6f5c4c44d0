import { describe, expect, it } from '@jest/globals';
import { outcomeOf, shareOut, sourcesOf } from './grant-shares.rules';

describe('where the minutes of a grant come from', () => {
  it('gives what was donated first, in order, and splits the member at whom it ends', () => {
    const rows = [{ roomMinutes: null }, { roomMinutes: 1_000 }, { roomMinutes: 100 }, { roomMinutes: -5 }, { roomMinutes: null }];
    expect(shareOut(rows, 360, 500).map(({ poolMinutes, fundMinutes }) => [poolMinutes, fundMinutes])).toEqual([
      [360, 0],
      [140, 220],
      [0, 100],
      [0, 0],
      [0, 360],
    ]);
    expect(shareOut(rows, 360, 0).every(({ poolMinutes }) => poolMinutes === 0)).toBe(true);
  });

  it.each([
    [1_000, { poolMinutes: 300, fundMinutes: 200, issueRoomMinutes: null }, [300, 200, 500, 0]],
    [1_000, { poolMinutes: 300, fundMinutes: 200, issueRoomMinutes: 100 }, [300, 200, 100, 400]],
    [1_000, { poolMinutes: 300, fundMinutes: 200, issueRoomMinutes: -50 }, [300, 200, 0, 500]],
    [1_000, { poolMinutes: 2_000, fundMinutes: 200, issueRoomMinutes: 0 }, [1_000, 0, 0, 0]],
    [0, { poolMinutes: 1, fundMinutes: 1, issueRoomMinutes: 1 }, [0, 0, 0, 0]],
  ])('of %i minutes: %j', (minutes, free, [pool, fund, issued, lacking]) => {
    expect(sourcesOf(minutes, free)).toEqual({ poolMinutes: pool, fundMinutes: fund, issuedMinutes: issued, lackingMinutes: lacking });
  });

  it('is told as granted, in part or refused', () => {
    expect([360, 359, 1, 0].map((granted) => outcomeOf(360, granted))).toEqual(['granted', 'partly', 'partly', 'refused']);
  });
});
