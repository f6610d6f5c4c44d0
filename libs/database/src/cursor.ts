import { refuse } from '@timebank/contract';

/** An opaque place in a list: the sort key of the last item seen. */
function writeCursor(key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

const kinds = {
  uuid: (value: unknown) => typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value),
  // As `writeCursor` got it; what Date.parse would read besides, Postgres may not.
  instant: (value: unknown) =>
    typeof value === 'string' && /^[12]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value) && !Number.isNaN(Date.parse(value)),
  day: (value: unknown) => typeof value === 'string' && /^[12]\d{3}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value)),
  integer: (value: unknown) => Number.isSafeInteger(value),
  text: (value: unknown) => typeof value === 'string' && value.isWellFormed() && !value.includes('\u0000'),
};

/** Reads a cursor of the given shape; null when there is none, `request/malformed` when it is not one of ours. */
export function readCursor(cursor: string | undefined, shape: readonly (keyof typeof kinds)[]): (string | number)[] | null {
  if (cursor === undefined) return null;
  let key: unknown;
  try {
    key = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    key = null;
  }
  if (!Array.isArray(key) || key.length !== shape.length || !shape.every((kind, index) => kinds[kind](key[index]))) {
    throw refuse('request/malformed', {}, 'query.cursor');
  }
  return key;
}

/** Cuts a page out of a short list that was read whole; the cursor is a place in it. */
export function cutPage<Row>(
  rows: Row[],
  page: { limit: number; cursor?: string | undefined },
): { items: Row[]; nextCursor: string | null } {
  const start = Math.max(0, Number(readCursor(page.cursor, ['integer'])?.[0] ?? 0));
  return pageOf(rows.slice(start, start + page.limit + 1), page.limit, () => [start + page.limit]);
}

const lengths = [11, 61, 101, 201];

/**
 * How many rows to read for a page, said in the statement itself: Postgres then knows that few are wanted, and plans once instead of at every call. Few
 * lengths, since each makes a statement of its own.
 */
export const rowsFor = (limit: number): number => lengths.find((length) => length > limit) ?? limit + 1;

/** Cuts a page out of more than `limit` fetched rows and names the place after it. */
export function pageOf<Row>(
  rows: Row[],
  limit: number,
  keyOf: (row: Row) => (string | number)[],
): { items: Row[]; nextCursor: string | null } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? writeCursor(keyOf(last)) : null };
}
