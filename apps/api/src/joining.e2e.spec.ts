import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { CodeSender } from '@timebank/access';
import { newId } from '@timebank/kernel';
import { openApp, type TestApp, type TestCaller, type TestMember } from '@timebank/testing';

type Line = { applicationId: string; name: string; version: number; likely: { memberId: string; by: string[] }[]; checked: object | null };

describe('joining by oneself', () => {
  let city: TestApp;
  let admin: TestCaller;
  let bankId: string;
  let base: string;
  let desk: TestMember;
  const codes = new Map<string, string>();
  const told: [string, string][] = [];
  let phones = 13_922_220_000;

  beforeAll(async () => {
    city = await openApp({ env: { RATE_LIMIT: 'off' } });
    const sender = city.app.get(CodeSender as never, { strict: false }) as CodeSender;
    jest.spyOn(sender, 'send').mockImplementation(async (phone, code) => void codes.set(phone, code));
    jest.spyOn(sender, 'tell').mockImplementation(async (phone, news) => void told.push([phone, news]));
    admin = await city.signInAsCityAdmin();
    bankId = await city.openBank(admin);
    base = `/api/banks/${bankId}`;
    desk = await city.register(admin, bankId, 'coordinator');
  });
  afterAll(() => city.close());

  const said = { name: 'Lin Yue', birthDate: '1960-05-01', roles: ['volunteer'], textVersion: 1, language: 'zh-Hans' };
  const at = (applicationId: string) => `/api/joining/${bankId}/applications/${applicationId}`;
  const newPhone = () => String((phones += 1));
  async function codeFor(phone: string): Promise<string> {
    await city.anybody.post(`/api/joining/${bankId}/codes`, { phone }).expect(201);
    return codes.get(phone) as string;
  }
  async function apply(more: object = {}, phone = newPhone()) {
    const [applicationId, code] = [newId(), await codeFor(phone)];
    return { applicationId, phone, code, answer: await city.anybody.put(at(applicationId), { ...said, phone, code, ...more }) };
  }
  const waiting = async () => ((await desk.caller.get(`${base}/applications?limit=200`).expect(200)).body as { items: Line[] }).items;
  const one = async (applicationId: string) => (await waiting()).find((line) => line.applicationId === applicationId) as Line;

  it('takes somebody in: phone, code, seen by the desk, and then signs in by a code', async () => {
    const { body: bank } = await city.anybody.get(`/api/joining/${bankId}`).expect(200);
    expect(bank).toMatchObject({ bankId, bankName: expect.any(String), bankPhone: expect.any(String) });
    const { body: known } = await desk.caller.get(`${base}/members/${desk.memberId}`).expect(200);
    await city.anybody.get(`/api/joining/${(known as { memberNumber: string }).memberNumber.slice(0, -6)}`).expect(200);
    const identityNumber = '110105196005010014';
    const { applicationId, phone, code, answer } = await apply({ identityNumber, consents: [{ purpose: 'photo', granted: true }] });
    expect([answer.status, answer.body]).toEqual([201, expect.objectContaining({ applicationId, state: 'applied' })]);
    await city.anybody
      .put(at(applicationId), { ...said, phone, code, identityNumber, consents: [{ purpose: 'photo', granted: true }] })
      .expect(200);
    await city.anybody.put(at(applicationId), { ...said, phone, code, name: 'Somebody Else' }).expect(409);
    // Nothing of them is a member's yet.
    await desk.caller.get(`${base}/members/${applicationId}`).expect(404);
    const path = `${base}/applications/${applicationId}`;
    expect((await desk.caller.post(`${path}/accept`, { version: 1 }).expect(409)).body).toMatchObject({ code: 'joining/not_checked' });
    await desk.caller.post(`${path}/check`, { way: 'document' }).expect(200);
    expect((await one(applicationId)).checked).toMatchObject({ way: 'document' });
    expect((await desk.caller.post(`${path}/accept`, { version: 1 }).expect(409)).body).toMatchObject({ code: 'joining/stale' });
    await desk.caller.post(`${path}/accept`, { version: 2 }).expect(200);
    expect((await desk.caller.post(`${path}/accept`, { version: 3 }).expect(409)).body).toMatchObject({ code: 'joining/already_decided' });
    expect(told).toContainEqual([phone, 'joining_accepted']);
    expect((await desk.caller.get(`${base}/members/${applicationId}`).expect(200)).body).toMatchObject({
      name: 'Lin Yue',
      canSignIn: true,
    });
    await city.anybody.post('/api/sessions/codes', { phone }).expect(201);
    const { body: session } = await city.anybody.post('/api/sessions/by-code', { phone, code: codes.get(phone) }).expect(201);
    expect(session).toMatchObject({ member: { memberId: applicationId } });
    // The number is nowhere; its hash finds the same person under another name.
    const double = await apply({ name: 'Lin Yve', identityNumber });
    expect((await one(double.applicationId)).likely).toMatchObject([{ memberId: applicationId, by: ['identity'] }]);
    await desk.caller.post(`${base}/applications/${double.applicationId}/check`, { way: 'person' }).expect(200);
    expect((await desk.caller.post(`${base}/applications/${double.applicationId}/accept`, { version: 2 }).expect(409)).body).toMatchObject({
      code: 'members/duplicate',
      parameters: { memberId: applicationId },
    });
    const kept = await city.database.query<{ text: string }>(
      `select string_agg(a::text, ' ') || (select string_agg(t::text, ' ') from audit_trail t where table_name in ('application', 'identity_mark')) as text from application a`,
    );
    expect(kept[0]?.text).not.toContain(identityNumber.slice(0, 17));
  });

  it('refuses what is not sound, a code each, and leaves nothing half done', async () => {
    const refusedWith = async (more: object) => {
      const { answer } = await apply(more);
      const { code, path } = answer.body as { code: string; path?: string };
      return [answer.status, code, path];
    };
    const before = (await waiting()).length;
    expect(await refusedWith({ birthDate: '1899-12-31' })).toEqual([400, 'request/malformed', 'body.birthDate']);
    expect(await refusedWith({ birthDate: '2100-01-01' })).toEqual([400, 'request/malformed', 'body.birthDate']);
    expect(await refusedWith({ identityNumber: '110105196005010011' })).toEqual([400, 'request/malformed', 'body.identityNumber']);
    expect(await refusedWith({ identityNumber: '11010519491231002X' })).toEqual([422, 'members/identity_differs', 'body.identityNumber']);
    expect(await refusedWith({ birthDate: '2012-06-01' })).toEqual([422, 'members/guardian_needed', 'body.guardian']);
    expect(await refusedWith({ birthDate: '2010-06-01' })).toEqual([422, 'members/guardian_needed', 'body.guardian']);
    expect(await refusedWith({ code: '000000' })).toEqual([401, 'access/wrong_code', 'body.code']);
    expect(await refusedWith({ volunteerNumber: 'no' })).toEqual([400, 'request/malformed', 'body.volunteerNumber']);
    expect((await waiting()).length).toBe(before);
    await city.anybody.get('/api/joining/999').expect(404);
    await city.anybody.get(`/api/joining/${newId()}`).expect(404);
    const { phone } = await apply();
    const again = await apply({}, phone);
    expect([again.answer.status, again.answer.body]).toEqual([409, expect.objectContaining({ code: 'joining/already_applied' })]);
    const member = await apply({}, desk.phone);
    expect([member.answer.status, member.answer.body]).toEqual([409, expect.objectContaining({ code: 'joining/already_member' })]);
  });

  it('takes a minor with whoever answers for them, and a child only beside a member', async () => {
    const guardian = { name: 'Chen Min', phone: '13944440001', kind: 'parent' };
    const { applicationId, answer } = await apply({ name: 'Chen Xiao', birthDate: '2010-06-01', guardian });
    expect(answer.status).toBe(201);
    await desk.caller.post(`${base}/applications/${applicationId}/check`, { way: 'person' }).expect(200);
    await desk.caller.post(`${base}/applications/${applicationId}/accept`, { version: 2 }).expect(200);
    expect((await desk.caller.get(`${base}/members/${applicationId}`).expect(200)).body).toMatchObject({
      guardian: { ...guardian, memberId: null },
    });
    const put = (more: object) =>
      desk.caller.put(`${base}/members/${newId()}`, { name: 'Chen Er', birthDate: '2013-06-01', roles: ['volunteer'], ...more });
    expect((await put({}).expect(422)).body).toMatchObject({ code: 'members/guardian_needed' });
    expect((await put({ guardian }).expect(422)).body).toMatchObject({ code: 'members/guardian_needed' });
    expect((await put({ guardian: { ...guardian, memberId: newId() } }).expect(404)).body).toMatchObject({ code: 'members/not_found' });
    await put({ guardian: { ...guardian, memberId: desk.memberId } }).expect(201);
  });

  it('refuses with a reason, and tells the person', async () => {
    const { applicationId, phone } = await apply();
    const path = `${base}/applications/${applicationId}`;
    await desk.caller.post(`${path}/refuse`, { version: 1 }).expect(400);
    expect((await desk.caller.post(`${path}/refuse`, { version: 1, reasonCode: 'outside' }).expect(200)).body).toMatchObject({
      state: 'refused',
    });
    expect(told).toContainEqual([phone, 'joining_refused']);
    await desk.caller.post(`${base}/applications/${newId()}/check`, { way: 'person' }).expect(404);
  });

  it('keeps each consent by itself, at once, and asks nobody again within 180 days', async () => {
    const { caller } = await city.register(desk.caller, bankId, 'volunteer');
    type Item = { purpose: string; granted: boolean; mayAsk: boolean };
    const items = async () => ((await caller.get('/api/me/consents').expect(200)).body as { items: Item[] }).items;
    const of = async (purpose: string) => (await items()).find((item) => item.purpose === purpose);
    expect(await of('photo')).toMatchObject({ granted: false, mayAsk: true });
    await caller.put('/api/me/consents/photo', { granted: true, textVersion: 1 }).expect(201);
    await caller.put('/api/me/consents/photo', { granted: true, textVersion: 1 }).expect(200);
    expect(await of('photo')).toMatchObject({ granted: true, mayAsk: false });
    await caller.put('/api/me/consents/photo', { granted: false, textVersion: 1 }).expect(201);
    await caller.put('/api/me/consents/location', { granted: false, textVersion: 1 }).expect(201);
    city.clock.advance(179 * 24 * 60);
    for (const purpose of ['photo', 'location']) expect(await of(purpose)).toMatchObject({ granted: false, mayAsk: false });
    city.clock.advance(24 * 60);
    for (const purpose of ['photo', 'location']) expect(await of(purpose)).toMatchObject({ granted: false, mayAsk: true });
    const other = await city.openBank(admin, 'Bell Tower');
    expect((await caller.put('/api/me/consents/sharing', { granted: true, textVersion: 1 }).expect(422)).body).toMatchObject({
      code: 'consents/recipient',
    });
    await caller.put('/api/me/consents/sharing', { granted: true, textVersion: 1, recipientBankId: other }).expect(201);
    await caller.put('/api/me/consents/sharing', { granted: true, textVersion: 1, recipientBankId: newId() }).expect(404);
    await caller.put('/api/me/consents/photo', { granted: true, textVersion: 99 }).expect(400);
    await caller.put('/api/me/consents/anything', { granted: true, textVersion: 1 }).expect(400);
  });
});
