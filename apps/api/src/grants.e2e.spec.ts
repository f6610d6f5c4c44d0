import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { openApp, type TestApp, type TestCaller, type TestMember } from '@timebank/testing';

type Body = Record<string, unknown>;

describe('grants and gifts over HTTP', () => {
  let city: TestApp;
  let admin: TestCaller;
  let bankId: string;
  let bank: string;
  let fund: string;
  let coordinator: TestMember;
  let giver: TestMember;
  let spouse: TestMember;
  let stranger: TestMember;
  beforeAll(async () => {
    city = await openApp();
    admin = await city.signInAsCityAdmin();
    bankId = await city.openBank(admin);
    bank = `/api/banks/${bankId}`;
    fund = ((await admin.get(bank).expect(200)).body as { accounts: { fund: string } }).accounts.fund;
    coordinator = await city.register(admin, bankId, 'coordinator');
    [giver, spouse, stranger] = [
      await city.register(admin, bankId, 'client'),
      await city.register(admin, bankId, 'client'),
      await city.register(admin, bankId, 'client'),
    ];
    await coordinator.caller.put(`${bank}/members/${giver.memberId}/relations/${spouse.memberId}`, { kind: 'spouse' }).expect(201);
    await giver.caller.put(`${bank}/members/${giver.memberId}/relations/${spouse.memberId}/confirmation`).expect(201);
    await admin
      .put(`${bank}/transfers/${newId()}`, { kind: 'grant', fromAccountId: fund, toAccountId: giver.accountId, minutes: 300 })
      .expect(201);
  });
  afterAll(() => city.close());

  const elder = async (more: Body = {}): Promise<Body> => {
    const body = { name: `Elder ${newId()}`, birthDate: '1940-05-01', roles: ['client'], ...more };
    return (await coordinator.caller.put(`${bank}/members/${newId()}`, body).expect(201)).body as Body;
  };
  const run = (month: string, runId = newId()) => admin.put(`${bank}/grant-runs/${runId}`, { month });

  it('previews a month, grants it once, and shows whom and why, page by page', async () => {
    const alone = await elder({ circumstances: ['living_alone'] });
    const poor = await elder({ circumstances: ['low_income'], birthDate: '1960-05-01' });
    await elder();
    const preview = (await admin.get(`${bank}/grant-runs/preview?month=2026-03&limit=1`).expect(200)).body as Body;
    expect(preview).toMatchObject({
      eligibleMembers: 2,
      minutesEach: 360,
      wantedMinutes: 720,
      issuedMinutes: 720,
      lackingMinutes: 0,
      runId: null,
    });
    expect(preview['items']).toEqual([
      expect.objectContaining({ memberId: alone['memberId'], age: 85, reason: 'oldest_alone', minutes: 360 }),
    ]);
    const next = `${bank}/grant-runs/preview?month=2026-03&limit=1&cursor=${String(preview['nextCursor'])}`;
    expect((await admin.get(next).expect(200)).body).toMatchObject({ items: [{ memberId: poor['memberId'], age: 65 }], nextCursor: null });

    const runId = newId();
    const { body: done } = await run('2026-03', runId).expect(201);
    expect(done).toMatchObject({ runId, state: 'done', eligibleMembers: 2, settledMembers: 2, grantedMembers: 2, grantedMinutes: 720 });
    expect((await run('2026-03', runId).expect(200)).body).toEqual(done);
    expect((await run('2026-03').expect(409)).body).toEqual({ code: 'grants/month_taken', parameters: { runId }, path: 'body.month' });
    expect((await run('2026-02', runId).expect(409)).body).toMatchObject({ code: 'grants/id_reused' });
    expect((await admin.get(`${bank}/grant-runs/${runId}`).expect(200)).body).toEqual(done);
    expect((await admin.get(`${bank}/grant-runs`).expect(200)).body).toEqual({ items: [done], nextCursor: null });
    const rows = `${bank}/grant-runs/${runId}/rows`;
    expect((await admin.get(`${rows}?outcome=refused`).expect(200)).body).toEqual({ items: [], nextCursor: null });
    const { body: first } = await admin.get(`${rows}?limit=1`).expect(200);
    expect(first.items).toEqual([
      expect.objectContaining({ memberId: alone['memberId'], outcome: 'granted', grantedMinutes: 360, code: null }),
    ]);
    expect((await admin.get(`${rows}?cursor=${String(first.nextCursor)}`).expect(200)).body.items).toHaveLength(1);
  });

  it.each([
    ['next month', '2026-04', 422, 'grants/month_in_future'],
    ['a month before the bank', '2026-02', 422, 'grants/month_before_bank'],
    ['a month that is none', '2026-13', 400, 'request/malformed'],
    ['a day', '2026-03-01', 400, 'request/malformed'],
  ])('refuses %s', async (_, month, status, code) => {
    expect((await run(month).expect(status)).body).toMatchObject({ code, path: 'body.month' });
    expect((await admin.get(`${bank}/grant-runs/preview?month=${month}`).expect(status)).body).toMatchObject({ code, path: 'query.month' });
  });

  it('refuses what is no cursor of ours, and knows no run that is not there', async () => {
    const cursors = [['2026-03'], [1], [1, '1940-02-31x', newId()], [9e15, '1940-01-01', newId()], ['x', 1, 2]].map((key) =>
      Buffer.from(JSON.stringify(key)).toString('base64url'),
    );
    for (const cursor of cursors) {
      const { status } = await admin.get(`${bank}/grant-runs/preview?month=2026-03&cursor=${cursor}`);
      expect([200, 400]).toContain(status);
    }
    for (const path of ['', '/rows']) {
      expect((await admin.get(`${bank}/grant-runs/${newId()}${path}`).expect(404)).body).toMatchObject({ code: 'grants/not_found' });
    }
  });

  it('keeps circumstances to coordinators and admins, and to the words of the list', async () => {
    const path = `${bank}/members/${giver.memberId}`;
    const { body } = await coordinator.caller.patch(path, { version: 1, circumstances: ['living_alone'] }).expect(200);
    expect(body).toMatchObject({ circumstances: ['living_alone'], left: null });
    expect((await coordinator.caller.get(path).expect(200)).body).toMatchObject({ circumstances: ['living_alone'] });
    expect((await giver.caller.get(path).expect(200)).body).toMatchObject({ circumstances: null });
    await giver.caller.patch(path, { version: 2, circumstances: [] }).expect(403);
    for (const circumstances of [['rich'], ['disabled', 'disabled'], 'disabled', [1]]) {
      expect((await coordinator.caller.patch(path, { version: 2, circumstances }).expect(400)).body).toMatchObject({
        code: 'request/malformed',
      });
    }
  });

  const gift = (more: Body = {}) => ({ kind: 'gift', fromAccountId: giver.accountId, toAccountId: spouse.accountId, minutes: 30, ...more });
  const bad: [string, () => Body, number, Body][] = [
    [
      'to somebody who is no relative',
      () => ({ toAccountId: stranger.accountId }),
      422,
      { code: 'hours/not_a_relative', path: 'body.toAccountId' },
    ],
    ['to oneself', () => ({ toAccountId: giver.accountId }), 422, { code: 'ledger/same_account', path: 'body.toAccountId' }],
    [
      "from another's account",
      () => ({ fromAccountId: stranger.accountId }),
      403,
      { code: 'access/not_allowed', path: 'body.fromAccountId' },
    ],
    [
      'of no minutes',
      () => ({ minutes: 0 }),
      400,
      { code: 'request/malformed', parameters: { problem: 'too_small' }, path: 'body.minutes' },
    ],
    [
      'of less than none',
      () => ({ minutes: -30 }),
      400,
      { code: 'request/malformed', parameters: { problem: 'too_small' }, path: 'body.minutes' },
    ],
    [
      'of half a minute',
      () => ({ minutes: 0.5 }),
      400,
      { code: 'request/malformed', parameters: { problem: 'invalid_type' }, path: 'body.minutes' },
    ],
    [
      'of more than anybody lives',
      () => ({ minutes: 1e9 }),
      400,
      { code: 'request/malformed', parameters: { problem: 'too_big' }, path: 'body.minutes' },
    ],
    ['of more than a transfer can carry', () => ({ minutes: 100_000_000 }), 422, { code: 'ledger/unsound_minutes', path: 'body.minutes' }],
    ['of more than there are', () => ({ minutes: 301 }), 422, { code: 'ledger/overdraft', path: 'body.minutes' }],
  ];

  it.each(bad)('refuses a gift %s, and moves nothing', async (_, more, status, refusal) => {
    expect((await giver.caller.put(`${bank}/transfers/${newId()}`, gift(more())).expect(status)).body).toMatchObject(refusal);
    expect((await giver.caller.get(`${bank}/accounts/${giver.accountId}`).expect(200)).body).toMatchObject({ balanceMinutes: 300 });
  });

  it('refuses a gift to a relative who is not old enough', async () => {
    const child = await elder({ birthDate: '1990-01-01' });
    const relation = `${bank}/members/${giver.memberId}/relations/${String(child['memberId'])}`;
    await coordinator.caller.put(relation, { kind: 'child' }).expect(201);
    await giver.caller.put(`${relation}/confirmation`).expect(201);
    const sent = giver.caller.put(`${bank}/transfers/${newId()}`, gift({ toAccountId: child['accountId'] }));
    expect((await sent.expect(422)).body).toEqual({
      code: 'hours/recipient_too_young',
      parameters: { fromAge: 60 },
      path: 'body.toAccountId',
    });
    await giver.caller.put(`${bank}/transfers/${newId()}`, gift()).expect(201);
  });
});
