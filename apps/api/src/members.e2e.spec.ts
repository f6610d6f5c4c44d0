import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { openApp, type TestApp, type TestCaller, type TestMember } from '@timebank/testing';

describe('banks and members over HTTP', () => {
  let city: TestApp;
  let admin: TestCaller;
  let bankId: string;
  let coordinator: TestMember;
  let stranger: TestMember;
  beforeAll(async () => {
    city = await openApp();
    admin = await city.signInAsCityAdmin();
    bankId = await city.openBank(admin);
    coordinator = await city.register(admin, bankId, 'coordinator');
    stranger = await city.register(admin, await city.openBank(admin, 'Bell Tower'), 'coordinator');
  });
  afterAll(() => city.close());

  const path = (memberId: string, rest = '') => `/api/banks/${bankId}/members/${memberId}${rest}`;
  let serial = 0;
  const person = (given: object = {}) => ({ name: `Person ${(serial += 1)}`, birthDate: '1948-05-01', roles: ['volunteer'], ...given });
  const refusal = (code: string, parameters: object = expect.anything() as object) => expect.objectContaining({ code, parameters });

  it('opens a bank for the city admin only, once for an id', async () => {
    const [id, body] = [newId(), { name: 'Gate Tower', phone: '025-1234567', timeZone: 'Asia/Shanghai' }];
    await city.anybody.put(`/api/banks/${id}`, body).expect(401);
    expect((await coordinator.caller.put(`/api/banks/${id}`, body).expect(404)).body).toEqual(refusal('request/not_found', {}));
    await coordinator.caller.put(`/api/banks/${bankId}`, body).expect(403);
    const first = await admin.put(`/api/banks/${id}`, body).expect(201);
    expect(first.body).toEqual({
      bankId: id,
      ...body,
      version: 1,
      accounts: { fund: expect.any(String), pool: expect.any(String), honour: expect.any(String) },
    });
    expect((await admin.put(`/api/banks/${id}`, body).expect(200)).body).toEqual(first.body);
    expect((await admin.put(`/api/banks/${id.toUpperCase()}`, body).expect(200)).body).toEqual(first.body);
    expect((await admin.put(`/api/banks/${id}`, { ...body, name: 'Other' }).expect(409)).body).toEqual(refusal('banks/id_reused', {}));
    await admin.put(`/api/banks/${newId()}`, { ...body, timeZone: 'Asia/Nowhere' }).expect(400);
    await admin.get(`/api/banks/${newId()}`).expect(404);
  });

  it('shows and changes a bank to those who belong to it', async () => {
    expect((await coordinator.caller.get(`/api/banks/${bankId}`).expect(200)).body).toMatchObject({ bankId });
    await coordinator.caller.patch(`/api/banks/${bankId}`, { version: 1, name: 'New' }).expect(403);
    await stranger.caller.get(`/api/banks/${bankId}`).expect(404);
    await admin.patch(`/api/banks/${bankId}`, { version: 7, name: 'New' }).expect(409);
    const { body } = await coordinator.caller.get('/api/banks').expect(200);
    expect(body).toMatchObject({ items: [{ bankId }], nextCursor: null });
  });

  it('D10: asks whether two banks are to share a name, in whatever spelling, and changes a name, a phone and an address', async () => {
    const body = { name: 'Long River', phone: '025-1234567', timeZone: 'Asia/Shanghai' };
    const [first, second] = [newId(), newId()];
    await admin.put(`/api/banks/${first}`, body).expect(201);
    const like = { ...body, name: 'LONG\u3000river' };
    expect((await admin.put(`/api/banks/${second}`, like).expect(409)).body).toMatchObject({ code: 'banks/same_name', path: 'body.name' });
    await admin.get(`/api/banks/${second}`).expect(404);
    await admin.put(`/api/banks/${second}`, { ...like, sameName: false }).expect(400);
    await admin.put(`/api/banks/${second}`, { ...like, sameName: true }).expect(201);
    await admin.put(`/api/banks/${second}`, like).expect(200);
    const other = newId();
    await admin.put(`/api/banks/${other}`, { ...body, name: 'Short River' }).expect(201);
    const patch = (more: object) => admin.patch(`/api/banks/${other}`, { version: 1, ...more });
    expect((await patch({ name: 'Long River' }).expect(409)).body).toMatchObject({ code: 'banks/same_name' });
    await patch({ name: 'SHORT River', phone: '12349', address: 'Ninghai Road 12' }).expect(200);
    const read = async () => (await admin.get(`/api/banks/${other}`).expect(200)).body as object;
    expect(await read()).toMatchObject({ name: 'SHORT River', phone: '12349', address: 'Ninghai Road 12', version: 2 });
    await patch({ version: 2, name: 'Long River', sameName: true, address: null }).expect(200);
    expect(await read()).not.toHaveProperty('address');
  });

  it('lays down policy for a bank and the city, and shows what is in force', async () => {
    const row = { key: 'visitCapMinutes', value: 200, validFrom: '2026-03-02', source: 'council' };
    const policyId = newId();
    await coordinator.caller.put(`/api/banks/${bankId}/policies/${policyId}`, row).expect(403);
    const first = await admin.put(`/api/banks/${bankId}/policies/${policyId}`, row).expect(201);
    expect(first.body).toEqual({ policyId, bankId, ...row, recordedAt: '2026-03-02T01:00:00.000Z', withdrawnAt: null });
    await admin.put(`/api/banks/${bankId}/policies/${policyId}`, row).expect(200, first.body);
    await admin.put(`/api/banks/${bankId}/policies/${newId()}`, { ...row, validFrom: '2026-03-01' }).expect(422);
    await admin.put(`/api/policies/${newId()}`, { ...row, key: 'dayCapMinutes', value: 300 }).expect(201);
    const { body } = await coordinator.caller.get(`/api/banks/${bankId}/policies`).expect(200);
    expect(body).toMatchObject({ day: '2026-03-02', inForce: { visitCapMinutes: 200, dayCapMinutes: 300, giftRecipientFromAge: 60 } });
    await stranger.caller.get(`/api/banks/${bankId}/policies`).expect(404);
  });

  it("registers a member once, for the bank's coordinator and admins", async () => {
    const [memberId, body] = [newId(), person({ phone: city.freePhone(), password: 'a good long password' })];
    await city.anybody.put(path(memberId), body).expect(401);
    await stranger.caller.put(path(memberId), body).expect(404);
    const volunteer = await city.register(admin, bankId, 'volunteer');
    await volunteer.caller.put(path(memberId), body).expect(403);
    const first = await coordinator.caller.put(path(memberId), body).expect(201);
    expect(first.body).toMatchObject({ memberId, bankId, roles: ['volunteer'], canSignIn: true, accountId: expect.any(String) });
    expect(first.body).not.toHaveProperty('password');
    expect((await coordinator.caller.put(path(memberId), { ...body, password: 'another good one' }).expect(200)).body).toEqual(first.body);
    expect((await admin.put(path(memberId), { ...body, birthDate: '1949-05-01' }).expect(409)).body).toEqual(
      refusal('members/id_reused', {}),
    );
    expect((await coordinator.caller.put(path(newId()), { ...body, phone: undefined, password: undefined }).expect(409)).body).toEqual(
      refusal('members/duplicate', { memberId }),
    );
  });

  it('says which member has a sign-in phone only within the bank, and never the name', async () => {
    const { memberId, phone } = await city.register(admin, bankId, 'volunteer');
    const body = person({ phone, password: 'a good long password' });
    expect((await coordinator.caller.put(path(newId()), body).expect(409)).body).toEqual({
      code: 'members/phone_in_use',
      parameters: { memberId },
      path: 'body.phone',
    });
    const elsewhere = (await stranger.caller.get('/api/me')).body as { member: { bankId: string } };
    const other = await stranger.caller.put(`/api/banks/${elsewhere.member.bankId}/members/${newId()}`, body).expect(409);
    expect(other.body).toEqual({ code: 'members/phone_in_use', parameters: {}, path: 'body.phone' });
    const phoneless = await coordinator.caller.put(path(newId()), person({ password: 'a good long password' })).expect(422);
    expect(phoneless.body).toMatchObject({ code: 'members/phone_needed' });
  });

  it("refuses malformed messages with the field's path", async () => {
    const cases: [object, string][] = [
      [person({ nickname: 'x' }), 'body.nickname'],
      [person({ name: 'a\u0000b' }), 'body.name'],
      [person({ name: 'a\ud800b' }), 'body.name'],
      [person({ name: '   ' }), 'body.name'],
      [person({ name: 'x'.repeat(101) }), 'body.name'],
      [person({ birthDate: '1948-02-30' }), 'body.birthDate'],
      [person({ birthDate: '1700-01-01' }), 'body.birthDate'],
      [person({ roles: [] }), 'body.roles'],
      [person({ roles: ['coordinator'] }), 'body.roles.0'],
      [person({ phone: '12345' }), 'body.phone'],
      [person({ phone: city.freePhone(), password: 'short' }), 'body.password'],
    ];
    for (const [body, where] of cases) {
      const answer = await coordinator.caller.put(path(newId()), body).expect(400);
      expect(answer.body).toMatchObject({ code: 'request/malformed', path: where });
    }
    await coordinator.caller.put(path('not-an-id'), person()).expect(400);
    await coordinator.caller.put(path(newId()), [] as object).expect(400);
    await coordinator.caller.get(path('', '').slice(0, -1) + '?limit=201').expect(400);
    await coordinator.caller.get(path('', '').slice(0, -1) + '?order=age').expect(400);
  });

  it('keeps names of every script as they are', async () => {
    const names = ['שרה לוי', 'Nguye\u0302\u0303n', '👩‍🦽 Rosa', "O'Brien; drop table member --", '<b>bold</b>', '%_\\'];
    for (const name of names) {
      const { body } = await coordinator.caller.put(path(newId()), person({ name })).expect(201);
      expect((body as { name: string }).name).toBe(name.normalize('NFC'));
      const found = await coordinator.caller.get(`/api/banks/${bankId}/members?search=${encodeURIComponent(name)}`).expect(200);
      expect((found.body as { items: { name: string }[] }).items.map((item) => item.name)).toContain(name.normalize('NFC'));
    }
  });

  it('lists members in pages to staff, and a member to themselves', async () => {
    const volunteer = await city.register(admin, bankId, 'volunteer');
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const query: string = cursor === null ? '' : `&cursor=${cursor}`;
      const { body } = await coordinator.caller.get(`/api/banks/${bankId}/members?limit=4${query}`).expect(200);
      const page = body as { items: { memberId: string; birthDate: string }[]; nextCursor: string | null };
      seen.push(...page.items.map((item) => item.memberId));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual(expect.arrayContaining([coordinator.memberId, volunteer.memberId]));
    await volunteer.caller.get(`/api/banks/${bankId}/members`).expect(403);
    await volunteer.caller.get(path(volunteer.memberId)).expect(200);
    await volunteer.caller.get(path(coordinator.memberId)).expect(403);
    await stranger.caller.get(path(volunteer.memberId)).expect(404);
    await coordinator.caller.get(path(newId())).expect(404);
  });

  it('changes a member for who saw the last version, and bars one at once', async () => {
    const volunteer = await city.register(admin, bankId, 'volunteer');
    const renamed = await coordinator.caller.patch(path(volunteer.memberId), { version: 1, name: 'Renamed once' }).expect(200);
    expect(renamed.body).toMatchObject({ name: 'Renamed once', version: 2 });
    expect((await coordinator.caller.patch(path(volunteer.memberId), { version: 1, name: 'Late' }).expect(409)).body).toEqual({
      code: 'members/stale',
      parameters: { version: 2 },
      path: 'body.version',
    });
    await stranger.caller.patch(path(volunteer.memberId), { version: 2, disabled: true }).expect(404);
    await volunteer.caller.get('/api/me').expect(200);
    await coordinator.caller.patch(path(volunteer.memberId), { version: 2, disabled: true }).expect(200);
    await volunteer.caller.get('/api/me').expect(401);
    await city.anybody.post('/api/sessions', { phone: volunteer.phone, password: volunteer.password }).expect(401);
  });

  it('relates and qualifies members for the coordinator', async () => {
    const [one, other] = [await city.register(admin, bankId, 'volunteer'), await city.register(admin, bankId, 'client')];
    const relation = path(one.memberId, `/relations/${other.memberId}`);
    await one.caller.put(relation, { kind: 'parent' }).expect(403);
    await coordinator.caller.put(relation, { kind: 'parent' }).expect(201);
    await coordinator.caller.put(relation, { kind: 'parent' }).expect(200);
    await coordinator.caller.put(relation, { kind: 'sibling' }).expect(409);
    await coordinator.caller.put(relation, { kind: 'friend' }).expect(400);
    await coordinator.caller.put(path(one.memberId, `/relations/${stranger.memberId}`), { kind: 'sibling' }).expect(404);
    await coordinator.caller.put(path(one.memberId, '/qualifications/bathing'), { validUntil: '2027-01-01' }).expect(201);
    await coordinator.caller.put(path(one.memberId, '/qualifications/bathing'), { validUntil: '2027-01-01' }).expect(200);
    expect((await coordinator.caller.get(path(one.memberId)).expect(200)).body).toMatchObject({
      qualifications: [{ code: 'bathing', validUntil: '2027-01-01' }],
      relations: [{ memberId: other.memberId, kind: 'parent' }],
    });
    expect((await coordinator.caller.get(path(other.memberId)).expect(200)).body).toMatchObject({
      relations: [{ memberId: one.memberId, kind: 'child' }],
    });
  });

  it('D10: puts a wrong name or birth date right, with a reason, and keeps what stood there before', async () => {
    const member = await city.register(admin, bankId, 'client');
    const [name, twin] = [`client ${member.phone}`, { name: 'Sun Yi', birthDate: '1951-04-05', roles: ['client'] }];
    await coordinator.caller.put(path(newId()), twin).expect(201);
    const patch = (more: object, caller = coordinator.caller) => caller.patch(path(member.memberId), { version: 1, ...more });
    const wrong = ((await coordinator.caller.get(path(member.memberId)).expect(200)).body as { birthDate: string }).birthDate;
    expect((await patch({ birthDate: '1951-04-05' }).expect(422)).body).toMatchObject({
      code: 'members/reason_needed',
      path: 'body.reasonCode',
    });
    const why = { reasonCode: 'correction', note: 'Her identity card' };
    expect((await patch({ birthDate: '1951-04-05', name: 'sun-yi', ...why }).expect(409)).body).toMatchObject({
      code: 'members/duplicate',
    });
    await patch({ birthDate: '2951-04-05', ...why }).expect(400);
    await patch({ birthDate: '1951-04-05', ...why }, member.caller).expect(403);
    const listed = async () => (await coordinator.caller.get(path(member.memberId, '/corrections')).expect(200)).body.items as object[];
    expect(await listed()).toEqual([]);
    await patch({ birthDate: '1951-04-05', ...why }).expect(200);
    await patch({ version: 2, name: 'Sun Er' }).expect(200);
    const by = { byName: `coordinator ${coordinator.phone}`, at: expect.any(String) as unknown };
    expect(await listed()).toEqual([
      { field: 'name', before: name, after: 'Sun Er', reasonCode: null, note: null, ...by },
      { field: 'birthDate', before: wrong, after: '1951-04-05', ...why, ...by },
    ]);
    await member.caller.get(path(member.memberId, '/corrections')).expect(403);
    await stranger.caller.get(path(member.memberId, '/corrections')).expect(404);
    const own = (await coordinator.caller.get(path(coordinator.memberId)).expect(200)).body as { version: number };
    const self = { version: own.version, birthDate: '1931-04-05', ...why };
    expect((await coordinator.caller.patch(path(coordinator.memberId), self).expect(403)).body).toMatchObject({ path: 'body.birthDate' });
  });
});
