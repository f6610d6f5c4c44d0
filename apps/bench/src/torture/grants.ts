import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { AccessModule, type Actor } from '@timebank/access';
import { BanksModule, PutBank } from '@timebank/banks';
import type { Bank, Circumstance } from '@timebank/contract';
import { onDatabase } from '@timebank/database';
import { HoursModule, TransferHours } from '@timebank/hours';
import { localMonth, newId, RunningClock } from '@timebank/kernel';
import { AuditLedger, LedgerModule } from '@timebank/ledger';
import { MembersModule, PutMember } from '@timebank/members';
import { measuringKey } from '../api-process';
import { type BenchRooms, openRooms } from '../bench-rooms';
import { PrivateDatabase } from '../private-database';
import { Random } from '../random';

export type GrantsReport = {
  seed: number;
  members: number;
  eligible: number;
  kills: number;
  chunks: number;
  /** Of the granting alone, restarts included. */
  grantingSeconds: number;
  skipped: number;
  doubled: number;
  strangers: number;
  sumMinutes: number;
  faults: number;
};

const timeZone = 'Asia/Shanghai';
const donatedMinutes = 6_000;
const monthMinutes = 360;

const into = (table: string) => `insert into ${table}`;
const elders = `jsonb_to_recordset($2::jsonb) e (id uuid, serial integer, born date, circumstances text[])`;
/** `$1` the bank, `$2` people: clients with an account each, as registration leaves them. */
const layElders = [
  `select open_accounts($1, array_agg(id), array_agg('member'::text), array_agg(id), array_agg(0::bigint), array_agg(null::bigint), now()) from ${elders}`,
  `with people as (${into('person')} (person_id, created_at) select id, now() from ${elders}),
    members as (
      ${into('member')} (bank_id, member_id, person_id, member_number, name, birth_date, account_id, content_hash, created_at, circumstances)
        select $1, id, id, '9' || lpad(serial::text, 8, '0'), 'Elder ' || serial, born, id, '', now(), circumstances from ${elders})
    ${into('role')} (person_id, bank_id, role, member_id, granted_at) select id, $1::uuid, 'client', id, now() from ${elders}`,
];

/** A bank of members, every sixteenth of whom is in no circumstance that a grant is for. */
class GrantCity {
  readonly month = localMonth(new Date(), timeZone);
  readonly eligibleIds = new Set<string>();

  private constructor(
    readonly database: PrivateDatabase,
    readonly rooms: BenchRooms,
    readonly bank: Bank,
    private readonly dataDir: string,
  ) {}

  static async found(members: number, random: Random): Promise<GrantCity> {
    const database = await PrivateDatabase.open();
    const modules = [AccessModule.forRoot({ secretKey: measuringKey }), BanksModule, MembersModule, LedgerModule, HoursModule];
    const rooms = await openRooms(database.url, new RunningClock(), modules);
    const { value: bank } = await rooms.get(PutBank).run(newId(), { name: 'Granting', phone: '025-88880000', timeZone });
    const city = new GrantCity(database, rooms, bank, mkdtempSync(join(tmpdir(), 'timebank-grants-')));
    await city.lay(members, random);
    await city.donate();
    await database.analyze();
    return city;
  }

  /** Thousands at once, past every wall: a bank registers one person after another, which takes longer than all that is tried here. */
  private async lay(members: number, random: Random): Promise<void> {
    const people = Array.from({ length: members }, (_, serial) => {
      const circumstances: Circumstance[] = serial % 16 === 15 ? [] : [random.pick(['living_alone', 'low_income', 'disabled'] as const)];
      return { serial, id: newId(), born: `${random.integer(1930, 1960)}-06-15`, circumstances };
    });
    for (const { id, circumstances } of people) if (circumstances.length > 0) this.eligibleIds.add(id);
    await onDatabase(this.database.superuserUrl, async (client) => {
      await client.query('set session_replication_role = replica');
      for (const sql of layElders) await client.query(sql, [this.bank.bankId, JSON.stringify(people)]);
    });
  }

