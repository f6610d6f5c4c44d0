import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { LedgerPool } from '@timebank/database';
import { newId } from '@timebank/kernel';
import { openRooms, TestLedger, type TestRooms } from '@timebank/testing';
import { AuditLedger } from '../audit/audit-ledger';
import { GroupCommit } from './group-commit';
import { LedgerModule } from '../ledger.module';
import { PostTransfers } from './post-transfers';

describe('callers who come together', () => {
  let rooms: TestRooms;
  let bank: TestLedger;
  beforeAll(async () => {
    rooms = await openRooms([LedgerModule]);
  });
  beforeEach(async () => {
    bank = await TestLedger.open(rooms);
  });
  afterAll(() => rooms.close());

  const one = (minutes = 1) => bank.post(bank.posting({ minutes }));
  const commits = async () =>
    (await rooms.database.query('select distinct recorded_xid from transfer where bank_id = $1', [bank.bankId])).length;
  const many = (count: number) => Array.from({ length: count }, () => one());

  it('share few commits, and one who comes alone has one', async () => {
    const before = await commits();
    await one();
    expect(await commits()).toBe(before + 1);
    await Promise.all(many(200));
    expect(await commits()).toBeLessThanOrEqual(before + 12);
    expect(await bank.minutesOf(bank.volunteer)).toBe(201);
    expect((await rooms.get(AuditLedger).run([bank.bankId])).faults).toEqual([]);
  });

  it('are each answered for themselves', async () => {
    const answers = await Promise.all([one(100), one(9_999), one(200), one(1), bank.post(bank.posting({ debitAccountId: newId() }))]);
    expect(answers.map(({ code, outcome }) => code ?? outcome)).toEqual([
      'posted',
      'ledger/overdraft',
      'posted',
      'ledger/overdraft',
      'ledger/account_not_found',
    ]);
  });

  it('are not failed by one whose call Postgres cannot read', async () => {
    const answers = await Promise.allSettled([...many(20), bank.post(bank.posting({ visitId: 'no uuid' })), ...many(20)]);
    expect(answers.filter(({ status }) => status === 'rejected')).toHaveLength(1);
    expect(await bank.minutesOf(bank.volunteer)).toBe(40);
  });

  it('may bring the same id', async () => {
    const posting = bank.posting({ minutes: 5 });
    const answers = await Promise.all([...Array.from({ length: 5 }, () => bank.post(posting)), bank.post({ ...posting, minutes: 6 })]);
    expect(answers.map(({ code, outcome }) => code ?? outcome).sort()).toEqual([
      'ledger/id_reused',
      'posted',
      ...Array<string>(4).fill('repeated'),
    ]);
  });

  it.each([0, -5, 1.5, Number.NaN, 10_000_001])('are refused %s minutes at the door, their neighbours are not', async (minutes) => {
    const answers = await rooms.get(PostTransfers).run([bank.posting(), bank.posting({ minutes }), bank.posting()]);
    expect(answers.map(({ code, outcome }) => code ?? outcome)).toEqual(['posted', 'ledger/unsound_minutes', 'posted']);
  });

  it('are sent away with 503 when too many wait already, and lose nothing by it', async () => {
    const answers = await Promise.allSettled(
      Array.from({ length: 50 }, () =>
        rooms
          .get(PostTransfers)
          .run(Array.from({ length: 100 }, () => bank.posting({ debitAccountId: bank.issuance, creditAccountId: bank.pool, minutes: 1 }))),
      ),
    );
    const sentAway = answers.filter(({ status }) => status === 'rejected');
    expect(sentAway.length).toBeGreaterThan(0);
    expect(sentAway.every((answer) => (answer as PromiseRejectedResult).reason.code === 'service/busy')).toBe(true);
    expect(await bank.minutesOf(bank.pool)).toBe((50 - sentAway.length) * 100);
  });

  it('are all answered before the house closes', async () => {
    const own = await openRooms([LedgerModule]);
    const ledger = await TestLedger.open(own);
    const answers = Promise.all(Array.from({ length: 100 }, () => ledger.post(ledger.posting({ minutes: 1 }))));
    await Promise.resolve();
    await own.get(GroupCommit).beforeApplicationShutdown();
    expect((await answers).every(({ outcome }) => outcome === 'posted')).toBe(true);
    await own.close();
  });

  it('learn that the database is away, and may ask again', async () => {
    const own = await openRooms([LedgerModule]);
    const ledger = await TestLedger.open(own);
    const posting = ledger.posting();
    const lost = Array.from({ length: 10 }, () =>
      ledger.post(ledger.posting({ minutes: 1 })).catch((error: { code: string }) => error.code),
    );
    const unlucky = ledger.post(posting).catch((error: { code: string }) => error.code);
    await rooms.database.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'timebank ledger' and datname = $1`,
      [new URL(own.database.url).pathname.slice(1)],
    );
    for (const answer of await Promise.all([...lost, unlucky]))
      expect(['service/unavailable', 'posted']).toContain(typeof answer === 'string' ? answer : answer.outcome);
    // More than one lane's connection may have been lost; each is noticed when it is used.
    const again = async (): Promise<string> => {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return (await ledger.post(posting)).outcome;
        } catch (error) {
          if ((error as { code: string }).code !== 'service/unavailable' || attempt >= 10) throw error;
          await sleep(50);
        }
      }
    };
    expect(['posted', 'repeated']).toContain(await again());
    expect(own.get(LedgerPool).pool.totalCount).toBeGreaterThan(0);
    await own.close();
  });
});
