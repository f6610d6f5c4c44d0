import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { openApp, type TestApp, type TestCaller, type TestMember } from '@timebank/testing';
import supertest from 'supertest';

/** Input that no caller of good will sends: every answer is a refusal that says where, never a fault. */
describe('bad input', () => {
  let city: TestApp;
  let admin: TestCaller;
  let bankId: string;
  let coordinator: TestMember;
  let base: string;
  beforeAll(async () => {
    city = await openApp();
    admin = await city.signInAsCityAdmin();
    bankId = await city.openBank(admin);
    coordinator = await city.register(admin, bankId, 'coordinator');
    base = `/api/banks/${bankId}`;
  });
  afterAll(() => city.close());

  const raw = (caller: TestCaller, method: 'put' | 'post', path: string, body: string): supertest.Test => {
    const sent = supertest(city.app.getHttpServer())[method](path).set('content-type', 'application/json');
    if (caller.token !== null) void sent.set('authorization', `Bearer ${caller.token}`);
    return sent.send(body);
  };

  const unstorable: [string, 'put' | 'post', () => string, string, string][] = [
    ['a password', 'post', () => '/api/sessions', '{"phone":"13812345678","password":"a%b"}', 'body.password'],
    ['a name', 'put', () => `${base}/members/${newId()}`, '{"name":"a%","birthDate":"1950-01-01","roles":["client"]}', 'body.name'],
    ['a card', 'put', () => `${base}/visits/${newId()}/scans/${newId()}`, '{"kind":"in","card":"a%"}', 'body.card'],
    [
      'a policy',
      'put',
      () => `${base}/policies/${newId()}`,
      '{"key":"x","value":["a%"],"validFrom":"2030-01-01","source":"x"}',
      'body.value.0',
    ],
    ['a field name', 'put', () => `${base}/members/${newId()}`, '{"a%":1}', 'body'],
  ];

  it.each(unstorable)('refuses NUL and half a surrogate pair in %s', async (_, method, path, body, where) => {
    const volunteer = await city.register(admin, bankId, 'volunteer');
    for (const text of ['\\u0000', '\\ud800', '\\udc00']) {
      const caller = body.includes('card') ? volunteer.caller : admin;
      const answer = await raw(caller, method, path(), body.replace('%', text)).expect(400);
      expect(answer.body).toEqual({ code: 'request/malformed', parameters: { problem: 'unstorable_text' }, path: where });
    }
  });

  it('refuses a value that nests without end', async () => {
    for (const [open, close] of [
      ['[', ']'],
      ['{"a":', '}'],
    ] as const) {
      const value = `${open.repeat(2_000)}1${close.repeat(2_000)}`;
      const answer = await raw(admin, 'put', `${base}/policies/${newId()}`, `{"key":"x","value":${value}}`).expect(400);
      expect(answer.body).toMatchObject({ code: 'request/malformed', parameters: { problem: 'too_deep' } });
    }
  });

  it('refuses days, instants and cursors that Postgres could not read', async () => {
    const { caller, memberId } = coordinator;
    await caller.get(`${base}/policies?day=0000-01-01`).expect(400);
    await caller.put(`${base}/members/${memberId}/qualifications/first_aid`, { validUntil: '0000-01-01' }).expect(400);
    for (const list of ['visits', 'requests']) {
      for (const from of ['2026-03-02T00:00:00+23:00', '2026-03-02T00:00:00-15:59', `2026-03-02T00:00:00.${'1'.repeat(60)}Z`]) {
        await caller.get(`${base}/${list}?from=${encodeURIComponent(from)}`).expect(400);
      }
      for (const instant of ['2020', '1', 'Mon', '+275760-09-12T00:00:00.000Z', '0000-01-01T00:00:00.000Z', '2026-03-02T00:00:00+23:00']) {
        const cursor = Buffer.from(JSON.stringify([instant, newId()])).toString('base64url');
        expect((await caller.get(`${base}/${list}?cursor=${cursor}`).expect(400)).body).toMatchObject({ path: 'query.cursor' });
      }
    }
  });

  it('names the unknown field, also in a cancellation and where a call takes no query', async () => {
    const { caller } = coordinator;
    const path = async (answer: supertest.Test) => ((await answer.expect(400)).body as { path: string }).path;
    expect(await path(caller.post(`${base}/requests/${newId()}/cancel`, { why: 1 }))).toBe('body.why');
    expect(await path(caller.get(`${base}?what=1`))).toBe('query.what');
    expect(await path(caller.get(`${base}/members?what=1`))).toBe('query.what');
  });

  it('pages short lists like long ones', async () => {
    for (const list of ['/api/service-kinds', '/api/banks', `${base}/members`]) {
      if (list === '/api/banks') await city.openBank(admin, 'Bell Tower');
      const all = (await admin.get(`${list}?limit=200`).expect(200)).body as { items: object[]; nextCursor: string | null };
      expect(all.nextCursor).toBeNull();
      const first = (await admin.get(`${list}?limit=1`).expect(200)).body as { items: object[]; nextCursor: string };
      const rest = (await admin.get(`${list}?limit=200&cursor=${first.nextCursor}`).expect(200)).body as {
        items: object[];
        nextCursor: null;
      };
      expect([...first.items, ...rest.items]).toEqual(all.items);
      expect([first.items.length, rest.nextCursor]).toEqual([1, null]);
    }
  });

  it('knows no bank that was never opened, to the city neither', async () => {
    const nowhere = `/api/banks/${newId()}`;
    for (const path of ['', '/members', '/requests', '/visits', '/accounts', '/policies', '/ledger/trial-balance']) {
      expect((await admin.get(`${nowhere}${path}`).expect(404)).body).toEqual({ code: 'banks/not_found', parameters: {} });
      await coordinator.caller.get(`${nowhere}${path}`).expect(404);
    }
  });

  it('takes a reason of the caller and an absent body where nothing need be said', async () => {
    const decision = { visitIds: [newId()], decision: 'reject', reasonCode: 'client-away' };
    await coordinator.caller.put(`${base}/approvals/${newId()}`, decision).expect(201);
    await coordinator.caller.put(`${base}/approvals/${newId()}`, { ...decision, reasonCode: 'two words' }).expect(400);
    const client = await city.register(admin, bankId, 'client');
    const card = await coordinator.caller.call('post', `${base}/members/${client.memberId}/cards`).expect(201);
    expect((card.body as { code: string }).code).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/);
  });
});
