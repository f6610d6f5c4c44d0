import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cityId } from '@timebank/database';
import { SealCheckpoints } from '@timebank/ledger';
import { AuditBooks, type BooksAudit } from '@timebank/reports';
import { settleLedger, type TestCity } from '@timebank/testing';
import type { Column } from './changed-values';
import { layRowsWhereNone } from './laid-rows';
import { LivedBooks } from './lived-books';
import { vouchedTables } from './vouched';

type BookColumn = Column & { isWritten: boolean; isKey: boolean };

/** Sealed books with all that other rooms keep beside them; a superuser whom no trigger or foreign key stops; and the way back. */
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
    await layRowsWhereNone(city);
    for (const { bank_id } of await query<{ bank_id: string }>('select bank_id from bank'))
      await settleLedger(city.rooms.database, bank_id);
    await settleLedger(city.rooms.database, cityId);
    await city.get(SealCheckpoints).run();
    await query('set session_replication_role = replica; create schema kept');
    for (const table of vouchedTables) await query(`create table kept.${table} as table ${table}`);
    // What makes a copied row another one: an id, else whatever its key ends with.
    const columns = await query<BookColumn>(
      `select c.table_name as table, c.column_name as name, c.udt_name as type, c.is_generated = 'NEVER' as "isWritten",
              c.column_name = (select a.attname from pg_index i, unnest(i.indkey::int2[]) with ordinality k (attnum, place)
                 join pg_attribute a on a.attrelid = to_regclass(c.table_name) and a.attnum = k.attnum
                where i.indrelid = to_regclass(c.table_name) and i.indisunique and a.attname is not null
                order by i.indisprimary desc, a.attname = 'bank_id', a.atttypid <> 'uuid'::regtype, k.place desc limit 1) as "isKey"
         from information_schema.columns c where c.table_schema = 'public' and c.table_name = any ($1) order by c.table_name, c.ordinal_position`,
      [vouchedTables],
    );
    return new TamperedBooks(city, home, columns);
  }

  /** Tables of which there is no row to edit. */
  async empty(): Promise<string[]> {
    const empty: string[] = [];
    for (const table of vouchedTables) if ((await this.edit(`select from ${table} limit 1`)) === 0) empty.push(table);
    return empty;
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
