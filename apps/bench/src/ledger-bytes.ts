import type { LedgerBank } from './ledger-bank';
import type { PrivateDatabase } from './private-database';
import type { Measurement } from './report';

type Bytes = { table: number; indexes: number; transfers: number };

/** What the transfers take up: the table with what is kept beside it, its indexes, and how many there are. */
export async function transferBytes(database: PrivateDatabase): Promise<Bytes> {
  const [bytes] = await database.look<Bytes>(
    `select pg_table_size('transfer')::integer as table, pg_indexes_size('transfer')::integer as indexes, count(*)::integer as transfers from transfer`,
  );
  return bytes as Bytes;
}

/**
 * Bytes of a transfer, indexes and both hashes included, over at least `least` transfers after a checkpoint. They came one by
 * one and in batches over accounts by chance, as a city's do, and nothing was packed afterwards.
 */
export async function measureBytes(database: PrivateDatabase, bank: LedgerBank, empty: Bytes, least: number): Promise<Measurement> {
  const { transfers: posted } = await transferBytes(database);
  await bank.postServices(Math.max(0, least - posted));
  await database.look('checkpoint');
  const full = await transferBytes(database);
  const count = full.transfers - empty.transfers;
  const [table, indexes] = [(full.table - empty.table) / count, (full.indexes - empty.indexes) / count];
  return {
    value: Math.round(table + indexes),
    note: `${Math.round(table)} in the table, ${Math.round(indexes)} in its indexes, over ${count} transfers after a checkpoint`,
  };
}
