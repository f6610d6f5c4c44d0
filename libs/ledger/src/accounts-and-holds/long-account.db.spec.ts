import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openRooms, TestLedger, testStart, type TestRooms } from '@timebank/testing';
import { LedgerModule } from '../ledger.module';
import { ProveEntries } from '../sealing/prove-entries';
import { ReadEntries } from './read-entries';
import { ReadStatement } from './read-statement';

const entries = 40_000;
const minuteMilliseconds = 60_000;

/** Rows of transfer and account that a transaction has read so far: by a scan of the table, and through its indexes. */
const reads = `select coalesce(sum(seq_tup_read), 0)::integer as scanned, coalesce(sum(idx_tup_fetch), 0)::integer as sought
                 from pg_stat_xact_user_tables where relname in ('transfer', 'account')`;

describe('an account with very many entries', () => {
  let rooms: TestRooms;
  let bank: TestLedger;
  beforeAll(async () => {
    rooms = await openRooms([LedgerModule]);
    bank = await TestLedger.open(rooms);
    // Plans made while the account was young are kept, so they must also work for an old one.
    for (let again = 0; again < 8; again += 1) await readAll();
    await rooms.database.query(
      `insert into transfer (bank_id, transfer_id, debit_account_id, credit_account_id, visit_id, actor_id, effective_at, recorded_at,
                             debit_version, debit_balance_after, credit_version, credit_balance_after, minutes, kind, class, debit_hash, credit_hash)
       select $1, gen_random_uuid(), case when up then $4 else $2 end::uuid, case when up then $2 else $3 end::uuid, gen_random_uuid(), $1,
              $5::timestamptz, $5::timestamptz + version * interval '1 minute', version, 300, version, 300, 1, 'service', 'verified', '', ''
         from (select version, version % 2 = 0 as up from generate_series(2, $6::bigint) as version) entry`,
      [bank.bankId, bank.client, bank.volunteer, bank.pool, testStart, entries],
    );
    await rooms.database.query('update account set version = $3 where bank_id = $1 and account_id = $2', [
      bank.bankId,
      bank.client,
      entries,
    ]);
  });
  afterAll(() => rooms.close());

  /** The cost of a page and of a month, each in rows read. */
  async function readAll(): Promise<{ page: ReadCost; deep: ReadCost; borders: ReadCost; stretch: ReadCost; proof: ReadCost }> {
    const from = new Date(testStart.getTime() + 20_000 * minuteMilliseconds);
    const to = new Date(testStart.getTime() + 20_100 * minuteMilliseconds);
    const cursor = Buffer.from(JSON.stringify([15_000])).toString('base64url');
    const statement = rooms.get(ReadStatement);
    return {
      page: await cost(() => rooms.get(ReadEntries).run(bank.bankId, bank.client, { limit: 50 })),
      deep: await cost(() => rooms.get(ReadEntries).run(bank.bankId, bank.client, { limit: 50, cursor })),
      borders: await cost(() => statement.run(bank.bankId, bank.client, from, to)),
      stretch: await cost(() => statement.entries(bank.bankId, bank.client, 20_000, 20_100)),
      proof: await cost(() => rooms.get(ProveEntries).run(bank.bankId, bank.client, 20_001, 20_100)),
    };
  }

  type ReadCost = { scanned: number; sought: number; answer: unknown };
  async function cost(read: () => Promise<unknown>): Promise<ReadCost> {
    return bank.unit.run([bank.bankId], async () => {
      await bank.unit.query("select set_config('plan_cache_mode', 'force_generic_plan', true)");
      const before = await bank.unit.one<{ scanned: number; sought: number }>(reads);
      const answer = await read();
      const after = await bank.unit.one<{ scanned: number; sought: number }>(reads);
      return { scanned: (after?.scanned ?? 0) - (before?.scanned ?? 0), sought: (after?.sought ?? 0) - (before?.sought ?? 0), answer };
    });
  }

  it('shows a page, a page far down and a month by seeking the rows that it shows, never by reading its history', async () => {
    for (let again = 0; again < 3; again += 1) {
      const { page, deep, borders, stretch, proof } = await readAll();
      expect((page.answer as { items: { version: number }[] }).items.map((entry) => entry.version)[0]).toBe(entries);
      expect((deep.answer as { items: { version: number }[] }).items.map((entry) => entry.version)[0]).toBe(14_999);
      expect(stretch.answer).toHaveLength(100);
      expect(borders.answer).toMatchObject({ opening: { version: 19_999 }, closing: { version: 20_099 } });
      expect((proof.answer as { entries: unknown[] }).entries).toHaveLength(100);
      for (const read of [page, deep, borders, stretch, proof]) expect([read.scanned, read.sought < 1_000]).toEqual([0, true]);
    }
  });
});
