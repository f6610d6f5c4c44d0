import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { openApp, type TestApp, type TestCaller, type TestMember, TestPhone } from '@timebank/testing';
import { RotatingCodes } from '@timebank/visits';

type SeenVisit = {
  state: string;
  lane: string | null;
  assurance: string | null;
  capturedIn: string | null;
  creditedMinutes: number;
  exceptions: { code: string; lane: string }[];
  callBack: { drawn: boolean };
};
type Scan = { kind: 'in' | 'out'; card: string; clientTime?: string; location?: object; device?: object };

const home = { latitude: 32.06, longitude: 118.78 };
const elsewhere = { latitude: 32.16, longitude: 118.78, accuracyMeters: 20 };

/** Frauds that have happened to time banks and home care, each played out against the API: what it gets, and what the desk sees of it. */
describe('sixteen threats', () => {
  let city: TestApp;
  let admin: TestCaller;
  let bank: string;
  let bankId: string;
  let coordinator: TestMember;
  let colleague: TestMember;
  let volunteer: TestMember;
  let client: TestMember;
  let card: { cardId: string; url: string; code: string };

  beforeAll(async () => {
    city = await openApp({ env: { RATE_LIMIT: 'off' } });
    admin = await city.signInAsCityAdmin();
    bankId = await city.openBank(admin);
    bank = `/api/banks/${bankId}`;
    coordinator = await city.register(admin, bankId, 'coordinator');
    colleague = await city.register(admin, bankId, 'coordinator');
  });
  beforeEach(async () => {
    city.clock.advance(24 * 60);
    volunteer = await city.register(coordinator.caller, bankId, 'volunteer');
    client = await newClient();
    card = await cardOf(client);
  });
  afterAll(() => city.close());

  async function newClient(): Promise<TestMember> {
    const made = await city.register(coordinator.caller, bankId, 'client');
    const { accounts } = (await admin.get(bank).expect(200)).body as { accounts: { fund: string } };
    const grant = { kind: 'grant', fromAccountId: accounts.fund, toAccountId: made.accountId, minutes: 600 };
    await admin.put(`${bank}/transfers/${newId()}`, grant).expect(201);
    return made;
  }
  const cardOf = async (of: TestMember) =>
    (await coordinator.caller.post(`${bank}/members/${of.memberId}/cards`).expect(201)).body as typeof card;
  const now = () => city.clock.now().toISOString();
  const ask = async (of = client) => {
    const requestId = newId();
    const body = { clientId: of.memberId, serviceKind: 'company', startsAt: now(), minutes: 60 };
    await coordinator.caller.put(`${bank}/requests/${requestId}`, body).expect(201);
    return requestId;
  };
  const plan = async (by = volunteer, of = client) => {
    const visit = `${bank}/visits/${newId()}`;
    await by.caller.put(visit, { requestId: await ask(of), volunteerId: by.memberId }).expect(201);
    return visit;
  };
  const put = (visit: string, body: Scan, by = volunteer, eventId = newId()) => by.caller.put(`${visit}/scans/${eventId}`, body);
  const scanned = async (visit: string, more: Partial<Scan> = {}, by = volunteer) => {
    await put(visit, { kind: 'in', card: card.url, ...more }, by).expect(201);
    city.clock.advance(60);
    await put(visit, { kind: 'out', card: card.url, ...more }, by).expect(201);
  };
  const seen = async (visit: string) => (await coordinator.caller.get(visit).expect(200)).body as SeenVisit;
  const lanes = async (visit: string) => Object.fromEntries((await seen(visit)).exceptions.map(({ code, lane }) => [code, lane]));
  const idOf = (visit: string) => visit.split('/').at(-1) as string;
  const approve = async (by: TestMember, visit: string, more: object = {}) => {
    const { body } = await by.caller
      .put(`${bank}/approvals/${newId()}`, { visitIds: [idOf(visit)], decision: 'approve', ...more })
      .expect(201);
    return (body as { results: { outcome: string; code?: string }[] }).results[0];
  };
  const consented = async () => {
    await coordinator.caller.put(`${bank}/members/${client.memberId}/place`, home).expect(201);
    await volunteer.caller.put('/api/me/location-consent', { granted: true }).expect(201);
  };

  it('1 a photographed card is scanned at home: far from the door, and red', async () => {
    await consented();
    const visit = await plan();
    await scanned(visit, { location: elsewhere });
    expect(await lanes(visit)).toMatchObject({ FAR: 'red' });
    expect(await approve(colleague, visit)).toMatchObject({ outcome: 'refused', code: 'visits/must_be_fixed' });
  });

  it('2 location is off: never a silent pass where the bank wants a second signal, never a block', async () => {
    await consented();
    const policy = { key: 'secondSignal', value: 'yellow', validFrom: now().slice(0, 10), source: 'test' };
    await admin.put(`${bank}/policies/${newId()}`, policy).expect(201);
    const visit = await plan();
    await scanned(visit);
    expect(await lanes(visit)).toEqual({ LOCATION_OFF: 'yellow', STATIC_ONLY: 'yellow' });
    expect(await approve(coordinator, visit)).toMatchObject({ outcome: 'refused', code: 'visits/must_be_acknowledged' });
    await admin.put(`${bank}/policies/${newId()}`, { ...policy, value: 'info' }).expect(201);
  });

  it('3 a volunteer and a family collude: relatives are red, a new pair is called back, a fourth visit a day is over the cap, the report asks', async () => {
    const visit = await plan();
    await scanned(visit);
    expect(await seen(visit)).toMatchObject({ lane: 'clean', callBack: { drawn: true } });
    for (let index = 0; index < 3; index += 1) await scanned(await plan());
    const last = (await coordinator.caller.get(`${bank}/visits?clientId=${client.memberId}&limit=10`).expect(200)).body as {
      items: { exceptions: { code: string }[] }[];
    };
    expect(last.items.at(-1)?.exceptions.map(({ code }) => code)).toContain('OVER_CAP');
    await coordinator.caller.put(`${bank}/members/${volunteer.memberId}/relations/${client.memberId}`, { kind: 'grandchild' }).expect(201);
    expect(await approve(colleague, visit)).toMatchObject({ outcome: 'refused', code: 'visits/must_be_fixed' });
    const { body } = await admin.get(`${bank}/reports/integrity/flags?kind=related`).expect(200);
    const asked = (body as { items: { volunteers: { memberId: string }[]; client: { memberId: string }; visitCount: number }[] }).items;
    const pairs = asked.map((flag) => [flag.volunteers[0]?.memberId, flag.client.memberId, flag.visitCount]);
    expect(pairs).toContainEqual([volunteer.memberId, client.memberId, 4]);
  });

  it('4 hours are booked under other names: the third person on a phone is flagged, two places at once are refused', async () => {
    const phone = new TestPhone();
    const flagged: boolean[] = [];
    for (let index = 0; index < 3; index += 1) {
      const person = await city.register(coordinator.caller, bankId, 'volunteer');
      await register(person, phone);
      const helped = await newClient();
      const visit = await plan(person, helped);
      await put(visit, { kind: 'in', card: (await cardOf(helped)).url }, person).expect(201);
      const eventId = newId();
      const out = { kind: 'out', card: (await cardOf(helped)).url } as const;
      await put(visit, phone.signed(idOf(visit), eventId, out), person, eventId).expect(201);
      flagged.push('SHARED_DEVICE' in (await lanes(visit)));
    }
    expect(flagged).toEqual([false, false, true]);
    await plan();
    const requestId = await ask(await newClient());
    await volunteer.caller.put(`${bank}/visits/${newId()}`, { requestId, volunteerId: volunteer.memberId }).expect(409);
  });

  it('5 a coordinator invents hours, or approves their own: entered by hand needs another, own is refused', async () => {
    const visit = await plan();
    const startedAt = now();
    city.clock.advance(60);
    await coordinator.caller.put(`${visit}/manual`, { startedAt, endedAt: now(), reasonCode: 'no_phone' }).expect(201);
    const acknowledged = { acknowledge: ['MANUAL_ENTRY'] };
    expect(await approve(coordinator, visit, acknowledged)).toMatchObject({ code: 'visits/second_person_needed' });
    expect(await approve(colleague, visit, acknowledged)).toMatchObject({ outcome: 'approved' });
    city.clock.advance(30);
    const own = await plan(coordinator);
    await scanned(own, {}, coordinator);
    expect(await approve(coordinator, own)).toMatchObject({ code: 'visits/own_visit' });
    expect(await approve(colleague, own)).toMatchObject({ outcome: 'approved' });
  });

  it('6 a request is replayed: the same event is the same answer, another visit under its id is refused', async () => {
    const visit = await plan();
    const eventId = newId();
    await put(visit, { kind: 'in', card: card.url }, volunteer, eventId).expect(201);
    await put(visit, { kind: 'in', card: card.url }, volunteer, eventId).expect(200);
    await put(visit, { kind: 'out', card: card.url }, volunteer, eventId).expect(409);
    const thief = await city.register(coordinator.caller, bankId, 'volunteer');
    await put(visit, { kind: 'in', card: card.url }, thief, eventId).expect(409);
    expect((await seen(visit)).state).toBe('in_progress');
  });

  it('7 a rotating code is relayed live: the phone was not there, and the same code is worth nothing twice', async () => {
    await consented();
    const displayId = newId();
    await coordinator.caller.put(`${bank}/displays/${displayId}`, { name: 'Tea room' }).expect(201);
    const visit = await plan();
    const code = codeOf(displayId);
    await put(visit, { kind: 'in', card: code, location: elsewhere }).expect(201);
    city.clock.advance(60);
    expect((await put(visit, { kind: 'out', card: code, location: elsewhere }).expect(422)).body).toMatchObject({
      code: 'visits/code_used',
    });
    await put(visit, { kind: 'out', card: codeOf(displayId, 1), location: elsewhere }).expect(201);
    expect(await lanes(visit)).toMatchObject({ FAR: 'red' });
  });

  it('8 the clock of a phone is moved: the time stays inside what the server knows, and is flagged', async () => {
    const planned = now();
    const visit = await plan();
    city.clock.advance(30);
    const clientTime = new Date(Date.parse(planned) - 5 * 3_600_000).toISOString();
    await put(visit, { kind: 'in', card: card.url, clientTime }).expect(200);
    expect(await seen(visit)).toMatchObject({ capturedIn: planned });
    expect(await lanes(visit)).toMatchObject({ CLOCK_SKEW: 'yellow' });
  });

  it('9 a scan comes twice, from two tabs, five times at once: one start', async () => {
    const visit = await plan();
    const answers = await Promise.all(Array.from({ length: 5 }, () => put(visit, { kind: 'in', card: card.url })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 201]);
    const { events } = (await coordinator.caller.get(visit).expect(200)).body as { events: { kind: string; outcome: string }[] };
    expect(events.filter(({ kind, outcome }) => kind === 'in' && outcome === 'accepted')).toHaveLength(1);
  });

  it('10 a foreign sticker lies over the card: refused, with its token or without, and kept as evidence', async () => {
    const visit = await plan();
    for (const sticker of [
      'https://evil.example/pay',
      card.url.replace('http://localhost:3000', 'https://evil.example'),
      `${card.url}?to=x`,
    ])
      expect((await put(visit, { kind: 'in', card: sticker }).expect(422)).body).toMatchObject({ code: 'visits/unknown_card' });
    const { events } = (await coordinator.caller.get(visit).expect(200)).body as { events: { outcome: string }[] };
    expect(events.filter(({ outcome }) => outcome === 'refused')).toHaveLength(3);
    expect((await seen(visit)).state).toBe('planned');
  });

  it("11 codes are guessed: another client's code opens nothing, and the typed code counts around the plan only", async () => {
    const visit = await plan();
    const other = await cardOf(await newClient());
    expect((await put(visit, { kind: 'in', card: other.code }).expect(422)).body).toMatchObject({ code: 'visits/wrong_card' });
    expect((await put(visit, { kind: 'in', card: 'AAAA-AAAA' }).expect(422)).body).toMatchObject({ code: 'visits/unknown_card' });
    await city.anybody.get('/api/cards/0000000000000000').expect(404);
    city.clock.advance(26 * 60);
    expect((await put(visit, { kind: 'in', card: card.code }).expect(422)).body).toMatchObject({ code: 'visits/code_not_valid_now' });
  });

  it('12 the database leaks: no token, code or screen can be read out of it', async () => {
    const displayId = newId();
    const { screenUrl } = (await coordinator.caller.put(`${bank}/displays/${displayId}`, { name: 'Tea room' }).expect(201)).body as {
      screenUrl: string;
    };
    const tables = await city.database.query<{ name: string }>(`select tablename as name from pg_tables where schemaname = 'public'`);
    const rows = await Promise.all(
      tables.map(({ name }) => city.database.query<{ all: string | null }>(`select json_agg(t)::text as all from ${name} t`)),
    );
    const everything = rows.map(([row]) => row?.all ?? '').join('\n');
    expect(everything).toContain(displayId);
    for (const secret of [card.url.slice(-16), card.code.replace('-', ''), screenUrl.slice(-16), codeOf(displayId).split('.')[2] as string])
      expect(everything).not.toContain(secret);
  });

  it('13 a phone is lost: signing out everywhere ends it, and the next phone is flagged, not locked out', async () => {
    const [lost, found] = [new TestPhone(), new TestPhone()];
    await register(volunteer, lost);
    const other = await city.signIn(volunteer.phone, volunteer.password);
    await other.delete('/api/sessions').expect(200);
    await volunteer.caller.get('/api/me').expect(401);
    const back = { ...volunteer, caller: await city.signIn(volunteer.phone, volunteer.password) };
    city.clock.advance(1);
    await register(back, found);
    const visit = await plan(back);
    const eventId = newId();
    await put(visit, found.signed(idOf(visit), eventId, { kind: 'in', card: card.url }), back, eventId).expect(201);
    expect(await lanes(visit)).toMatchObject({ NEW_DEVICE: 'yellow' });
  });

  it('14 the scan at the end is forgotten: nothing is credited until a person says until when', async () => {
    const visit = await plan();
    await put(visit, { kind: 'in', card: card.url }).expect(201);
    city.clock.advance(5 * 60);
    const startedAt = (await seen(visit)).capturedIn as string;
    const manual = { startedAt, endedAt: new Date(Date.parse(startedAt) + 45 * 60_000).toISOString(), reasonCode: 'forgot_scan_out' };
    await coordinator.caller.put(`${visit}/manual`, manual).expect(201);
    expect(await seen(visit)).toMatchObject({ creditedMinutes: 45, assurance: 'A0' });
    expect(await approve(coordinator, visit, { acknowledge: ['MANUAL_ENTRY'] })).toMatchObject({ outcome: 'refused' });
  });

  it('15 a flood comes late: taken, every one, and the late ones wait for a person', async () => {
    const visit = await plan();
    const clientTime = now();
    city.clock.advance(73 * 60);
    // As the phone does it: what the server is too busy for is sent again, under its own id.
    const late = async (eventId: string): Promise<number> => {
      const { status } = await put(visit, { kind: 'in', card: card.url, clientTime }, volunteer, eventId);
      return status === 503 ? late(eventId) : status;
    };
    expect(new Set(await Promise.all(Array.from({ length: 20 }, () => late(newId()))))).toEqual(new Set([200]));
    await put(visit, { kind: 'out', card: card.url, clientTime: new Date(Date.parse(clientTime) + 3_600_000).toISOString() }).expect(200);
    expect(await seen(visit)).toMatchObject({ lane: 'red', capturedIn: clientTime, creditedMinutes: 60 });
    expect(await lanes(visit)).toMatchObject({ LATE_SYNC: 'red' });
  });

  it('16 a crawler follows the card: looking changes nothing and names nobody', async () => {
    const visit = await plan();
    for (let index = 0; index < 5; index += 1) {
      const { body } = await city.anybody.get(`/api/cards/${card.url.slice(-16)}`).expect(200);
      expect(JSON.stringify(body)).not.toContain(client.memberId);
      expect(body).toMatchObject({ visit: null });
    }
    expect(await seen(visit)).toMatchObject({ state: 'planned', capturedIn: null });
  });

  const register = (by: TestMember, { deviceId, publicKey }: TestPhone) =>
    by.caller.put(`/api/me/devices/${deviceId}`, { publicKey }).expect(201);
  /** What a display shows now, or a step later. */
  function codeOf(displayId: string, later = 0): string {
    const step = Math.floor(Date.now() / 30_000) + later;
    return `http://localhost:3000/r/${city.app.get(RotatingCodes, { strict: false }).make({ displayId, step })}`;
  }
});
