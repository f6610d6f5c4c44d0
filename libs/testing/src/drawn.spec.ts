import { afterEach, describe, expect, it } from '@jest/globals';
import { drawn } from './drawn';

const things = [1, 2, 3, 4, 5, 6, 7];

describe('what the commit draws', () => {
  const before = process.env['DRAW'];
  afterEach(() => {
    if (before === undefined) delete process.env['DRAW'];
    else process.env['DRAW'] = before;
  });

  it('is another part at each turn, the same when it is drawn again, and all of it in as many turns as parts', () => {
    delete process.env['DRAW'];
    const turns = [0, 1, 2].map((turn) => drawn('things', things, 3, turn));
    expect(turns.flat().toSorted()).toEqual(things);
    expect(drawn('things', things, 3, 1)).toEqual(turns[1]);
  });

  it('is everything at each turn where that is asked for', () => {
    process.env['DRAW'] = 'all';
    expect([0, 1].map((turn) => drawn('things', things, 2, turn))).toEqual([things, things]);
  });
});
