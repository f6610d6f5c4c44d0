import { describe, expect, it } from '@jest/globals';
import { assert, nat, property } from 'fast-check';
import { layoutStatement } from './statement-layout.rules';

const room = { first: 20, other: 28, seal: 6 };

describe('the pages of a statement', () => {
  it('hold the seal under the last row, or on a page more', () => {
    expect(layoutStatement(Array<number>(2).fill(1), room)).toEqual({ rowsOnPage: [2], pages: 1 });
    expect(layoutStatement(Array<number>(14).fill(1), room)).toEqual({ rowsOnPage: [14], pages: 1 });
    expect(layoutStatement(Array<number>(15).fill(1), room)).toEqual({ rowsOnPage: [15, 0], pages: 2 });
    expect(layoutStatement(Array<number>(21).fill(1), room)).toEqual({ rowsOnPage: [20, 1], pages: 2 });
    expect(layoutStatement(Array<number>(48).fill(1), room)).toEqual({ rowsOnPage: [20, 28, 0], pages: 3 });
  });

  it('E6: give a long name the height that it needs, and begin a page rather than cut it', () => {
    expect(layoutStatement([1, 3, 1], room)).toEqual({ rowsOnPage: [3], pages: 1 });
    expect(layoutStatement([...Array<number>(18).fill(1), 3, 1], room)).toEqual({ rowsOnPage: [18, 2], pages: 2 });
  });

  it('hold every row once and never too many', () => {
    assert(
      property(nat(500), (rows) => {
        const { rowsOnPage } = layoutStatement(Array<number>(rows).fill(1), room);
        expect(rowsOnPage.reduce((sum, count) => sum + count, 0)).toBe(rows);
        expect(rowsOnPage.every((count, page) => count <= (page === 0 ? room.first : room.other))).toBe(true);
        expect((rowsOnPage.at(-1) as number) + room.seal).toBeLessThanOrEqual(rowsOnPage.length === 1 ? room.first : room.other);
      }),
    );
  });
});
