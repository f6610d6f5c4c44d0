import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { openApp, type TestApp, type TestCaller, type TestMember } from '@timebank/testing';

type Body = Record<string, unknown>;

describe('the ledger over HTTP', () => {
  let city: TestApp;
  let admin: TestCaller;
  let bankId: string;
  let fund: string;
  let pool: string;
  let client: TestMember;
  let volunteer: TestMember;
  let coordinator: TestMember;
  let stranger: TestMember;
  let bank: string;
  beforeAll(async () => {
    city = await openApp();
    admin = await city.signInAsCityAdmin();
    bankId = await city.openBank(admin);
    bank = `/api/banks/${bankId}`;
    ({
      accounts: { fund, pool },
    } = (await admin.get(bank).expect(200)).body as { accounts: { fund: string; pool: string } });
    client = await city.register(admin, bankId, 'client');
    volunteer = await city.register(admin, bankId, 'volunteer');
    coordinator = await city.register(admin, bankId, 'coordinator');
    stranger = await city.register(admin, await city.openBank(admin, 'Bell Tower'), 'coordinator');
    await admin.put(`${bank}/transfers/${newId()}`, grant(300)).expect(201);
  });
  afterAll(() => city.close());

  const grant = (minutes: number) => ({ kind: 'grant', fromAccountId: fund, toAccountId: client.accountId, minutes });
  const donation = (minutes: number) => ({ kind: 'donation', fromAccountId: client.accountId, toAccountId: pool, minutes });

  it('answers 201 at first, 200 on repeat and 409 for other content under the id', async () => {
    const path = `${bank}/transfers/${newId()}`;
    const first = await client.caller.put(path, donation(10)).expect(201);
    expect(first.body).toEqual({
      transferId: path.split('/').at(-1),
      bankId,
      kind: 'donation',
      class: null,
      fromAccountId: client.accountId,
      toAccountId: pool,
      minutes: 10,
      at: '2026-03-02T01:00:00.000Z',
      visitId: null,
      reversesId: null,
    });
    expect((await client.caller.put(path, donation(10)).expect(200)).body).toEqual(first.body);
    expect((await client.caller.put(path, donation(11)).expect(409)).body).toMatchObject({ code: 'ledger/id_reused' });
  });

  it('answers refusals with code, parameters and path', async () => {
    const answer = await client.caller.put(`${bank}/transfers/${newId()}`, donation(1_000)).expect(422);
    expect(answer.body).toEqual({ code: 'ledger/overdraft', parameters: { availableMinutes: 290 }, path: 'body.minutes' });
    await client.caller.put(`${bank}/transfers/${newId()}`, { ...donation(1), toAccountId: newId() }).expect(404);
    for (const minutes of [0, -1, 1.5, '60', null, 1e12]) {
      await client.caller.put(`${bank}/transfers/${newId()}`, { ...donation(1), minutes }).expect(400);
    }
  });

  it("lists the bank's own accounts before its members', page by page and each once", async () => {
    type Page = { items: { accountId: string; kind: string }[]; nextCursor: string | null };
    const seen: Page['items'] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const answer = await admin.get(`${bank}/accounts?limit=2${cursor ? `&cursor=${cursor}` : ''}`).expect(200);
      const page: Page = answer.body;
      seen.push(...page.items);
      cursor = page.nextCursor;
    }
    const kinds = seen.map((account) => account.kind);
    expect(kinds.slice(0, 4).sort()).toEqual(['fund', 'honour', 'issuance', 'pool']);
    expect(kinds.slice(4)).toEqual(['member', 'member', 'member']);
    expect(new Set(seen.map((account) => account.accountId)).size).toBe(7);
  });

  it('shows an account to its owner and to staff, to nobody else, and not at all elsewhere', async () => {
    const path = `${bank}/accounts/${client.accountId}`;
    const { body } = await client.caller.get(path).expect(200);
    expect(body).toMatchObject({
      kind: 'member',
      balanceMinutes: 290,
      heldMinutes: 0,
      ceilingMinutes: 90_000,
      warnAtMinutes: 81_000,
      ownerId: client.memberId,
      ownerName: `client ${client.phone}`,
    });
    await coordinator.caller.get(path).expect(200);
    await admin.get(path).expect(200);
    for (const page of ['', '/entries']) {
      await volunteer.caller.get(`${path}${page}`).expect(403);
      await stranger.caller.get(`${path}${page}`).expect(404);
      await city.anybody.get(`${path}${page}`).expect(401);
    }
    await client.caller.get(`${bank}/accounts/${fund}`).expect(403);
    await client.caller.get(`${bank}/accounts/${newId()}`).expect(404);
    await admin.get(`${bank}/accounts/${stranger.accountId}`).expect(404);
  });

  it('lists entries newest first, page by page, under a month and a kind', async () => {
    const path = `${bank}/accounts/${client.accountId}/entries`;
    const { body } = await client.caller.get(`${path}?limit=1`).expect(200);
    expect(body.items).toEqual([
      expect.objectContaining({ kind: 'donation', minutes: -10, balanceAfterMinutes: 290, otherAccountKind: 'pool', otherName: null }),
    ]);
    const next = (await client.caller.get(`${path}?limit=1&cursor=${String(body.nextCursor)}`).expect(200)).body as Body;
    expect(next).toMatchObject({ items: [{ kind: 'grant', minutes: 300, balanceAfterMinutes: 300 }], nextCursor: null });
    expect((await client.caller.get(`${path}?kind=grant&month=2026-03`).expect(200)).body.items).toHaveLength(1);
    expect((await client.caller.get(`${path}?month=2026-02`).expect(200)).body.items).toHaveLength(0);
    await client.caller.get(`${path}?cursor=nonsense`).expect(400);
    await client.caller.get(`${path}?limit=201`).expect(400);
  });

  it('balances to zero, for admins and auditors', async () => {
    const { body } = await admin.get(`${bank}/ledger/trial-balance`).expect(200);
    expect(body).toMatchObject({ sumMinutes: 0 });
    expect(body.accounts).toHaveLength(7);
    const listed = (await admin.get(`${bank}/accounts?limit=200`).expect(200)).body as { items: Body[] };
    expect(listed.items).toHaveLength(7);
    expect((await admin.get(`${bank}/accounts?kind=fund`).expect(200)).body.items).toEqual([expect.objectContaining({ accountId: fund })]);
    for (const path of ['ledger/trial-balance', 'accounts']) {
      await client.caller.get(`${bank}/${path}`).expect(403);
      await coordinator.caller.get(`${bank}/${path}`).expect(403);
      await stranger.caller.get(`${bank}/${path}`).expect(404);
    }
  });
});
