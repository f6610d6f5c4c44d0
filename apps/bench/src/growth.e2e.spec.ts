import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { createTestDatabase, openApp, type TestApp, testStart } from '@timebank/testing';
import { type GrownBank, drawnAccounts, layGrownCity } from './grown-city';
import { CommonReads, commonReads } from './growth';
import { HttpCaller } from './http-caller';
import { Random } from './random';

type Items<Item> = { items: Item[] };
type Entry = { minutes: number; balanceAfterMinutes: number; at: string };

describe('a city laid for measuring', () => {
  let app: TestApp;
  let banks: GrownBank[];
  let caller: HttpCaller;
  let reads: CommonReads;
  const told: string[] = [];
  beforeAll(async () => {
    const database = await createTestDatabase();
    banks = await layGrownCity(database, { banks: 2, members: 50, volunteers: 4 }, testStart, (text) => told.push(text));
    const accounts = await database.query<{ bankId: string; accountId: string }>(drawnAccounts, [1_000]);
    reads = new CommonReads(banks, accounts, new Random(1));
    app = await openApp({ database });
    caller = new HttpCaller(await app.app.getUrl());
  });
  afterAll(async () => {
    caller?.close();
    await app?.close();
  });

  const get = <Body>(path: string, token: string) => caller.must<Body>('GET', path, undefined, token);
  const count = async (rows: string) =>
    (await app.database.query<{ count: number }>(`select count(*)::integer as count from ${rows}`))[0]?.count;

  it('answers every one of the reads', async () => {
    for (const read of commonReads) {
      const { path, token } = reads.ask(read);
      expect([read, (await caller.send('GET', path, undefined, token)).status]).toEqual([read, 200]);
    }
  });

  it('has entries that come to the balance, newest first, each after the one before', async () => {
    for (let account = 0; account < 20; account += 1) {
      const { path, token } = reads.ask('account');
      const { balanceMinutes, ownerName } = await get<{ balanceMinutes: number; ownerName: string }>(path, token);
      const page = await get<Items<Entry>>(`${path}/entries?limit=30`, token);
      const whole = await get<Items<Entry>>(`${path}/entries?limit=200`, token);
      expect(page.items).toEqual(whole.items.slice(0, 30));
      expect(whole.items).toHaveLength(39);
      expect(ownerName).toMatch(/^Person \d+$/);
      let balance = 0;
      const moments: string[] = [];
      for (const entry of whole.items.toReversed()) {
        balance += entry.minutes;
        expect(entry.balanceAfterMinutes).toBe(balance);
        moments.push(entry.at);
      }
      expect(balanceMinutes).toBe(balance);
      expect(moments).toEqual(moments.toSorted());
    }
  });

  it('has a day for each volunteer, help wanted, and visits that wait for the desk', async () => {
    for (const { bankId, coordinator, volunteers } of banks) {
      for (const { token } of volunteers) {
        const { visits } = await get<{ visits: { state: string; clientName: string }[] }>('/api/me/day-bundle', token);
        expect(visits.map(({ state }) => state)).toEqual(['planned', 'planned', 'planned']);
      }
      const wanted = await get<Items<{ state: string }>>(`/api/banks/${bankId}/requests?state=open`, volunteers[0]?.token as string);
      expect(wanted.items.map(({ state }) => state)).toContain('open');
      const waiting = await get<Items<{ lane: string; creditedMinutes: number }>>(
        `/api/banks/${bankId}/visits?state=ready&waiting=any`,
        coordinator.token,
      );
      expect(waiting.items).not.toHaveLength(0);
      for (const visit of waiting.items) expect(visit).toMatchObject({ lane: 'clean', creditedMinutes: 60 });
    }
  });

  it('has its rows whole: every bank sums to zero, held minutes have their holds, and ids lead to what they name', async () => {
    expect(await count("transfer where visit_id is not null or kind = 'opening'")).toBeGreaterThanOrEqual(2 * 50 * 20);
    expect(await count('(select from account group by bank_id having sum(balance_minutes) <> 0) bank')).toBe(0);
    expect(
      await count(`account where held_out_minutes <> (select coalesce(sum(minutes), 0) from hold
        where hold.bank_id = account.bank_id and hold.account_id = account.account_id
          and not exists (select from hold_end where hold_end.bank_id = hold.bank_id and hold_end.hold_id = hold.hold_id))`),
    ).toBe(0);
    expect(await count(`visit where state = 'approved'`)).toBe(2 * 50 + 1);
    expect(
      await count(`visit left join transfer on transfer.bank_id = visit.bank_id and transfer.transfer_id = visit.transfer_id
        where state = 'approved' and transfer.visit_id is distinct from visit.visit_id`),
    ).toBe(0);
    // The rows came in past the foreign keys, so each is looked after here.
    const keys = await app.database.query<{ missing: string }>(`
      select format('%s a where not exists (select from %s b where (%s) = (%s))%s', conrelid::regclass, confrelid::regclass,
          string_agg('b.' || theirs.attname, ', ' order by place), string_agg('a.' || own.attname, ', ' order by place),
          string_agg(format(' and a.%I is not null', own.attname), '')) as missing
        from pg_constraint cross join lateral unnest(conkey, confkey) with ordinality as pair (own_number, their_number, place)
        join pg_attribute own on own.attrelid = conrelid and own.attnum = own_number
        join pg_attribute theirs on theirs.attrelid = confrelid and theirs.attnum = their_number
       where contype = 'f' and connamespace = 'public'::regnamespace group by pg_constraint.oid, conrelid, confrelid`);
    expect(keys.length).toBeGreaterThan(20);
    for (const { missing } of keys) expect([missing, await count(missing)]).toEqual([missing, 0]);
  });

  it('lets a laid visit be approved and paid, with the minutes that were held for it', async () => {
    const { bankId, coordinator } = banks[1] as GrownBank;
    const waiting = await get<Items<{ visitId: string }>>(`/api/banks/${bankId}/visits?state=ready&waiting=any`, coordinator.token);
    const visitIds = waiting.items.map(({ visitId }) => visitId);
    const { results } = await caller.must<{ results: { outcome: string }[] }>(
      'PUT',
      `/api/banks/${bankId}/approvals/${newId()}`,
      { visitIds, decision: 'approve' },
      coordinator.token,
    );
    expect(results.map(({ outcome }) => outcome)).toEqual(visitIds.map(() => 'approved'));
  });
});
