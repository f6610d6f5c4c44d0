import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SealCheckpoints } from '@timebank/ledger';
import { AuditBooks, type BooksAudit } from '@timebank/reports';
import { settleLedger, type TestCity } from '@timebank/testing';
import type { Column } from './changed-values';
import { LivedBooks } from './lived-books';
import { namesIn, otherTables, vouchedTables } from './vouched';

type BookColumn = Column & { isWritten: boolean };

/** Sealed books with what other rooms keep beside them; a superuser whom no trigger or foreign key stops; and the way back. */
export class TamperedBooks {
  private constructor(
    private readonly city: TestCity,
    private readonly home: string,
    readonly columns: readonly BookColumn[],
  ) {}

  static async live(): Promise<TamperedBooks> {
    const home = mkdtempSync(join(tmpdir(), 'timebank-books-'));
    const city = await LivedBooks.live({ keyFolder: home, folder: join(home, 'checkpoints') });
    const { query } = city.rooms.database;
    for (const { bank_id } of await query<{ bank_id: string }>('select bank_id from bank'))
      await settleLedger(city.rooms.database, bank_id);
    await city.get(SealCheckpoints).run();
    await query('set session_replication_role = replica; create schema kept');
    const tables = Object.keys(vouchedTables);
    for (const table of tables) await query(`create table kept.${table} as table ${table}`);
    const columns = await query<BookColumn>(
      `select table_name as table, column_name as name, udt_name as type, is_generated = 'NEVER' as "isWritten" from information_schema.columns
        where table_schema = 'public' and table_name = any ($1) order by table_name, ordinal_position`,
      [tables],
    );
    return new TamperedBooks(city, home, columns);
  }

  /** What the lists of `vouched.ts` and the database do not say alike, and tables of which there is no row to edit. */
  async unlisted(): Promise<string[]> {
    const listed = Object.entries(vouchedTables).flatMap(([table, { vouched, partly = {}, unvouched = {} }]) =>
      [...namesIn(vouched), ...Object.keys(partly), ...Object.values(unvouched).flatMap(namesIn)].map((name) => `${table}.${name}`),
    );
    const there = this.columns.map(({ table, name }) => `${table}.${name}`);
    const tables = await this.city.rooms.database.query<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
    );
    const known = [...Object.keys(vouchedTables), ...namesIn(otherTables)];
    const empty: string[] = [];
    for (const table of Object.keys(vouchedTables))
      if ((await this.edit(`select from ${table} limit 1`)) === 0) empty.push(`${table}: no row`);
    return [
      ...there.filter((name) => !listed.includes(name)),
      ...listed.filter((name, index) => !there.includes(name) || listed.indexOf(name) !== index),
      ...tables.map(({ name }) => name).filter((name) => !known.includes(name)),
      ...known.filter((table, index) => !tables.some(({ name }) => name === table) || known.indexOf(table) !== index),
      ...empty,
    ];
  }

  /** How many rows it changed; none where the database's own checks refuse it. */
  async edit(sql: string, values: unknown[] = []): Promise<number> {
    try {
      return (await this.city.rooms.database.query(sql, values)).length;
    } catch (fault) {
      if (/^(22|23|42804|428C9)/.test((fault as { code?: string }).code ?? '')) return 0;
      throw fault;
    }
  }

  async audit(): Promise<BooksAudit['faults']> {
    return (await this.city.get(AuditBooks).run(undefined, { folder: join(this.home, 'checkpoints') })).faults;
  }

  async restore(table: string): Promise<void> {
    const names = this.columns.filter((column) => column.table === table && column.isWritten).map(({ name }) => name);
    await this.city.rooms.database.query(
      `begin; delete from ${table};
       insert into ${table} (${names.join(', ')}) overriding system value select ${names.join(', ')} from kept.${table}; commit`,
    );
  }

  async close(): Promise<void> {
    await this.city.close();
    rmSync(this.home, { recursive: true, force: true });
  }
}
