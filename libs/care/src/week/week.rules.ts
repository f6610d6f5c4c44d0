import type { WeekBoard } from '@timebank/contract';

/** By name, as Chinese reads it. */
export function sortRows(rows: WeekBoard['rows'], people: WeekBoard['people']): WeekBoard['rows'] {
  const collator = new Intl.Collator('zh-Hans');
  return rows.toSorted(
    (one, other) =>
      collator.compare(people[one.memberId] ?? '', people[other.memberId] ?? '') || one.memberId.localeCompare(other.memberId),
  );
}
