import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BankKind, ServiceKind } from '@timebank/contract';
import { newId } from '@timebank/kernel';
import { openApp, type TestApp, type TestCaller, type TestMember } from '@timebank/testing';

const gardening = {
  names: { 'zh-Hans': 'Gardening (zh)', en: 'Gardening' },
  riskText: { en: 'Ladders' },
  class: 'daily_living',
  riskLevel: 'medium',
  requiredQualifications: [
    { code: 'first_aid', from: '2026-01-01', until: '2026-06-30' },
    { code: 'first_aid', from: '2026-09-01' },
  ],
  usualMinutes: 90,
  helpersNeeded: 2,
  position: 12,
};

describe('the catalogue of services', () => {
  let city: TestApp;
  let admin: TestCaller;
  let bankId: string;
  let base: string;
  let otherBase: string;
  let coordinator: TestMember;
  let volunteer: TestMember;
  let client: TestMember;
  beforeAll(async () => {
    city = await openApp();
    admin = await city.signInAsCityAdmin();
    bankId = await city.openBank(admin);
    base = `/api/banks/${bankId}`;
    otherBase = `/api/banks/${await city.openBank(admin, 'Bell Tower')}`;
    coordinator = await city.register(admin, bankId, 'coordinator');
    volunteer = await city.register(admin, bankId, 'volunteer');
    client = await city.register(admin, bankId, 'client');
  });
  afterAll(() => city.close());

  const put = (code: string, body: object) => admin.put(`/api/service-kinds/${code}`, body);
  const kindsAt = async (path: string) => ((await volunteer.caller.get(path).expect(200)).body as { items: ServiceKind[] }).items;
  const bankKind = async (code: string, at = base) =>
    ((await admin.get(`${at}/service-kinds?limit=200`).expect(200)).body as { items: BankKind[] }).items.find((kind) => kind.code === code);
  const ask = (serviceKind: string, requestId = newId()) =>
    client.caller.put(`${base}/requests/${requestId}`, {
      clientId: client.memberId,
      serviceKind,
      startsAt: new Date(city.clock.now().getTime() + 3_600_000).toISOString(),
      minutes: 60,
    });

  it('has the eleven kinds, in five languages, with what they need', async () => {
    const kinds = await kindsAt('/api/service-kinds');
    expect(kinds).toHaveLength(11);
    expect(kinds.every(({ name, names }) => name === names['zh-Hans'] && Object.keys(names).length === 5)).toBe(true);
    expect(kinds.find(({ code }) => code === 'bathing')).toMatchObject({
      riskLevel: 'high',
      requiredQualification: 'personal_care',
      requiredQualifications: [{ code: 'personal_care', from: '1970-01-01', until: null }],
      usualMinutes: 60,
      class: 'daily_living',
      helpersNeeded: 1,
      openToVolunteers: true,
      isOffered: true,
      version: 1,
    });
  });

  it('is laid down and changed by the city, once, however often it is sent; who read an older version is told', async () => {
    const { body: made } = await put('gardening', gardening).expect(201);
    expect(made).toMatchObject({ code: 'gardening', name: 'Gardening (zh)', requiredQualification: 'first_aid', version: 1 });
    expect(made).toMatchObject({ riskText: { en: 'Ladders' }, helpersNeeded: 2, isOffered: true });
    expect((await put('gardening', gardening).expect(200)).body).toEqual(made);
    const changed = { ...gardening, names: { 'zh-Hans': 'Gardening (zh)' }, riskText: {}, requiredQualifications: [], version: 1 };
    expect((await put('gardening', changed).expect(200)).body).toMatchObject({
      names: { 'zh-Hans': 'Gardening (zh)' },
      riskText: {},
      version: 2,
    });
    expect((await put('gardening', { ...gardening, version: 1 }).expect(409)).body).toMatchObject({ code: 'service_kinds/stale' });
    for (const version of [undefined, 0, 3])
      expect((await put('gardening', { ...gardening, version }).expect(409)).body).toMatchObject({
        code: 'service_kinds/stale',
        path: 'body.version',
      });
    // Sent again after a lost answer, it is as it was sent.
    expect((await put('gardening', changed).expect(200)).body).toMatchObject({ version: 2, requiredQualification: null });
    const trail = await city.database.query<{ act: string; changes: unknown }>(
      `select act, changes from audit_trail where table_name = 'service_kind_name' and row_keys @> '{gardening en}' order by number`,
    );
    expect(trail.at(-1)).toMatchObject({ act: 'delete', changes: [expect.objectContaining({ name: ['Gardening', null] })] });
  });

  it.each([
    ['a code of 41 characters', 'x'.repeat(41), {}, 400, 'request/malformed', 'params.code'],
    ['a code in capitals', 'Garden', {}, 400, 'request/malformed', 'params.code'],
    ['an unknown language', 'lawn', { names: { 'zh-Hans': 'Lawn', fr: 'Pelouse' } }, 400, 'request/malformed', 'body.names.fr'],
    ['no Chinese name', 'lawn', { names: { en: 'Lawn' } }, 400, 'request/malformed', 'body.names.zh-Hans'],
    ['no minutes', 'lawn', { usualMinutes: 0 }, 400, 'request/malformed', 'body.usualMinutes'],
    ['minutes below zero', 'lawn', { usualMinutes: -60 }, 400, 'request/malformed', 'body.usualMinutes'],
    ['21 helpers', 'lawn', { helpersNeeded: 21 }, 400, 'request/malformed', 'body.helpersNeeded'],
    ['the name of another kind', 'lawn', { names: { 'zh-Hans': 'Lawn', en: 'Company' } }, 409, 'service_kinds/same_name', 'body.names.en'],
    ['that name in capitals', 'lawn', { names: { 'zh-Hans': 'Lawn', en: 'COMPANY' } }, 409, 'service_kinds/same_name', 'body.names.en'],
    ['a version that never was', 'lawn', { version: 7 }, 409, 'service_kinds/stale', 'body.version'],
    [
      'one qualification twice for a day',
      'lawn',
      { requiredQualifications: ['2026-01-01', '2026-05-01'].map((from) => ({ code: 'first_aid', from })) },
      422,
      'service_kinds/qualification_twice',
      'body.requiredQualifications',
    ],
    [
      'an end before the beginning',
      'lawn',
      { requiredQualifications: [{ code: 'first_aid', from: '2026-05-01', until: '2026-04-30' }] },
      422,
      'service_kinds/wrong_order',
      'body.requiredQualifications',
    ],
  ])('is not laid down with %s', async (_, code, more, status, refusedAs, path) => {
    const plain = { ...gardening, names: { 'zh-Hans': 'Lawn' }, riskText: {} };
    expect((await put(code, { ...plain, ...more }).expect(status)).body).toMatchObject({ code: refusedAs, path });
    expect((await kindsAt('/api/service-kinds')).map((kind) => kind.code)).not.toContain(code);
  });

  it('is switched off and adjusted by a bank for itself: nobody asks anew, what was asked for stays', async () => {
    const [before, after] = [newId(), newId()];
    await ask('company', before).expect(201);
    const off = { isOffered: false, usualMinutes: 45, position: 3 };
    expect((await admin.put(`${base}/service-kinds/company`, off).expect(201)).body).toMatchObject({
      isOffered: false,
      usualMinutes: 45,
      position: 3,
      own: { ...off, version: 1 },
    });
    expect((await admin.put(`${base}/service-kinds/company`, { ...off, version: 0 }).expect(200)).body).toMatchObject({
      own: { version: 1 },
    });
    // Who read it before the bank had anything of its own sets nothing of that aside.
    for (const version of [undefined, 0])
      expect((await admin.put(`${base}/service-kinds/company`, { isOffered: true, version }).expect(409)).body).toMatchObject({
        code: 'service_kinds/stale',
      });
    expect((await admin.put(`${base}/service-kinds/meal`, { isOffered: true, version: 1 }).expect(409)).body).toMatchObject({
      code: 'service_kinds/stale',
    });
    expect((await ask('company', after).expect(422)).body).toMatchObject({ code: 'requests/kind_not_offered', path: 'body.serviceKind' });
    await ask('company', before).expect(200);
    expect((await client.caller.get(`${base}/requests/${before}`).expect(200)).body).toMatchObject({ state: 'waiting_for_minutes' });
    expect(await bankKind('company', otherBase)).toMatchObject({ isOffered: true, usualMinutes: 60, own: null });
    expect((await admin.put(`${base}/service-kinds/company`, { isOffered: true, version: 2 }).expect(409)).body).toMatchObject({
      code: 'service_kinds/stale',
    });
    await admin.put(`${base}/service-kinds/company`, { isOffered: true, version: 1 }).expect(200);
    await ask('company', after).expect(201);
    expect(await bankKind('company')).toMatchObject({ usualMinutes: 60, own: { usualMinutes: null } });
    expect((await admin.put(`${base}/service-kinds/unheard_of`, { isOffered: true }).expect(404)).body).toMatchObject({
      code: 'service_kinds/not_found',
    });
    for (const bad of [{ usualMinutes: 0 }, { usualMinutes: 1_441 }, { position: -1 }, { isOffered: 'no' }, { more: 1 }]) {
      await admin.put(`${base}/service-kinds/company`, { isOffered: true, ...bad }).expect(400);
    }
  });

  it('ends in every bank when the city ends a kind, also where the bank has it on', async () => {
    await admin.put(`${base}/service-kinds/gardening`, { isOffered: true }).expect(201);
    await put('gardening', { ...gardening, isOffered: false, version: 2 }).expect(200);
    expect((await ask('gardening').expect(422)).body).toMatchObject({ code: 'requests/kind_not_offered' });
    expect(await bankKind('gardening')).toMatchObject({ isOffered: false });
  });

  it('asks for a qualification on the days that it names, and for each of several', async () => {
    const day = (ahead: number) => new Date(city.clock.now().getTime() + ahead * 86_400_000).toISOString().slice(0, 10);
    const needs = [
      { code: 'first_aid', from: day(10), until: day(20) },
      { code: 'personal_care', from: day(15) },
    ];
    await put('visits', { ...gardening, names: { 'zh-Hans': 'Visits' }, riskText: {}, requiredQualifications: needs }).expect(201);
    const { body: bank } = await admin.get(base).expect(200);
    const grant = { kind: 'grant', fromAccountId: bank.accounts.fund, toAccountId: client.accountId, minutes: 600 };
    await admin.put(`${base}/transfers/${newId()}`, grant).expect(201);
    const tries = async (ahead: number) => {
      const requestId = newId();
      const startsAt = new Date(city.clock.now().getTime() + ahead * 86_400_000).toISOString();
      const body = { clientId: client.memberId, serviceKind: 'visits', startsAt, minutes: 30 };
      await coordinator.caller.put(`${base}/requests/${requestId}`, body).expect(201);
      const { status: seen } = await volunteer.caller.get(`${base}/requests/${requestId}`);
      const taken = await volunteer.caller.put(`${base}/visits/${newId()}`, { requestId, volunteerId: volunteer.memberId });
      return [seen, taken.status];
    };
    const hold = (code: string) =>
      coordinator.caller.put(`${base}/members/${volunteer.memberId}/qualifications/${code}`, { validUntil: day(99) }).expect(201);
    expect([await tries(9), await tries(10)]).toEqual([
      [200, 201],
      [404, 422],
    ]);
    await hold('first_aid');
    expect([await tries(14), await tries(15), await tries(21)]).toEqual([
      [200, 201],
      [404, 422],
      [404, 422],
    ]);
    await hold('personal_care');
    expect([await tries(16), await tries(22)]).toEqual([
      [200, 201],
      [200, 201],
    ]);
  });
});
