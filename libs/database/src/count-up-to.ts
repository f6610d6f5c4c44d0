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

/** A `select` without order, and what stands in it. */
export type Selection = { select: string; values: readonly unknown[] };

/**
 * How many rows a list has, and how many of each `value` there are in all that it is a part of; null where there are more than are counted, since a part of
 * them would say nothing. Inside a unit; only if the caller wants a count.
 */
export async function countWithin(
  unit: UnitOfWork,
  asked: 'yes' | undefined,
  list: Selection,
  all: Selection,
): Promise<{ total?: Total; counts?: Record<string, number> | null }> {
  const { total } = await countUpTo(unit, asked, list.select, list.values);
  if (total === undefined) return {};
  // All of it are no fewer.
  if (total.isMore) return { total, counts: null };
  const rows = await unit.query<{ value: string; count: number }>(
    `select value, count(*)::integer as count from (${all.select} limit ${mostCounted + 1}) as counted group by value`,
    [...all.values],
  );
  const sum = rows.reduce((before, { count }) => before + count, 0);
  return { total, counts: sum > mostCounted ? null : Object.fromEntries(rows.map(({ value, count }) => [value, count])) };
}
