import type { UnitOfWork } from './unit-of-work';

/** Counting goes on so far; a bigger list is said to have more. Whoever looks for one of ten thousand narrows the list, not reads it. */
const mostCounted = 10_000;

export type Total = { count: number; isMore: boolean };

/** How many rows a `select` without order gives, read no further than needed. Inside a unit; only where it was asked for. */
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
