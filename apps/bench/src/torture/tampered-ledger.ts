import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId, RunningClock } from '@timebank/kernel';
import { AuditLedger, CheckpointsModule, LedgerModule, type LedgerFault, SealCheckpoints } from '@timebank/ledger';
import { Client } from 'pg';
import { type BenchRooms, openRooms } from '../bench-rooms';
import { PrivateDatabase } from '../private-database';
import type { Random } from '../random';
import type { Column } from './changed-values';
import { LivedLedger } from './lived-ledger';

export const tamperedTables = ['transfer', 'hold', 'hold_end', 'refusal', 'account_history', 'account', 'checkpoint'] as const;

/** What a clever forger does after an edit: counts versions, balances and hashes anew and lets the accounts fit. */
const forging = [
  `with side as (
     select bank_id, transfer_id, is_debit, row_number() over chain as version, sum(change) over chain as balance
       from $transfer cross join lateral (values (true, debit_account_id, debit_version, -minutes), (false, credit_account_id, credit_version, minutes))
            side (is_debit, account_id, version, change)
     window chain as (partition by bank_id, account_id order by version, recorded_at, transfer_id)
   )
   update $transfer t set debit_version = debit.version, debit_balance_after = debit.balance, credit_version = credit.version, credit_balance_after = credit.balance
     from side debit, side credit
    where debit.is_debit and not credit.is_debit and (debit.bank_id, debit.transfer_id) = (t.bank_id, t.transfer_id)
      and (credit.bank_id, credit.transfer_id) = (t.bank_id, t.transfer_id)`,
  `with link as (
     select bank_id, transfer_id, is_debit, chain_of(content, version, balance) over (partition by bank_id, account_id order by version) as hash
       from (select *, transfer_content(t) as content from $transfer t) t
       cross join lateral (values (true, debit_account_id, debit_version, debit_balance_after),
         (false, credit_account_id, credit_version, credit_balance_after)) side (is_debit, account_id, version, balance)
   )
   update $transfer t set debit_hash = debit.hash, credit_hash = credit.hash from link debit, link credit
    where debit.is_debit and not credit.is_debit and (debit.bank_id, debit.transfer_id) = (t.bank_id, t.transfer_id)
      and (credit.bank_id, credit.transfer_id) = (t.bank_id, t.transfer_id)`,
  `update $account a set kind = newest.kind, owner_id = newest.owner_id, floor_minutes = newest.floor_minutes, ceiling_minutes = newest.ceiling_minutes,
          revision = newest.revision, held_out_minutes = coalesce((select sum(h.minutes) from $hold h where (h.bank_id, h.account_id) = (a.bank_id, a.account_id)
            and not exists (select from $hold_end e where (e.bank_id, e.hold_id) = (h.bank_id, h.hold_id))), 0),
          balance_minutes = coalesce(entry.balance, 0), version = coalesce(entry.version, 0), head_hash = entry.hash, recorded_until = coalesce(entry.recorded_at, a.opened_at)
     from (select distinct on (bank_id, account_id) * from $account_history order by bank_id, account_id, revision desc) newest
     left join lateral (
       select side.*, recorded_at from $transfer t cross join lateral (values (debit_account_id, debit_version, debit_balance_after, debit_hash),
              (credit_account_id, credit_version, credit_balance_after, credit_hash)) side (account_id, version, balance, hash)
        where t.bank_id = newest.bank_id and side.account_id = newest.account_id order by side.version desc limit 1
     ) entry on true
    where (newest.bank_id, newest.account_id) = (a.bank_id, a.account_id)`,
].map((sql) => sql.replaceAll('$', ''));

/** A small ledger with everything a ledger can hold, all of it sealed; a superuser who may change anything; and the way back. */
export class TamperedLedger {
  readonly bankId = newId();
  private readonly kept = mkdtempSync(join(tmpdir(), 'timebank-untampered-'));
  private baseline = '';
  columns: Column[] = [];

  private constructor(
    private readonly database: PrivateDatabase,
    private readonly rooms: BenchRooms,
    private readonly superuser: Client,
    private readonly keyFolder: string,
    /** Where its checkpoints are published. */
    readonly published: string,
  ) {}

