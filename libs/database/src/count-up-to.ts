import type { UnitOfWork } from './unit-of-work';

/** Counting stops here; a longer list is said to have more. People narrow such a list, they do not read it. */
const mostCounted = 10_000;

export type Total = { count: number; isMore: boolean };

/** How many rows a `select` without order gives, reading no further than needed. Inside a unit; only if the caller wants a count. */
export async function countUpTo(
  unit: UnitOfWork,
  asked: 'yes' | undefined,
  select: string,
  values: readonly unknown[],
): Promise<{ total?: Total }> {
  if (asked === undefined) return {};
  const row = await unit.one<{ count: number }>(`select count(*)::integer as count from (${select} limit ${mostCounted + 1}) as counted`, [
    ...values,
  ]);
  const count = row?.count ?? 0;
  return { total: { count: Math.min(count, mostCounted), isMore: count > mostCounted } };
}

/**
 * How many rows of each `value` a `select` without order gives; null where there are more than are counted, since a part of them would say nothing. Inside
 * a unit; only if the caller wants a count.
 */
export async function countEach(
  unit: UnitOfWork,
  asked: 'yes' | undefined,
  select: string,
  values: readonly unknown[],
): Promise<{ counts?: Record<string, number> | null }> {
  if (asked === undefined) return {};
  const rows = await unit.query<{ value: string; count: number }>(
    `select value, count(*)::integer as count from (${select} limit ${mostCounted + 1}) as counted group by value`,
    [...values],
  );
  const all = rows.reduce((sum, { count }) => sum + count, 0);
  return { counts: all > mostCounted ? null : Object.fromEntries(rows.map(({ value, count }) => [value, count])) };
}