  /** So that the pool runs dry in the middle of a member. */
  private async donate(): Promise<void> {
    const { bankId, accounts } = this.bank;
    const input = { name: 'Donor', birthDate: '1990-01-01', roles: ['volunteer' as const] };
    const donor = (await this.rooms.get(PutMember).run(bankId, newId(), input)).value;
    const admin: Actor = { personId: newId(), roles: [{ role: 'admin', bankId, memberId: null }] };
    const actor: Actor = { personId: donor.memberId, roles: [{ role: 'volunteer', bankId, memberId: donor.memberId }] };
    const [minutes, transfers] = [donatedMinutes, this.rooms.get(TransferHours)];
    await transfers.run(admin, bankId, newId(), { kind: 'grant', fromAccountId: accounts.fund, toAccountId: donor.accountId, minutes });
    await transfers.run(actor, bankId, newId(), { kind: 'donation', fromAccountId: donor.accountId, toAccountId: accounts.pool, minutes });
  }

  /**
   * `timebank grants run` as a process of its own. Killed with SIGKILL some milliseconds after so many chunks, in the middle
   * of the next. Tells how many chunks it reported, and whether it ended by itself.
   */
  async grant(killAfterChunks: number, delayMilliseconds: number): Promise<{ chunks: number; isDone: boolean }> {
    const child = spawn(process.execPath, ['dist/apps/cli/main.js', 'grants', 'run', this.bank.bankId, this.month], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        PATH: process.env['PATH'],
        DATA_DIR: this.dataDir,
        DATABASE_URL: this.database.url,
        DATABASE_OWNER_URL: this.database.superuserUrl,
        SECRET_KEY: measuringKey,
      },
    });
    let chunks = 0;
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (!line.includes('…')) return;
      chunks += 1;
      if (chunks === killAfterChunks) setTimeout(() => child.kill('SIGKILL'), delayMilliseconds);
    });
    const [code] = await new Promise<[number | null]>((ended) => child.once('close', (exit: number | null) => ended([exit])));
    if (code !== null && code !== 0) throw new Error(`timebank grants run ended with ${code}`);
    return { chunks, isDone: code === 0 };
  }

  async close(): Promise<void> {
    await this.rooms.close();
    await this.database.close();
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}

/** Compares what everybody should have been granted with what the ledger holds. */
async function settle(city: GrantCity, report: GrantsReport): Promise<void> {
  await city.database.analyze();
  await onDatabase(city.database.superuserUrl, async (client) => {
    const { rows } = await client.query<{ owner_id: string; minutes: number }>(
      `select account.owner_id, sum(transfer.minutes)::int as minutes
         from transfer join account on account.bank_id = transfer.bank_id and account.account_id = transfer.credit_account_id
        where transfer.kind = 'grant' and transfer.memo_code = $1 group by account.owner_id`,
      [city.month],
    );
    const granted = new Map(rows.map((row) => [row.owner_id, row.minutes]));
    report.skipped = [...city.eligibleIds].filter((memberId) => (granted.get(memberId) ?? 0) < monthMinutes).length;
    report.doubled = [...granted.values()].filter((minutes) => minutes > monthMinutes).length;
    report.strangers = [...granted.keys()].filter((memberId) => !city.eligibleIds.has(memberId)).length;
    const sums = await client.query<{ sum: string }>('select coalesce(sum(balance_minutes), 0) as sum from account');
    report.sumMinutes = Number(sums.rows[0]?.sum);
  });
  const { bankId } = city.bank;
  report.faults = (await city.rooms.get(AuditLedger).run([bankId])).faults.length;
}

/**
 * Kills `timebank grants run` with SIGKILL again and again while it grants a month to a bank of `members`, starting it anew
 * each time, until it ends. Everybody eligible has the month's minutes once, nobody else any, the ledger is sound.
 */
export async function killGrantRuns(members: number, seed: number): Promise<GrantsReport> {
  const random = new Random(seed);
  const city = await GrantCity.found(members, random);
  const report: GrantsReport = {
    seed,
    members,
    eligible: city.eligibleIds.size,
    kills: 0,
    chunks: 0,
    grantingSeconds: 0,
    skipped: 0,
    doubled: 0,
    strangers: 0,
    sumMinutes: 0,
    faults: 0,
  };
  try {
    const startedAt = performance.now();
    for (let isDone = false; !isDone;) {
      const run = await city.grant(random.integer(1, Math.max(1, Math.round(members / 12_000))), random.integer(0, 150));
      isDone = run.isDone;
      report.chunks += run.chunks;
      if (!isDone) report.kills += 1;
    }
    report.grantingSeconds = Math.round((performance.now() - startedAt) / 100) / 10;
    await settle(city, report);
    return report;
  } finally {
    await city.close();
  }
}
