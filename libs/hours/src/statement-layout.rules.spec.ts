import { describe, expect, it } from '@jest/globals';
import { assert, nat, property } from 'fast-check';
import { layoutStatement } from './statement-layout.rules';

const room = { first: 20, other: 28, seal: 6 };

describe('the pages of a statement', () => {
  it('hold the seal under the last row, or on a page more', () => {
    expect(layoutStatement(2, room)).toEqual({ rowsOnPage: [2], pages: 1 });
    expect(layoutStatement(14, room)).toEqual({ rowsOnPage: [14], pages: 1 });
    expect(layoutStatement(15, room)).toEqual({ rowsOnPage: [15, 0], pages: 2 });
    expect(layoutStatement(21, room)).toEqual({ rowsOnPage: [20, 1], pages: 2 });
    expect(layoutStatement(48, room)).toEqual({ rowsOnPage: [20, 28, 0], pages: 3 });
  });

  it('hold every row once and never too many', () => {
    assert(
      property(nat(500), (rows) => {
        const { rowsOnPage } = layoutStatement(rows, room);
        expect(rowsOnPage.reduce((sum, count) => sum + count, 0)).toBe(rows);
        expect(rowsOnPage.every((count, page) => count <= (page === 0 ? room.first : room.other))).toBe(true);
        expect((rowsOnPage.at(-1) as number) + room.seal).toBeLessThanOrEqual(rowsOnPage.length === 1 ? room.first : room.other);
      }),
    );
  });
});