  static async found(random: Random): Promise<TamperedLedger> {
    const database = await PrivateDatabase.open();
    const keyFolder = mkdtempSync(join(tmpdir(), 'timebank-tampering-key-'));
    const superuser = new Client({ connectionString: database.superuserUrl });
    await superuser.connect();
    const published = mkdtempSync(join(tmpdir(), 'timebank-tampering-'));
    const rooms = await openRooms(database.url, new RunningClock(), [
      LedgerModule,
      CheckpointsModule.forRoot({ keyFolder, folder: published }),
    ]);
    const ledger = new TamperedLedger(database, rooms, superuser, keyFolder, published);
    await new LivedLedger(rooms, ledger.bankId, random).live();
    await ledger.sealAll();
    await ledger.keepCopies();
    return ledger;
  }

  /** Autovacuum may hold a transaction open for a moment, and nothing that came after it is sealed. */
  private async sealAll(): Promise<void> {
    do await this.rooms.get(SealCheckpoints).run([this.bankId]);
    while (await this.isPartlyUnsealed());
  }

  private async isPartlyUnsealed(): Promise<boolean> {
    const sealed = ['transfer', 'hold', 'hold_end', 'refusal', 'account_history'];
    const newest = sealed.map((table) => `(select max(recorded_xid) from ${table})`).join(', ');
    const { rows } = await this.superuser.query<{ open: boolean }>(
      `select greatest(${newest}) >= (select max(below_xid) from checkpoint) as open from pg_sleep(0.01)`,
    );
    return rows[0]?.open ?? true;
  }

  /** No trigger, constraint or index stands in a superuser's way. */
  private async keepCopies(): Promise<void> {
    await this.superuser.query('set session_replication_role = replica; create schema kept');
    const { rows } = await this.superuser.query<{ sql: string }>(
      `select format('alter table %s drop constraint if exists %I cascade', conrelid::regclass, conname) as sql from pg_constraint
        where conrelid::regclass::text = any ($1) order by contype = 'n'`,
      [tamperedTables],
    );
    for (const { sql } of [...rows, { sql: 'drop index if exists transfer_reverses' }]) await this.superuser.query(sql);
    for (const table of tamperedTables) await this.superuser.query(`create table kept.${table} as table ${table}`);
    const { rows: columns } = await this.superuser.query<Column>(
      `select table_name as table, column_name as name, udt_name as type from information_schema.columns
        where table_schema = 'public' and table_name = any ($1) order by table_name, ordinal_position`,
      [tamperedTables],
    );
    this.columns = columns;
    cpSync(this.published, this.kept, { recursive: true });
    this.baseline = await this.fingerprint();
  }

  private async fingerprint(): Promise<string> {
    const sums = tamperedTables.map((table) => `(select md5(string_agg(t::text, '/' order by t::text)) from ${table} t)`);
    const { rows } = await this.superuser.query<{ sum: string }>(`select concat_ws('/', ${sums.join(', ')}) as sum`);
    return rows[0]?.sum ?? '';
  }

  /** Whether the database holds anything but what it held when all was sealed. */
  async isTampered(): Promise<boolean> {
    return (await this.fingerprint()) !== this.baseline;
  }

  async edit(sql: string, values: unknown[] = []): Promise<number> {
    return (await this.superuser.query(sql, values)).rowCount ?? 0;
  }

  async forge(): Promise<void> {
    for (const sql of forging) await this.superuser.query(sql);
  }

  async audit(): Promise<LedgerFault[]> {
    return (await this.rooms.get(AuditLedger).run([this.bankId], { folder: this.published })).faults;
  }

  async restore(): Promise<void> {
    const back = tamperedTables.map((table) =>
      `truncate table only ${table}; insert into only_${table} select * from kept.${table}`.replace('only_', ''),
    );
    await this.superuser.query(`begin; ${back.join('; ')}; commit`);
    rmSync(this.published, { recursive: true, force: true });
    cpSync(this.kept, this.published, { recursive: true });
  }

  async close(): Promise<void> {
    await this.superuser.end();
    await this.rooms.close();
    await this.database.close();
    for (const folder of [this.published, this.kept, this.keyFolder]) rmSync(folder, { recursive: true, force: true });
  }
}
