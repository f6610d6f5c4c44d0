/** How many rows of the table stand on each page, and whether the seal still fits below the last of them. */
export type StatementLayout = { rowsOnPage: number[]; pages: number };

/** Rows that fit on the first page, on every other, and how many the seal at the end takes the place of. */
export type StatementRoom = { first: number; other: number; seal: number };

/** Lays rows out over pages of rows of one height, so that `page n of m` is known before the first is drawn. The last page holds the seal. */
export function layoutStatement(rows: number, room: StatementRoom): StatementLayout {
  const rowsOnPage: number[] = [];
  let left = rows;
  do {
    const fits = rowsOnPage.length === 0 ? room.first : room.other;
    rowsOnPage.push(Math.min(left, fits));
    left -= Math.min(left, fits);
    if (left === 0 && (rowsOnPage.at(-1) as number) + room.seal > fits) {
      rowsOnPage.push(0);
      break;
    }
  } while (left > 0);
  return { rowsOnPage, pages: rowsOnPage.length };
}
