import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AccessModule, type Actor } from '@timebank/access';
import { BanksModule, PutBank, PutPolicy } from '@timebank/banks';
import type { Bank, Circumstance, GrantRun, PolicyKey } from '@timebank/contract';
import { deriveId, UnitOfWork } from '@timebank/database';
import {
  HoursModule,
  ListGrantRows,
  ListGrantRuns,
  PreviewGrants,
  ResumeGrantRuns,
  ShowGrantRun,
  StartGrantRun,
  TransferHours,
} from '@timebank/hours';
import { newId } from '@timebank/kernel';
import { AuditLedger, LedgerModule, OpenAccounts, ReadAccount } from '@timebank/ledger';
import { MembersModule, PatchMember, PutMember } from '@timebank/members';
import { openRooms, testStart, type TestRooms, stored } from '@timebank/testing';

const month = '2026-03';
const refused = (code: string, more: object = {}) => expect.objectContaining({ code, ...more });

describe('monthly grants', () => {
  let rooms: TestRooms;
  let bank: Bank;
  let admin: Actor;
  let serial = 0;
  beforeAll(async () => {
    rooms = await openRooms([AccessModule.forRoot({ secretKey: 'x'.repeat(32) }), BanksModule, MembersModule, LedgerModule, HoursModule]);
  });
  beforeEach(async () => {
    rooms.clock.set(testStart);
    bank = (await rooms.get(PutBank).run(newId(), { name: 'Drum Tower', phone: '025-83330000', timeZone: 'Asia/Shanghai' })).value;
    admin = { personId: newId(), roles: [{ role: 'admin', bankId: bank.bankId, memberId: null }] };
  });
  afterAll(() => rooms.close());

  async function elder(
    birthDate: string,
    circumstances: Circumstance[] = ['living_alone'],
  ): Promise<{ memberId: string; accountId: string }> {
    serial += 1;
    const input = { name: `Elder ${serial}`, birthDate, roles: ['client' as const], circumstances };
    const { memberId, accountId } = (await rooms.get(PutMember).run(bank.bankId, newId(), input)).value;
    return { memberId, accountId };
  }
  /** Many at once, past the abilities; every tenth is of another reason. */
  async function manyElders(count: number): Promise<void> {
    const members = Array.from({ length: count }, () => newId());
    await rooms.get(UnitOfWork).run([bank.bankId], () =>
      rooms.get(OpenAccounts).run(
        bank.bankId,
        members.map((ownerId) => ({
          accountId: deriveId(ownerId, 'account'),
          kind: 'member',
          ownerId,
          floorMinutes: 0,
          ceilingMinutes: 90_000,
        })),
      ),
    );
    await rooms.database.query('insert into person (person_id, created_at) select unnest($1::uuid[]), $2', [members, testStart]);
    await rooms.database.query(
      `insert into member (bank_id, member_id, person_id, member_number, name, birth_date, account_id, content_hash, created_at, circumstances)
       select $1, id, id, 'n' || place, 'Many ' || place, '1940-01-01', account_id, '', $4, case place % 10 when 0 then '{disabled}' else '{living_alone}' end::text[]
         from unnest($2::uuid[], $3::uuid[]) with ordinality as given (id, account_id, place)`,
      [bank.bankId, members, members.map((id) => deriveId(id, 'account')), testStart],
    );
  }
  const start = (runId = newId(), of = month) => stored(rooms.get(StartGrantRun).run(admin, bank.bankId, runId, of));
  const preview = (of = month) => rooms.get(PreviewGrants).run(bank.bankId, { month: of, limit: 50 });
  const rowsOf = async (run: GrantRun) => (await rooms.get(ListGrantRows).run(bank.bankId, run.runId, { limit: 200 })).items;
  const minutesOf = async (accountId: string) => (await rooms.get(ReadAccount).run(bank.bankId, accountId)).balanceMinutes;
  const rule = (key: PolicyKey, value: number) =>
    rooms.get(PutPolicy).run(admin, bank.bankId, newId(), { key, value, validFrom: '2026-03-02', source: 'council' });
  const cityRule = (key: PolicyKey, value: number) =>
    rooms.get(PutPolicy).run(admin, null, newId(), { key, value, validFrom: '2026-03-02', source: 'council' });
  async function fill(toAccountId: string, minutes: number): Promise<void> {
    await rooms
      .get(TransferHours)
      .run(admin, bank.bankId, newId(), { kind: 'grant', fromAccountId: bank.accounts.fund, toAccountId, minutes });
  }
  /** Puts minutes into the pool, as a member's donation would. */
  async function donate(minutes: number): Promise<void> {
    const donor = await elder('1990-01-01', []);
    await fill(donor.accountId, minutes);
    const actor: Actor = { personId: donor.memberId, roles: [{ role: 'client', bankId: bank.bankId, memberId: donor.memberId }] };
    const donation = { kind: 'donation' as const, fromAccountId: donor.accountId, toAccountId: bank.accounts.pool, minutes };
    await rooms.get(TransferHours).run(actor, bank.bankId, newId(), donation);
  }
  /** Compares what the ledger paid out under the run with what run and rows say. */
  async function reconcile(run: GrantRun): Promise<void> {
    const [ledger] = await rooms.database.query(
      `select count(*)::int as transfers, count(distinct credit_account_id)::int as members, coalesce(sum(minutes), 0)::int as minutes
         from transfer where bank_id = $1 and kind = 'grant' and memo_code = $2`,
      [bank.bankId, run.month],
    );
    const [rows] = await rooms.database.query(
      `select count(*)::int as rows, count(*) filter (where pool_minutes + fund_minutes > 0)::int as members, sum(pool_minutes + fund_minutes)::int as minutes
         from grant_row where run_id = $1`,
      [run.runId],
    );
    expect(ledger).toMatchObject({ members: run.grantedMembers, minutes: run.grantedMinutes });
    expect(rows).toEqual({ rows: run.eligibleMembers, members: run.grantedMembers, minutes: run.grantedMinutes });
  }

  it('go to who is eligible, once each, the fund covered by issuance', async () => {
    const oldest = await elder('1940-01-01');
    const poor = await elder('1960-01-01', ['low_income', 'living_alone']);
    await elder('1960-01-01', []);
    await elder('1990-01-01', ['living_alone']);
    const { first, value: run } = await start();
    expect(first).toBe(true);
    expect(run).toMatchObject({
      state: 'done',
      month,
      minutesEach: 360,
      eligibleMembers: 2,
      grantedMembers: 2,
      refusedMembers: 0,
      fundMinutes: 720,
    });
    expect((await rowsOf(run)).map(({ memberId, reason, outcome, grantedMinutes }) => [memberId, reason, outcome, grantedMinutes])).toEqual(
      [
        [oldest.memberId, 'oldest_alone', 'granted', 360],
        [poor.memberId, 'low_income', 'granted', 360],
      ],
    );
    expect([await minutesOf(oldest.accountId), await minutesOf(poor.accountId), await minutesOf(bank.accounts.fund)]).toEqual([
      360, 360, 0,
    ]);
    await reconcile(run);
  });

  it('draw donated minutes first, in order, then the fund', async () => {
    await donate(500);
    const [first, second, third] = [await elder('1940-01-01'), await elder('1941-01-01'), await elder('1950-01-01', ['disabled'])];
    expect(await preview()).toMatchObject({
      wantedMinutes: 1_080,
      grantMinutes: 1_080,
      poolMinutes: 500,
      fundMinutes: 0,
      issuedMinutes: 580,
      lackingMinutes: 0,
    });
    const { value: run } = await start();
    expect(run).toMatchObject({ poolMinutes: 500, fundMinutes: 580, grantedMinutes: 1_080 });
    expect((await rowsOf(run)).map((row) => [row.memberId, row.poolMinutes, row.grantedMinutes])).toEqual([
      [first.memberId, 360, 360],
      [second.memberId, 140, 360],
      [third.memberId, 0, 360],
    ]);
    expect(await minutesOf(bank.accounts.pool)).toBe(0);
    await reconcile(run);
  });

  it('give what a ceiling takes and no more, and leave the rest where it was', async () => {
    const [nearlyFull, full, roomy] = [await elder('1940-01-01'), await elder('1941-01-01'), await elder('1942-01-01')];
    await cityRule('secondPersonAboveMinutes', 90_000);
    await fill(nearlyFull.accountId, 89_900);
    await fill(full.accountId, 90_000);
    expect(await preview()).toMatchObject({ wantedMinutes: 1_080, grantMinutes: 460, ceilingMembers: 2, issuedMinutes: 460 });
    const { value: run } = await start();
    expect(run).toMatchObject({ grantedMembers: 2, refusedMembers: 1, grantedMinutes: 460 });
    expect((await rowsOf(run)).map(({ memberId, outcome, grantedMinutes, code }) => [memberId, outcome, grantedMinutes, code])).toEqual([
      [nearlyFull.memberId, 'partly', 100, 'ledger/ceiling'],
      [full.memberId, 'refused', 0, 'ledger/ceiling'],
      [roomy.memberId, 'granted', 360, null],
    ]);
    expect([await minutesOf(bank.accounts.fund), await minutesOf(bank.accounts.pool), await minutesOf(bank.accounts.honour)]).toEqual([
      0, 0, 0,
    ]);
    await reconcile(run);
  });

  it('issue no more than policy allows: who comes last goes without, and is listed with the code', async () => {
    await rule('issueLimitMinutes', 800);
    const elders = [await elder('1940-01-01'), await elder('1941-01-01'), await elder('1942-01-01')];
    expect(await preview()).toMatchObject({ issuedMinutes: 800, lackingMinutes: 280 });
    const { value: run } = await start();
    expect(run).toMatchObject({ state: 'done', grantedMembers: 2, refusedMembers: 1, grantedMinutes: 720 });
    const { items } = await rooms.get(ListGrantRows).run(bank.bankId, run.runId, { limit: 50, outcome: 'refused' });
    expect(items).toEqual([expect.objectContaining({ memberId: elders[2]?.memberId, outcome: 'refused', code: 'ledger/issue_limit' })]);
  });

  it('pass over who was barred, and who joined after the month', async () => {
    const barred = await elder('1940-01-01');
    await rooms.get(PatchMember).run({ ...admin, roles: [{ role: 'admin', bankId: null, memberId: null }] }, bank.bankId, barred.memberId, {
      version: 1,
      disabled: true,
    });
    rooms.clock.set(new Date('2026-03-31T15:59:00Z'));
    const inTime = await elder('1940-01-01');
    rooms.clock.set(new Date('2026-03-31T16:00:00Z'));
    const late = await elder('1940-01-01');
    const march = (await start()).value;
    expect((await rowsOf(march)).map((row) => row.memberId)).toEqual([inTime.memberId]);
    const april = (await start(newId(), '2026-04')).value;
    expect((await rowsOf(april)).map((row) => row.memberId).sort()).toEqual([inTime.memberId, late.memberId].sort());
    expect((await rooms.get(ListGrantRuns).run(bank.bankId, { limit: 1 })).items.map((run) => run.month)).toEqual(['2026-04']);
  });

  it('follow the policy in force on the first of the month', async () => {
    await rule('grantMinutesMonthly', 100);
    await rule('grantFromAge', 50);
    const younger = await elder('1975-01-01', ['low_income']);
    expect(await preview()).toMatchObject({ minutesEach: 360, eligibleMembers: 0 });
    rooms.clock.set(new Date('2026-04-01T01:00:00Z'));
    expect(await preview('2026-04')).toMatchObject({
      minutesEach: 100,
      eligibleMembers: 1,
      items: [{ memberId: younger.memberId, age: 51, minutes: 100 }],
    });
  });

  it('come once a month, under one id, and only in months of the bank', async () => {
    await elder('1940-01-01');
    const { value: run } = await start();
    expect(await start(run.runId)).toEqual({ first: false, value: run });
    await expect(start()).rejects.toEqual(refused('grants/month_taken', { parameters: { runId: run.runId }, path: 'body.month' }));
    await expect(start(run.runId, '2026-02')).rejects.toEqual(refused('grants/id_reused'));
    await expect(start(newId(), '2026-04')).rejects.toEqual(refused('grants/month_in_future', { parameters: { month } }));
    await expect(start(newId(), '2026-02')).rejects.toEqual(refused('grants/month_before_bank', { parameters: { month } }));
    await expect(preview('2026-04')).rejects.toEqual(refused('grants/month_in_future', { path: 'query.month' }));
    await expect(rooms.get(ShowGrantRun).run(bank.bankId, newId())).rejects.toEqual(refused('grants/not_found'));
    await expect(rooms.get(ListGrantRows).run(bank.bankId, newId(), { limit: 1 })).rejects.toEqual(refused('grants/not_found'));
    expect((await preview()).runId).toBe(run.runId);
  });

  it('started five times at once are one run of the month', async () => {
    await manyElders(50);
    const runId = newId();
    const same = await Promise.all(Array.from({ length: 5 }, () => start(runId)));
    expect(same.filter(({ first }) => first)).toHaveLength(1);
    const others = await Promise.allSettled(Array.from({ length: 3 }, () => start()));
    expect(others.map((one) => one.status)).toEqual(['rejected', 'rejected', 'rejected']);
    await reconcile(await rooms.get(ShowGrantRun).run(bank.bankId, runId));
  });

  it('of a bank without priority elders are done at once', async () => {
    expect((await start()).value).toMatchObject({ state: 'done', eligibleMembers: 0, grantedMinutes: 0 });
  });

  it('to a thousand members, cut off in the middle and resumed twice at once, double nothing and skip nobody', async () => {
    await manyElders(1_000);
    const runId = newId();
    await rooms.get(StartGrantRun).lay(admin, bank.bankId, runId, month);
    const cut = rooms.get(ResumeGrantRuns).one(bank.bankId, runId, {
      chunkMembers: 150,
      onProgress: (settled) => {
        if (settled >= 450) throw new Error('cut off');
      },
    });
    await expect(cut).rejects.toThrow('cut off');
    expect(await rooms.get(ShowGrantRun).run(bank.bankId, runId)).toMatchObject({
      state: 'running',
      settledMembers: 450,
      grantedMembers: 450,
      eligibleMembers: 1_000,
    });
    const waiting = await rooms.get(ListGrantRows).run(bank.bankId, runId, { limit: 200, outcome: 'waiting' });
    expect(waiting.items).toHaveLength(200);
    const resumed = await Promise.all([
      rooms.get(ResumeGrantRuns).ofBank(bank.bankId),
      rooms.get(ResumeGrantRuns).one(bank.bankId, runId, { chunkMembers: 70 }),
      start(runId),
    ]);
    expect(resumed[0] + resumed[1]).toBeLessThanOrEqual(550);
    const run = await rooms.get(ShowGrantRun).run(bank.bankId, runId);
    expect(run).toMatchObject({ state: 'done', settledMembers: 1_000, grantedMembers: 1_000, refusedMembers: 0, grantedMinutes: 360_000 });
    await reconcile(run);
    const balances = await rooms.database.query(
      `select distinct balance_minutes::int as minutes from account where bank_id = $1 and kind = 'member'`,
      [bank.bankId],
    );
    expect(balances).toEqual([{ minutes: 360 }]);
    expect(await rooms.get(ResumeGrantRuns).ofBank(bank.bankId)).toBe(0);
  });

  it('leave the ledger sound', async () => {
    const banks = await rooms.database.query<{ bank_id: string }>('select bank_id from bank');
    const audit = await rooms.get(AuditLedger).run(banks.map((row) => row.bank_id));
    expect(audit.faults).toEqual([]);
    expect(audit.transfers).toBeGreaterThan(1_000);
  });
});
