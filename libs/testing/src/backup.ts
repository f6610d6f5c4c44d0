import type { TestDatabase } from './test-database';

const tables = ['account', 'account_history', 'transfer', 'hold', 'hold_end', 'refusal', 'checkpoint', 'ledger_restore', 'void_checkpoint'];

/**
 * A copy of the ledger as it is now, and the way back to it past every trigger: what happens to the tables when an older backup is restored while the
 * files around the database stay. `also` names tables of other rooms that go back with it.
 */
export async function backUpLedger(database: TestDatabase, also: readonly string[] = []): Promise<{ restore(): Promise<void> }> {
  const all = [...tables, ...also];
  await database.query('drop schema if exists backup cascade');
  await database.query('create schema backup');
  for (const table of all) await database.query(`create table backup.${table} as table ${table}`);
  return {
    restore: async () => {
      await database.query('set session_replication_role = replica');
      for (const table of all) {
        await database.query(`delete from ${table}`);
        await database.query(`insert into ${table} select * from backup.${table}`);
      }
      await database.query('set session_replication_role = origin');
    },
  };
}
