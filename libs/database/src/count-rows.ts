import type { UnitOfWork } from './unit-of-work';

/**
 * Each table's rows, by the estimate that Postgres plans with: one look at the catalogue however many there are. Autovacuum keeps it up to date; a
 * table it has not visited yet counts as empty. It shows what grows, not exact numbers.
 */
export function countRows(unit: Pick<UnitOfWork, 'glance'>): Promise<{ table: string; rows: number }[]> {
  return unit.glance(
    `select relname as table, greatest(reltuples, 0)::bigint as rows from pg_class
      where relkind = 'r' and relnamespace = 'public'::regnamespace order by relname`,
  );
}
