/** How many rows of the table fit on each page, and whether the seal still fits below the last. */
export type StatementLayout = { rowsOnPage: number[]; pages: number };

/** Rows that fit on the first page, on every other, and how many the seal at the end takes the place of. */
export type StatementRoom = { first: number; other: number; seal: number };

/**
 * Spreads rows over pages, so that `page n of m` is known before the first is drawn. It takes the height of each row, since a long name needs more
 * lines. The last page holds the seal.
 */
export function layoutStatement(heights: readonly number[], room: StatementRoom): StatementLayout {
  const rowsOnPage: number[] = [0];
  const roomOn = () => (rowsOnPage.length === 1 ? room.first : room.other);
  let used = 0;
  for (const height of heights) {
    if (used > 0 && used + height > roomOn()) {
      rowsOnPage.push(0);
      used = 0;
    }
    rowsOnPage[rowsOnPage.length - 1] = (rowsOnPage.at(-1) as number) + 1;
    used += height;
  }
  if (used + room.seal > roomOn()) rowsOnPage.push(0);
  return { rowsOnPage, pages: rowsOnPage.length };
}
