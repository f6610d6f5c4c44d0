import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CodeSender } from '@timebank/access';
import { paths, permissions, type RouteName } from '@timebank/contract';
import { CheckTrail, cityId } from '@timebank/database';
import { newId } from '@timebank/kernel';
import { DeliverNotices } from '@timebank/notices';
import { liveDay, liveOffer, liveSeries } from './spec-lived-care';
import {
  ClosingCity,
  routesWithoutTrail as untold,
  writtenByRoutes as written,
  type TestCaller,
  type TestMember,
  TestPhone,
  type WholeBank,
  liveActivity,
  liveImport,
  liveCourse,
  liveJoining,
} from '@timebank/testing';

type Entry = {
  work: string;
  what: string;
  actorId: string | null;
  role: string | null;
  sessionId: string | null;
  changes: (Record<string, [unknown, unknown]> | null)[] | null;
};

describe('the audit trail of every route that writes', () => {
  let at: ClosingCity;
  let entries: Entry[];
  let bank: WholeBank;
  beforeAll(async () => {
    at = await ClosingCity.open();
    bank = await at.openBank('Old Gate');
    await live(at, bank);
    await leaveNothing(at, bank);
    const trail = `select work, table_name || ' ' || act as what, actor_id as "actorId", role, session_id as "sessionId", changes from audit_trail`;
    entries = await at.two.city.database.query<Entry>(`${trail} order by number`);
  });
  afterAll(() => at.two.city.close());

  const writing = (Object.keys(paths) as RouteName[]).filter((name) => paths[name][0] !== 'GET');

  it('has a case for each of them, or a reason', () => {
    const cased = [...Object.keys(written), ...Object.keys(untold)];
    expect(writing.filter((name) => !cased.includes(name))).toEqual([]);
    expect(cased.filter((name, index) => !writing.includes(name as RouteName) || cased.indexOf(name) !== index)).toEqual([]);
  });

  /** What is missing of an entry: who, as what, or, of a change, fields that differ. */
  const missing = (name: RouteName, what: string): string[] => {
    const found = entries.find((entry) => entry.work === name && entry.what === what);
    if (!found) return [`no ${what}`];
    const granted = permissions[paths[name][2]];
    const isNamed = granted === 'anyone' || (found.actorId !== null && found.sessionId !== null);
    const roles: readonly string[] = typeof granted === 'string' ? [] : granted;
    const isRole = roles.length === 0 || [...roles, ...(roles.includes('admin') ? ['city admin'] : [])].includes(found.role ?? '');
    const changes = (found.changes ?? []).flatMap((change) => Object.values(change ?? {}));
    const isTold = !what.endsWith('update') || (changes.length > 0 && changes.every(([before, after]) => !Object.is(before, after)));
    return [...(isNamed ? [] : ['who']), ...(isRole ? [] : [`as what: ${found.role}`]), ...(isTold ? [] : ['before and after'])];
  };

  it.each(Object.entries(written) as [RouteName, string][])('%s: %s', (name, what) => {
    expect(missing(name, what)).toEqual([]);
  });

  it.each(Object.entries(untold) as [RouteName, string][])('%s leaves nothing: it %s', (name) => {
    expect(entries.filter(({ work }) => work === name).map(({ what }) => what)).toEqual([]);
  });

  it('says why, where a reason was asked', async () => {
    const reasons = await at.two.city.database.query<{ said: string }>(
      `select distinct work || ': ' || reason_code as said from audit_trail where reason_code is not null order by 1`,
    );
    expect(reasons.map(({ said }) => said)).toEqual([
      'answerOffer: away',
      'closeBank: work_ended',
      'endFinding: helped',
      'endProxy: client_wish',
      'endSeries: need_met',
      'keepFinding: at_risk',
      'leave: moved',
      'putApproval: not_served',
      'putLetterAnswer: Sheet-12',
      'putManual: no_phone',
      'putPastVisit: paper',
      'refuseApplication: outside',
      'reopenBank: work_resumed',
    ]);
  });

  it('leaves nothing that the product wrote without a name, and every row as its trail says', async () => {
    const check = at.two.city.app.get(CheckTrail, { strict: false });
    const banks = await at.two.city.database.query<{ id: string }>('select bank_id as id from bank');
    for (const id of [cityId, ...banks.map((one) => one.id)]) expect(await check.run(id)).toEqual([]);
  });
});

