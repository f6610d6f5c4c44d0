import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { CodeSender } from '@timebank/access';
import { DeliverNotices } from '@timebank/notices';
import { newId } from '@timebank/kernel';
import { openApp, type TestApp, type TestCaller, type TestMember } from '@timebank/testing';

describe('passwords and sign-ins over HTTP', () => {
  let city: TestApp;
  let admin: TestCaller;
  let bankId: string;
  let base: string;
  let coordinator: TestMember;
  let colleague: TestMember;
  const codes = new Map<string, string>();
  const told: [string, string][] = [];
  beforeAll(async () => {
    city = await openApp();
    const sender = city.app.get(CodeSender as never, { strict: false }) as CodeSender;
    jest.spyOn(sender, 'send').mockImplementation(async (phone, code) => void codes.set(phone, code));
    jest.spyOn(sender, 'tell').mockImplementation(async (phone, news) => void told.push([phone, news]));
    admin = await city.signInAsCityAdmin();
    bankId = await city.openBank(admin);
    base = `/api/banks/${bankId}`;
    [coordinator, colleague] = [await city.register(admin, bankId, 'coordinator'), await city.register(admin, bankId, 'coordinator')];
  });
  afterAll(() => city.close());

  const resets = (memberId: string) => `${base}/members/${memberId}/sign-in-resets`;
  const secretIsOwn = async (caller: TestCaller) =>
    ((await caller.get('/api/me').expect(200)).body as { secretIsOwn: boolean }).secretIsOwn;
  async function noticesOf(caller: TestCaller): Promise<string[]> {
    await city.app.get(DeliverNotices, { strict: false }).run(bankId);
    return ((await caller.get('/api/me/notices').expect(200)).body as { items: { kind: string }[] }).items.map(({ kind }) => kind);
  }
  const reset = (phone: string, newPassword: string, code = codes.get(phone)) =>
    city.anybody.post('/api/sessions/resets', { phone, code, newPassword });
  const donate = async (giver: TestMember) => {
    const pool = ((await admin.get(base).expect(200)).body as { accounts: { pool: string } }).accounts.pool;
    const body = { kind: 'donation', fromAccountId: giver.accountId, toAccountId: pool, minutes: 10 };
    return giver.caller.put(`${base}/transfers/${newId()}`, body);
  };
  const grant = async (to: TestMember) => {
    const { fund } = ((await admin.get(base).expect(200)).body as { accounts: { fund: string } }).accounts;
    await admin
      .put(`${base}/transfers/${newId()}`, { kind: 'grant', fromAccountId: fund, toAccountId: to.accountId, minutes: 60 })
      .expect(201);
  };

  it('B1: lets staff begin a reset and the person choose: no member of staff learns the secret, and the person is told', async () => {
    const member = await city.register(coordinator.caller, bankId, 'volunteer');
    await coordinator.caller.patch(`${base}/members/${member.memberId}`, { version: 1, password: 'taken over now' }).expect(403);
    const started = await coordinator.caller.post(resets(member.memberId)).expect(201);
    expect(Object.keys(started.body as object)).toEqual(['expiresAt']);
    expect(await noticesOf(member.caller)).toContain('sign_in_reset');
    expect((await reset(member.phone, '12345678').expect(422)).body).toMatchObject({
      code: 'access/password_common',
      path: 'body.newPassword',
    });
    expect((await reset(member.phone, 'a new one for me', '000000').expect(401)).body).toMatchObject({ code: 'access/wrong_code' });
    const { body } = await reset(member.phone, 'a new one for me').expect(201);
    expect(body).toMatchObject({ token: expect.any(String), member: { memberId: member.memberId } });
    await member.caller.get('/api/me').expect(401);
    await reset(member.phone, 'and once more').expect(401);
    await city.anybody.post('/api/sessions', { phone: member.phone, password: member.password }).expect(401);
    const again = await city.signIn(member.phone, 'a new one for me');
    expect(await noticesOf(again)).toContain('password_changed');
    expect(told).toContainEqual([member.phone, 'password_changed']);
    const acts = await city.database.query('select kind, how, started_by, used_at from sign_in_act where person_id = $1', [
      member.memberId,
    ]);
    expect(acts).toEqual([{ kind: 'reset', how: 'text', started_by: coordinator.memberId, used_at: expect.any(Date) }]);
  });

  it('B1: shows a code for the counter to the second of two, once, and to nobody else', async () => {
    const member = await city.register(admin, bankId, 'volunteer');
    const start = (by: TestMember, body: object = { counter: true }) => by.caller.post(resets(member.memberId), body);
    expect((await start(coordinator).expect(202)).body).toEqual({ state: 'waits', until: expect.any(String) });
    await start(coordinator).expect(202);
    const { body } = await start(colleague).expect(201);
    expect(body).toEqual({ expiresAt: expect.any(String), code: expect.stringMatching(/^\d{6}$/) });
    await start(colleague).expect(202);
    expect(codes.has(member.phone)).toBe(false);
    expect(told).toContainEqual([member.phone, 'reset_started']);
    await reset(member.phone, 'at the counter today', (body as { code: string }).code).expect(201);
  });

  it('B1: opens a sign-in for who has none only by two, and never for who stands above', async () => {
    const [memberId, phone] = [newId(), city.freePhone()];
    const person = { name: 'Without a sign-in', birthDate: '1944-02-03', roles: ['client'], phone };
    await coordinator.caller.put(`${base}/members/${memberId}`, person).expect(201);
    await coordinator.caller.post(resets(memberId)).expect(202);
    await colleague.caller.post(resets(memberId)).expect(201);
    const { token } = (await reset(phone, 'my very own words').expect(201)).body as { token: string };
    expect(token).toMatch(/^[\w-]{43}$/);
    const head = await city.register(admin, bankId, 'volunteer');
    await admin.put(`${base}/roles/${head.memberId}/admin`).expect(201);
    await coordinator.caller.post(resets(head.memberId)).expect(403);
    await head.caller.post(resets(coordinator.memberId)).expect(201);
    await coordinator.caller.post(resets(newId())).expect(404);
    await city.anybody.post(resets(memberId)).expect(401);
  });

  it('B1: a password given at registration works at once, and nothing is given away until it is replaced', async () => {
    const [memberId, phone] = [newId(), city.freePhone()];
    const person = { name: 'New here', birthDate: '1951-02-03', roles: ['volunteer'], phone, password: 'given at the desk' };
    const { accountId } = (await coordinator.caller.put(`${base}/members/${memberId}`, person).expect(201)).body as { accountId: string };
    const caller = await city.signIn(phone, 'given at the desk');
    const member: TestMember = { memberId, accountId, phone, password: 'given at the desk', caller };
    await grant(member);
    expect(await secretIsOwn(caller)).toBe(false);
    expect((await donate(member)).body).toMatchObject({ code: 'access/secret_not_own' });
    await caller.put('/api/me/password', { oldPassword: 'given at the desk', newPassword: 'chosen at home' }).expect(200, { done: true });
    expect(await secretIsOwn(caller)).toBe(true);
    expect((await donate(member)).status).toBe(201);
  });

  it('B1: gives nothing away for fourteen days after a reset that staff began', async () => {
    const member = await city.register(admin, bankId, 'volunteer');
    await grant(member);
    await coordinator.caller.post(resets(member.memberId)).expect(201);
    expect((await donate(member)).status).toBe(201);
    const { token } = (await reset(member.phone, 'chosen after the call').expect(201)).body as { token: string };
    const caller = Object.assign(Object.create(Object.getPrototypeOf(member.caller)), member.caller, { token }) as TestCaller;
    const giver = { ...member, caller };
    const refused = await donate(giver);
    expect([refused.status, refused.body]).toEqual([422, { code: 'access/sign_in_changed', parameters: { until: expect.any(String) } }]);
    const before = city.clock.now();
    city.clock.set(new Date(before.getTime() + 14 * 86_400_000 + 1_000));
    expect((await donate(giver)).status).toBe(201);
  });

  it('B6: changes one’s own password for the old one, and ends the other sign-ins', async () => {
    const member = await city.register(admin, bankId, 'volunteer');
    const other = await city.signIn(member.phone, member.password);
    const change = (body: object) => member.caller.put('/api/me/password', body);
    const wrong = await change({ oldPassword: 'not this one', newPassword: 'a new one for me' }).expect(422);
    expect(wrong.body).toMatchObject({ code: 'access/wrong_old_password', path: 'body.oldPassword' });
    for (const [newPassword, code] of [
      ['password', 'access/password_common'],
      [member.phone, 'access/password_own_data'],
    ] as const)
      expect((await change({ oldPassword: member.password, newPassword }).expect(422)).body).toMatchObject({ code });
    await change({ oldPassword: member.password, newPassword: 'short' }).expect(400);
    await other.get('/api/me').expect(200);
    await change({ oldPassword: member.password, newPassword: 'a new one for me' }).expect(200);
    await member.caller.get('/api/me').expect(200);
    await other.get('/api/me').expect(401);
    const staff = await coordinator.caller
      .put('/api/me/password', { oldPassword: coordinator.password, newPassword: 'twelve chars' })
      .expect(422);
    expect(staff.body).toMatchObject({ code: 'access/password_too_short', parameters: { leastCharacters: 15 } });
  });

  it('B6: refuses a common password and one’s own phone at registration', async () => {
    const phone = city.freePhone();
    const person = { name: 'Somebody', birthDate: '1953-02-03', roles: ['volunteer'], phone };
    for (const password of ['12345678', 'password', phone]) {
      const { body } = await coordinator.caller.put(`${base}/members/${newId()}`, { ...person, password }).expect(422);
      expect(body).toMatchObject({ code: expect.stringMatching(/^access\/password_/), path: 'body.password' });
    }
  });

  it('B6: lists one’s sign-ins, ends one, and nobody else’s', async () => {
    const member = await city.register(admin, bankId, 'volunteer');
    const phone = 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36';
    await city.anybody.post('/api/sessions', { phone: member.phone, password: member.password }).set('user-agent', phone).expect(201);
    const list = async (caller: TestCaller) =>
      (
        (await caller.get('/api/me/sessions').expect(200)).body as {
          items: { sessionId: string; device: string | null; current: boolean }[];
        }
      ).items;
    const items = await list(member.caller);
    expect(items.map(({ device, current }) => [device, current])).toEqual(
      expect.arrayContaining([
        ['Chrome · Android', false],
        [null, true],
      ]),
    );
    const other = items.find(({ current }) => !current)?.sessionId ?? '';
    await coordinator.caller.delete(`/api/me/sessions/${other}`).expect(404);
    await member.caller.delete(`/api/me/sessions/${other}`).expect(200, { done: true });
    await member.caller.delete(`/api/me/sessions/${other}`).expect(404);
    expect((await list(member.caller)).map(({ current }) => current)).toEqual([true]);
  });

  it('F11: lets the first admin of the city, who is no member, change the password', async () => {
    const first = await city.signInAsCityAdmin();
    await first.put('/api/me/password', { oldPassword: 'the first admin of all', newPassword: 'still the first of all' }).expect(200);
    await city.signIn('13500000000', 'still the first of all');
  });
});
