import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { cityAdmin, openApp, type TestApp, type TestCaller } from '@timebank/testing';
import supertest from 'supertest';

describe('signing in over HTTP', () => {
  let city: TestApp;
  let admin: TestCaller;
  let bankId: string;
  beforeAll(async () => {
    city = await openApp({ env: { RATE_LIMIT: 'on' } });
    admin = await city.signInAsCityAdmin();
    bankId = await city.openBank(admin);
  });
  afterAll(() => city.close());

  const server = () => supertest(city.app.getHttpServer());

  it('answers a token, the member and the roles, and sets a cookie that scripts cannot read', async () => {
    const { memberId, accountId, phone, password } = await city.register(admin, bankId, 'volunteer');
    const answer = await city.anybody.post('/api/sessions', { phone, password }).expect(201);
    expect(answer.body).toEqual({
      token: expect.stringMatching(/^[\w-]{43}$/),
      member: { memberId, bankId, name: `volunteer ${phone}`, memberNumber: expect.stringMatching(/^\d{9}$/), accountId },
      roles: [{ role: 'volunteer', bankId }],
    });
    const [cookie, device] = answer.headers['set-cookie'] as unknown as string[];
    expect(device).toMatch(/^timebank_device=[\w-]{43}; Max-Age=31536000; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(cookie).toMatch(/^timebank_session=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/);
  });

  it('answers no member to the first admin', async () => {
    const { body } = await city.anybody.post('/api/sessions', cityAdmin).expect(201);
    expect(body).toMatchObject({ member: null, roles: [{ role: 'admin', bankId: null }] });
  });

  it("tells who is signed in, their banks and the product's time", async () => {
    const { memberId, caller } = await city.register(admin, bankId, 'client');
    const other = await city.openBank(admin, 'Bell Tower');
    const { body } = await caller.get('/api/me').expect(200);
    expect(body).toEqual({
      personId: memberId,
      member: expect.objectContaining({ memberId, bankId }),
      roles: [{ role: 'client', bankId }],
      banks: [{ bankId, name: 'Drum Tower', phone: '025-83330000', timeZone: 'Asia/Shanghai' }],
      secretIsOwn: true,
      now: '2026-03-02T01:00:00.000Z',
      speed: 1,
    });
    const everything = (await admin.get('/api/me').expect(200)).body as { banks: { bankId: string }[] };
    expect(everything.banks.map((bank) => bank.bankId)).toEqual(expect.arrayContaining([bankId, other]));
  });

  it('takes nobody, a made-up token and a broken header for nobody', async () => {
    const refusal = { code: 'access/not_signed_in', parameters: {} };
    expect((await city.anybody.get('/api/me').expect(401)).body).toEqual(refusal);
    for (const header of [`Bearer ${'A'.repeat(43)}`, 'Bearer', 'Basic QTpC', 'Bearer \u00e9']) {
      expect((await server().get('/api/me').set('authorization', header).expect(401)).body).toEqual(refusal);
    }
    await city.anybody.get('/api/health/live').expect(200);
  });

  it('keeps a sign-in until it is ended, here or everywhere', async () => {
    const { phone, password } = await city.register(admin, bankId, 'volunteer');
    const [first, second, third] = [
      await city.signIn(phone, password),
      await city.signIn(phone, password),
      await city.signIn(phone, password),
    ];
    await first.delete('/api/sessions/current').expect(200, { done: true });
    await first.get('/api/me').expect(401);
    await second.get('/api/me').expect(200);
    await second.delete('/api/sessions').expect(200, { done: true });
    await second.get('/api/me').expect(401);
    await third.get('/api/me').expect(401);
    await admin.get('/api/me').expect(200);
  });

  it('takes the cookie like a bearer token, but not from a page of another site', async () => {
    const { phone, password } = await city.register(admin, bankId, 'volunteer');
    const { token } = await city.signIn(phone, password);
    const cookie = `timebank_session=${token}`;
    await server().get('/api/me').set('cookie', cookie).expect(200);
    await server().delete('/api/sessions/current').set('cookie', cookie).set('origin', 'https://elsewhere.example').expect(403);
    await server().delete('/api/sessions/current').set('cookie', cookie).set('sec-fetch-site', 'same-site').expect(403);
    const answer = await server().delete('/api/sessions/current').set('cookie', cookie).set('sec-fetch-site', 'same-origin').expect(200);
    expect((answer.headers['set-cookie'] as unknown as string[])[0]).toMatch(/^timebank_session=; /);
    await server().get('/api/me').set('cookie', cookie).expect(401);
  });

  it('refuses malformed credentials without counting them', async () => {
    const bad = [{}, { phone: '123', password: 'x' }, { phone: city.freePhone() }, { phone: city.freePhone(), password: 'x', more: 1 }, []];
    for (const body of bad) await city.anybody.post('/api/sessions', body as object).expect(400);
    const { status, body } = await server().post('/api/sessions').set('content-type', 'application/json').send('{"phone":');
    expect([status, (body as { code: string }).code]).toEqual([400, 'request/malformed']);
    await server().post('/api/sessions').type('form').send('phone=1&password=2').expect(415);
    await server().post('/api/sessions').type('text/plain').send('{"phone":"13800000000","password":"x"}').expect(415);
    await server().post('/api/sessions').type('application/json').send('{"__proto__":{"phone":1}}').expect(400);
    await server().delete('/api/sessions/current').type('application/json').expect(401);
  });

  it('answers the eleventh wrong attempt of a phone, known or not, with 429 and when to come back', async () => {
    const { phone, password } = await city.register(admin, bankId, 'volunteer');
    for (const tried of [phone, city.freePhone()]) {
      for (let attempt = 0; attempt < 10; attempt += 1) {
        const { body } = await city.anybody.post('/api/sessions', { phone: tried, password: 'wrong password' }).expect(401);
        expect(body).toEqual({ code: 'access/wrong_credentials', parameters: {} });
      }
      const blocked = await city.anybody.post('/api/sessions', { phone: tried, password }).expect(429);
      expect((blocked.body as { code: string }).code).toBe('access/too_many_attempts');
      expect(Number(blocked.headers['retry-after'])).toBeGreaterThan(800);
    }
  });

  it('gives, shows and takes roles for those who may', async () => {
    const coordinator = await city.register(admin, bankId, 'coordinator');
    const { memberId, caller } = await city.register(admin, bankId, 'volunteer');
    const base = `/api/banks/${bankId}`;
    await coordinator.caller.put(`${base}/coordinators/${memberId}`).expect(403);
    await admin.put(`${base}/roles/${memberId}/admin`).expect(201, { role: 'admin', bankId });
    await admin.put(`${base}/roles/${memberId}/admin`).expect(200, { role: 'admin', bankId });
    await caller.put(`${base}/roles/${coordinator.memberId}/auditor`).expect(201);
    await caller.put(`${base}/roles/${coordinator.memberId}/admin`).expect(403);
    await caller.put(`/api/roles/${memberId}/admin`).expect(403);
    await admin.put(`${base}/roles/${memberId}/emperor`).expect(400);
    await admin.put(`${base}/coordinators/${newId()}`).expect(404);
    await admin.delete(`${base}/roles/${memberId}/admin`).expect(200);
    await caller.put(`${base}/roles/${coordinator.memberId}/auditor`).expect(403);
    await admin.put(`/api/roles/${memberId}/auditor`).expect(201, { role: 'auditor', bankId: null });
    const other = await city.openBank(admin);
    await caller.get(`/api/banks/${other}`).expect(200);
    await admin.delete(`/api/roles/${memberId}/auditor`).expect(200);
    await caller.get(`/api/banks/${other}`).expect(404);
    const { personId } = (await admin.get('/api/me')).body as { personId: string };
    expect((await admin.delete(`/api/roles/${personId}/admin`).expect(409)).body).toMatchObject({ code: 'access/last_admin' });
  });
});

describe('signing in over https', () => {
  it('binds the cookie to the host and to encrypted connections', async () => {
    const city = await openApp({ env: { PUBLIC_URL: 'https://bank.example' } });
    try {
      const answer = await city.anybody.post('/api/sessions', cityAdmin).expect(201);
      const [cookie] = answer.headers['set-cookie'] as unknown as string[];
      expect(cookie).toMatch(/^__Host-timebank_session=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
      const name = (cookie as string).split(';')[0] as string;
      await supertest(city.app.getHttpServer()).get('/api/me').set('cookie', name).expect(200);
      await supertest(city.app.getHttpServer()).get('/api/me').set('cookie', name.replace('__Host-', '')).expect(401);
    } finally {
      await city.close();
    }
  });
});

describe('the limit of an address', () => {
  it('is six hundred searches a minute, by whatever method', async () => {
    const city = await openApp({ env: { RATE_LIMIT: 'on' } });
    try {
      for (let attempt = 0; attempt < 300; attempt += 1) {
        await city.anybody.get('/api/documents/search').expect(400);
        await supertest(city.app.getHttpServer()).head('/api/documents/%73earch').expect(400);
      }
      const limited = await city.anybody.get('/api/documents/search?q=Nanjing').expect(429);
      expect(limited.body).toMatchObject({ code: 'request/too_many' });
      expect(Number(limited.headers['retry-after'])).toBeGreaterThan(0);
      await city.anybody.get('/api/documents').expect(404);
      await city.anybody.post('/api/sessions', {}).expect(400);
    } finally {
      await city.close();
    }
  });

  it('B7: is sixty sign-ins a minute that fail; right ones are not counted, nor is anything else', async () => {
    const city = await openApp({ env: { RATE_LIMIT: 'on' } });
    try {
      for (let turn = 0; turn < 61; turn += 1) await city.anybody.post('/api/sessions', cityAdmin).expect(201);
      for (let attempt = 0; attempt < 60; attempt += 1) await city.anybody.post('/api/sessions', {}).expect(400);
      const limited = await city.anybody.post('/api/sessions/codes', { phone: city.freePhone() }).expect(429);
      expect(limited.body).toMatchObject({ code: 'request/too_many' });
      expect(Number(limited.headers['retry-after'])).toBeGreaterThan(0);
      await city.anybody.post('/api/%73essions', {}).expect(429);
      await city.anybody.post('/api/sessions', {}).set('x-forwarded-for', '203.0.113.9').expect(429);
      for (let call = 0; call < 80; call += 1) await city.anybody.get('/api/health/live').expect(200);
      await city.anybody.get('/api/me').expect(401);
    } finally {
      await city.close();
    }
  });

  it('B9: is what a trusted proxy says in the last place, and nothing that a client wrote before', async () => {
    const city = await openApp({ env: { RATE_LIMIT: 'on', TRUSTED_PROXIES: '127.0.0.1', PUBLIC_URL: 'https://bank.example' } });
    try {
      const from = (forwarded: string) => city.anybody.post('/api/sessions', {}).set('x-forwarded-for', forwarded);
      for (let attempt = 0; attempt < 60; attempt += 1) await from(`10.0.0.${attempt}, 203.0.113.9`).expect(400);
      expect((await from('10.9.9.9, 203.0.113.9')).status).toBe(429);
      expect((await from('203.0.113.9, 203.0.113.10')).status).toBe(400);
    } finally {
      await city.close();
    }
  });
});