/** Each route that writes, once at least, as those may who are asked to. */
async function live(at: ClosingCity, bank: WholeBank): Promise<void> {
  const { two, admin, colleague } = at;
  const { city } = two;
  const { base, coordinator, client, volunteer } = bank;
  const desk = coordinator.caller;
  const second = await city.register(admin, bank.bankId, 'coordinator');
  const now = (minutes = 0) => new Date(city.clock.now().getTime() + minutes * 60_000).toISOString();
  const member = ({ memberId }: TestMember, path = '') => `${base}/members/${memberId}${path}`;
  const ask = async (minutes = 0): Promise<string> => {
    const requestId = newId();
    const body = { clientId: client.memberId, serviceKind: 'company', startsAt: now(minutes), minutes: 60 };
    await desk.put(`${base}/requests/${requestId}`, body).expect(201);
    return requestId;
  };
  const plan = async (minutes = 0): Promise<string> => {
    const visit = `${base}/visits/${newId()}`;
    await volunteer.caller.put(visit, { requestId: await ask(minutes), volunteerId: volunteer.memberId }).expect(201);
    return visit;
  };
  const idOf = (visit: string) => visit.split('/').at(-1) as string;
  const decide = (by: TestCaller, visit: string, more: object) =>
    by.put(`${base}/approvals/${newId()}`, { visitIds: [idOf(visit)], decision: 'approve', ...more }).expect(201);

  // People, and what they may do.
  await two.grant(bank, client.accountId, 6_000);
  await liveSeries(at, bank);
  await liveOffer(at, bank);
  await client.caller.put('/api/me/password', { oldPassword: client.password, newPassword: 'a password of my own' }).expect(200);
  const [other, relative] = [await city.register(desk, bank.bankId, 'volunteer'), await city.register(desk, bank.bankId, 'client')];
  await admin.put(`${base}/roles/${other.memberId}/auditor`).expect(201);
  await admin.delete(`${base}/roles/${other.memberId}/auditor`).expect(200);
  await admin.put(`/api/roles/${other.memberId}/auditor`).expect(201);
  await admin.delete(`/api/roles/${other.memberId}/auditor`).expect(200);
  const { body: read } = await desk.get(member(other)).expect(200);
  await desk.patch(member(other), { version: (read as { version: number }).version, homeAddress: 'Ninghai Road 12' }).expect(200);
  await desk.put(member(client, `/relations/${relative.memberId}`), { kind: 'spouse' }).expect(201);
  await second.caller.put(member(relative, `/relations/${client.memberId}/confirmation`));
  await client.caller.put(member(client, `/relations/${relative.memberId}/confirmation`));
  await desk.post(member(client, `/relations/${relative.memberId}/end`), { on: now().slice(0, 10) });
  await desk.put(member(volunteer, '/qualifications/first_aid'), { validUntil: '2027-01-01' }).expect(201);
  const gardens = { names: { 'zh-Hans': 'Gardens' }, riskText: { 'zh-Hans': 'Wasps' }, class: 'daily_living', riskLevel: 'high' };
  const { body: wasps } = await admin.put('/api/service-kinds/gardens', { ...gardens, usualMinutes: 60, position: 13 }).expect(201);
  const known = { version: (wasps as { riskVersion: string }).riskVersion };
  await volunteer.caller.put('/api/me/risks/gardens', known).expect(201);
  await desk.put(member(other, '/risks/gardens'), known).expect(201);
  const cover = { insurer: 'PICC', number: 'P 1', from: '2026-01-01', until: '2026-12-31', kinds: null };
  await admin.put(`${base}/insurances/${newId()}`, cover).expect(201);
  await liveCourse(at, bank, other);
  await liveActivity(at, bank, other);
  await liveImport(bank.admin.caller, base);
  await desk.put(`${base}/contacts/${newId()}`, { phone: '025-83330001', name: 'Neighbour', clientId: client.memberId }).expect(201);
  const heard = { requestId: newId(), serviceKind: 'company', startsAt: now(30 * 24 * 60), minutes: 30 };
  const spoken = { clientId: client.memberId, caller: 'client', request: heard };
  await desk.put(`${base}/phone-calls/${newId()}`, spoken).expect(201);
  await desk.put(member(client, `/check-ins/${newId()}`), { result: 'fine' }).expect(201);
  const finding = `${base}/findings/${newId()}`;
  await city.anybody.put(finding, { finder: 'shop', who: 'The old lady upstairs', what: 'Has not been down for days' }).expect(201);
  await desk.post(`${finding}/keep`, { reasonCode: 'at_risk' }).expect(202);
  await desk.post(`${finding}/end`, { result: 'helped' }).expect(200);
  const proxy = `${base}/proxies/${newId()}`;
  const word = { clientId: client.memberId, personId: other.memberId, name: 'Neighbour', relation: 'neighbour', scopes: ['see'] };
  await client.caller.put(proxy, { ...word, validUntil: now().slice(0, 10), confirmedHow: 'app' }).expect(201);
  await client.caller.post(`${proxy}/end`, { reasonCode: 'client_wish' }).expect(200);
  await liveJoining(at, bank);
  await volunteer.caller.post('/api/me/calendar').expect(201);
  await volunteer.caller.delete('/api/me/calendar').expect(200);
  await volunteer.caller.put('/api/me/availability', { kinds: ['meal'] }).expect(201);
  await desk.put(member(volunteer, '/availability'), { weekMinutes: 6_000 }).expect(200);
  await desk.put(member(volunteer, '/exemptions/personal_care'), { validUntil: '2027-01-01', note: 'Course' }).expect(201);
  await desk.put(member(client, `/blocks/${relative.memberId}`)).expect(201);
  await desk.delete(member(client, `/blocks/${relative.memberId}`)).expect(200);
  await desk.put(member(client, '/place'), { latitude: 32.06, longitude: 118.78 }).expect(201);
  await volunteer.caller.put('/api/me/location-consent', { granted: true }).expect(201);
  const { deviceId, publicKey } = new TestPhone();
  await volunteer.caller.put(`/api/me/devices/${deviceId}`, { publicKey }).expect(201);
  await reset(at, bank, second, other);

  // The bank.
  const { body: bankNow } = await admin.get(base).expect(200);
  await admin.patch(base, { version: (bankNow as { version: number }).version, phone: '025-83339999' }).expect(200);
  const policy = { key: 'dayCapMinutes', value: 600, validFrom: '2099-01-01', source: 'test' };
  for (const rule of [`${base}/policies/${newId()}`, `/api/policies/${newId()}`]) {
    await admin.put(rule, policy).expect(201);
    await admin.delete(rule).expect(200);
  }
  await admin.put(`${base}/credit-lines/${two.host.bankId}`, { creditLineMinutes: 600 }).expect(201);
  await two.guest.caller.delete(`${two.host.base}/guests/${two.guest.memberId}`).expect(200);

  // Kinds of service, cards, displays, requests.
  const gardening = { names: { 'zh-Hans': 'Gardening' }, class: 'daily_living', riskLevel: 'low', usualMinutes: 60, position: 12 };
  await admin.put('/api/service-kinds/gardening', gardening).expect(201);
  await admin.put(`${base}/service-kinds/gardening`, { isOffered: false }).expect(201);
  const { body: card } = await desk.post(member(client, '/cards')).expect(201);
  const sheetPath = `${base}/card-sheets/${newId()}`;
  const { body: sheet } = await desk.put(sheetPath, { clientIds: [relative.memberId] }).expect(201);
  await desk.post(`${sheetPath}/saved`).expect(200);
  await desk.delete(member(relative, `/cards/${(sheet as { cards: { cardId: string }[] }).cards[0]?.cardId}`)).expect(200);
  const display = `${base}/displays/${newId()}`;
  await desk.put(display, { name: 'Tea room' }).expect(201);
  await desk.delete(display).expect(200);
  const request = await ask(600);
  await desk.patch(`${base}/requests/${request}`, { version: 1, place: 'Ninghai Road 14' }).expect(200);
  await desk.post(`${base}/requests/${request}/cancel`).expect(200);

  // Visits: scanned, called back, answered, rejected, appealed against; approved; entered; called off; without a plan.
  const served = async (): Promise<string> => {
    city.clock.advance(24 * 60);
    const visit = await plan();
    const scan = (kind: string) =>
      volunteer.caller.put(`${visit}/scans/${newId()}`, { kind, card: (card as { code: string }).code }).expect(201);
    await scan('in');
    city.clock.advance(60);
    await scan('out');
    return visit;
  };
  const [no, yes] = [await served(), await served()];
  await desk.put(`${no}/call-backs/${newId()}`, { result: 'confirmed' }).expect(201);
  await client.caller.put(`${no}/client-answers/${newId()}`, { result: 'confirmed' }).expect(201);
  await decide(desk, no, { decision: 'reject', reasonCode: 'not_served' });
  await decide(desk, yes, {});
  const appealId = newId();
  await volunteer.caller.put(`${no}/appeals/${appealId}`, { note: 'I was there' }).expect(201);
  await second.caller.put(`${base}/appeals/${appealId}/answer/${newId()}`, { outcome: 'upheld', note: 'We called' }).expect(201);
  city.clock.advance(24 * 60);
  const entered = await plan();
  city.clock.advance(60);
  await desk.put(`${entered}/manual`, { startedAt: now(-60), endedAt: now(), reasonCode: 'no_phone' }).expect(201);
  await liveDay(at, bank, plan);
  await volunteer.caller.post(`${await plan(600)}/cancel`).expect(200);
  city.clock.advance(24 * 60);
  const past = { clientId: client.memberId, volunteerId: other.memberId, serviceKind: 'company', startedAt: now(-60), endedAt: now() };
  await desk.put(`${base}/past-visits/${newId()}`, { ...past, reasonCode: 'paper', evidence: 'sheet 12' }).expect(201);
  const eventId = newId();
  await volunteer.caller
    .put(`${base}/visits/${newId()}/scans/${eventId}`, { kind: 'in', card: 'ABCD-EFGH', clientTime: now() })
    .expect(404);
  const said = { outcome: 'rejected', reasonCode: 'Sheet-12', note: 'Nobody was there' };
  await desk.put(`${base}/letters/${eventId}/answer/${newId()}`, said).expect(201);
  await admin.put(`${base}/grant-runs/${newId()}`, { month: now().slice(0, 7) }).expect(201);

  // What two people want: asked and taken back, then left and closed.
  const leaving = { on: now().slice(0, 10), reason: 'moved' };
  await admin.post(member(relative, '/leave'), leaving).expect(202);
  const { body: acts } = await admin.get(`${base}/waiting-acts`).expect(200);
  const open = (acts as { items: { actId: string; kind: string }[] }).items.find(({ kind }) => kind === 'leaving');
  await admin.delete(`${base}/waiting-acts/${open?.actId}`).expect(200);
  await admin.post(member(relative, '/leave'), leaving).expect(202);
  await colleague.post(member(relative, '/leave'), leaving).expect(201);
  const empty = await at.openBank('New Gate');
  await at.closeByTwo(empty.base);
  await at.reopen(admin, empty.base);
  await at.reopen(colleague, empty.base).expect(200);
}

/** Each route of which there is no trail, where it has something to do. */
async function leaveNothing({ two, admin }: ClosingCity, { bankId, client }: WholeBank): Promise<void> {
  const { app, anybody } = two.city;
  const sender = app.get(CodeSender, { strict: false });
  let sent = '';
  sender.send = async (_phone, code) => void (sent = code);
  await anybody.post('/api/sessions/codes', { phone: client.phone }).expect(201);
  await anybody.post('/api/sessions/by-code', { phone: client.phone, code: sent }).expect(201);
  const signIn = () => two.city.signIn(client.phone, 'a password of my own');
  const [one, other] = [await signIn(), await signIn()];
  await other.delete('/api/sessions/current').expect(200);
  const { body: sessions } = await one.get('/api/me/sessions').expect(200);
  const elsewhere = (sessions as { items: { sessionId: string; current: boolean }[] }).items.find(({ current }) => !current);
  await one.delete(`/api/me/sessions/${elsewhere?.sessionId}`).expect(200);
  await app.get(DeliverNotices, { strict: false }).run(bankId);
  const { body: told } = await one.get('/api/me/notices').expect(200);
  const noticeIds = (told as { items: { noticeId: string }[] }).items.map(({ noticeId }) => noticeId);
  await one.post('/api/me/notices/read', { noticeIds }).expect(200);
  await one.delete('/api/sessions').expect(200);

  await two.ask(two.guest.caller, two.host).expect(201);
  await two.ask(two.host.coordinator.caller, two.host).expect(200);
  await two.approve([await two.help()]);
  const banks = { creditorBankId: two.home.bankId, debtorBankId: two.host.bankId };
  await admin.put(`/api/settlements/${newId()}`, { ...banks, minutes: 60 }).expect(201);
}

/** A reset at the counter, which two of the desk want. */
async function reset({ two: { city } }: ClosingCity, { base, coordinator }: WholeBank, second: TestMember, of: TestMember): Promise<void> {
  const start = (by: TestMember) => by.caller.post(`${base}/members/${of.memberId}/sign-in-resets`, { counter: true });
  await start(coordinator).expect(202);
  const { code } = (await start(second).expect(201)).body as { code: string };
  await city.anybody.post('/api/sessions/resets', { phone: of.phone, code, newPassword: 'a new one for me' }).expect(201);
}
