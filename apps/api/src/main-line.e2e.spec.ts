import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { AuditBooks } from '@timebank/reports';
import { openApp, type TestApp, type TestCaller } from '@timebank/testing';

type Body = Record<string, never> & { [field: string]: unknown };

/** Sends a PUT twice and once more with other content: 201, 200 with the same answer, 409. */
async function putThrice(caller: TestCaller, path: string, body: object, other: object): Promise<Body> {
  const first = await caller.put(path, body).expect(201);
  const again = await caller.put(path, body).expect(200);
  expect(again.body).toEqual(first.body);
  const reused = await caller.put(path, other).expect(409);
  expect(reused.body.code).toMatch(/\/(event_)?id_reused$/);
  return first.body as Body;
}

/** Chosen in place of the one given at registration, so that who registered a member may decide on their visits. */
const ownPassword = 'a password of my own';

describe('from an empty city to a spendable hour, over HTTP alone', () => {
  let city: TestApp;
  let admin: TestCaller;
  const bankId = newId();
  const base = `/api/banks/${bankId}`;
  const clientPhone = '13800000003';
  const ids = {
    coordinator: newId(),
    volunteer: newId(),
    client: newId(),
    grant: newId(),
    request: newId(),
    visit: newId(),
    scanIn: newId(),
    scanOut: newId(),
    approval: newId(),
  };
  const accounts: Record<string, string> = {};
  let coordinator: TestCaller;
  let volunteer: TestCaller;
  let client: TestCaller;
  let card: { url: string; code: string; svg: string; pdf: string };

  beforeAll(async () => {
    city = await openApp();
    admin = await city.signInAsCityAdmin();
  });
  afterAll(() => city.close());

  it('founds a bank with its accounts', async () => {
    const bank = { name: 'Drum Tower', phone: '025-83330000', timeZone: 'Asia/Shanghai' };
    const made = await putThrice(admin, base, bank, { ...bank, name: 'Bell Tower' });
    const { fund, pool, honour } = (made as unknown as { accounts: { fund: string; pool: string; honour: string } }).accounts;
    expect(new Set([fund, pool, honour]).size).toBe(3);
    accounts['fund'] = fund;
  });

  it('registers a coordinator, a volunteer and a client, who can sign in at once', async () => {
    const person = (name: string, phone: string, role: string) => ({
      name,
      birthDate: '1955-03-04',
      roles: [role],
      phone,
      password: 'a good password',
    });
    const register = async (by: TestCaller, id: string, name: string, phone: string, role: string) => {
      const body = person(name, phone, role);
      const made = await putThrice(by, `${base}/members/${id}`, body, { ...body, name: `${name} II` });
      expect(made['memberNumber']).toMatch(/^\d{9}$/);
      accounts[role === 'client' ? 'client' : name] = made['accountId'] as unknown as string;
      const caller = await city.signIn(phone, body.password);
      await caller.put('/api/me/password', { oldPassword: body.password, newPassword: ownPassword }).expect(200);
      return caller;
    };
    coordinator = await register(admin, ids.coordinator, 'Coordinator', '13800000001', 'volunteer');
    await admin.put(`${base}/coordinators/${ids.coordinator}`, {}).expect(201);
    await admin.put(`${base}/coordinators/${ids.coordinator}`, {}).expect(200);
    coordinator = await city.signIn('13800000001', ownPassword);
    volunteer = await register(coordinator, ids.volunteer, 'Volunteer', '13800000002', 'volunteer');
    client = await register(coordinator, ids.client, 'Client', clientPhone, 'client');
  });

  it('grants minutes from a fund that has none yet, drawn from issuance', async () => {
    const grant = { kind: 'grant', fromAccountId: accounts['fund'], toAccountId: accounts['client'], minutes: 600 };
    await putThrice(admin, `${base}/transfers/${ids.grant}`, grant, { ...grant, minutes: 601 });
    const { body } = await client.get(`${base}/accounts/${accounts['client']}`).expect(200);
    expect(body).toMatchObject({ balanceMinutes: 600, heldMinutes: 0, ceilingMinutes: 90_000, kind: 'member' });
  });

  it('issues a card that can be printed, once', async () => {
    const { body } = await coordinator.post(`${base}/members/${ids.client}/cards`, {}).expect(201);
    card = body;
    expect(card.url).toMatch(/^http:\/\/localhost:3000\/s\/[0-9A-HJKMNP-TV-Z]{16}$/);
    expect(card.code.replace(/[\s-]/g, '')).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/);
    expect(card.svg).toContain('<svg');
    expect(Buffer.from(card.pdf, 'base64').subarray(0, 5).toString()).toBe('%PDF-');
    const { body: place } = await city.anybody.get(`/api/cards/${card.url.split('/s/')[1]}`).expect(200);
    expect(place).toMatchObject({ bankId, bankName: 'Drum Tower', bankPhone: '025-83330000', visit: null });
  });

  it("takes the client's request and shows it to the volunteer", async () => {
    const request = {
      clientId: ids.client,
      serviceKind: 'company',
      startsAt: city.clock.now().toISOString(),
      minutes: 60,
      place: 'Ninghai Road 12',
    };
    await putThrice(client, `${base}/requests/${ids.request}`, request, { ...request, minutes: 61 });
    const { body } = await volunteer.get(`${base}/requests?state=open`).expect(200);
    expect(body.items.map((item: { requestId: string }) => item.requestId)).toEqual([ids.request]);
  });

  it('plans the visit and holds the minutes', async () => {
    const visit = { requestId: ids.request, volunteerId: ids.volunteer };
    const made = await putThrice(volunteer, `${base}/visits/${ids.visit}`, visit, { ...visit, requestId: newId() });
    expect(made).toMatchObject({ state: 'planned', plannedMinutes: 60, creditedMinutes: null, lane: null });
    const { body } = await client.get(`${base}/accounts/${accounts['client']}`).expect(200);
    expect(body).toMatchObject({ balanceMinutes: 600, heldMinutes: 60 });
    expect((await volunteer.get(`${base}/requests?state=open`).expect(200)).body.items).toEqual([]);
  });

  it('scans in and out by the card', async () => {
    const path = (event: string) => `${base}/visits/${ids.visit}/scans/${event}`;
    const started = await putThrice(volunteer, path(ids.scanIn), { kind: 'in', card: card.url }, { kind: 'out', card: card.url });
    expect(started).toMatchObject({ state: 'in_progress', capturedIn: city.clock.now().toISOString(), creditedMinutes: null });
    city.clock.advance(45);
    const ended = await putThrice(volunteer, path(ids.scanOut), { kind: 'out', card: card.code }, { kind: 'in', card: card.code });
    expect(ended).toMatchObject({ state: 'ready', lane: 'clean', class: 'verified', assurance: 'A1', creditedMinutes: 45 });
  });

  it('shows the visit in the clean lane and approves it', async () => {
    const { body } = await coordinator.get(`${base}/visits?lane=clean`).expect(200);
    expect(body.items.map((item: { visitId: string }) => item.visitId)).toEqual([ids.visit]);
    const approval = { visitIds: [ids.visit], decision: 'approve' };
    const made = await putThrice(coordinator, `${base}/approvals/${ids.approval}`, approval, {
      ...approval,
      decision: 'reject',
      reasonCode: 'other',
    });
    expect(made).toMatchObject({ results: [{ visitId: ids.visit, outcome: 'approved' }] });
    const seen = await coordinator.get(`${base}/visits/${ids.visit}`).expect(200);
    expect(seen.body).toMatchObject({ state: 'approved', creditedMinutes: 45 });
  });

  it('has moved the minutes, and both see it in their statement', async () => {
    const entries = async (caller: TestCaller, account: string) =>
      (await caller.get(`${base}/accounts/${accounts[account]}/entries`).expect(200)).body.items;
    expect(await entries(client, 'client')).toMatchObject([
      { kind: 'service', class: 'verified', minutes: -45, balanceAfterMinutes: 555, visitId: ids.visit },
      { kind: 'grant', class: null, minutes: 600, balanceAfterMinutes: 600, visitId: null },
    ]);
    expect(await entries(volunteer, 'Volunteer')).toMatchObject([{ kind: 'service', minutes: 45, balanceAfterMinutes: 45 }]);
    expect((await client.get(`${base}/accounts/${accounts['client']}`)).body).toMatchObject({ balanceMinutes: 555, heldMinutes: 0 });
    const csv = await client
      .get(`${base}/accounts/${accounts['client']}/statement.csv`)
      .expect(200)
      .expect('content-type', /text\/csv/);
    expect(csv.text).toContain('-45');
    expect(csv.text).toContain('555');
  });

  it('E8: tells a reader what was done in their statement, in their language', async () => {
    const read = await client.get(`${base}/accounts/${accounts['client']}/statement.csv?language=en`).expect(200);
    const { text } = await client.get(`${base}/accounts/${accounts['client']}/statement.csv?form=machine&language=en`).expect(200);
    expect(text.split('\r\n').find((line) => line.startsWith('entry') && line.includes(ids.visit))).toBeDefined();
    expect(read.text).not.toContain(ids.visit);
    expect(read.text).toMatch(/^Entry,.*,Service,Scanned,-?\d+,.*,(Company|Meals|Errands|Reading aloud|Cleaning),/m);
  });

  it('sums to zero, and the audit is green', async () => {
    const { body } = await admin.get(`${base}/ledger/trial-balance`).expect(200);
    expect(body.sumMinutes).toBe(0);
    expect((body.accounts as { balanceMinutes: number }[]).reduce((sum, account) => sum + account.balanceMinutes, 0)).toBe(0);
    expect((await city.app.get(AuditBooks, { strict: false }).run()).faults).toEqual([]);
  });

  it("looks to another bank's coordinator as if none of it were there", async () => {
    const otherBank = await city.openBank(admin, 'Bell Tower');
    const stranger = await city.register(admin, otherBank, 'coordinator');
    const paths = [
      '',
      '/members',
      `/members/${ids.client}`,
      `/members/${ids.client}/cards`,
      '/requests',
      `/requests/${ids.request}`,
      '/visits',
      `/visits/${ids.visit}`,
      '/queue',
      `/accounts/${accounts['client']}`,
      `/accounts/${accounts['client']}/entries`,
      `/accounts/${accounts['client']}/statement.csv`,
      '/ledger/trial-balance',
      '/policies',
      '/accounts',
    ];
    for (const path of paths)
      expect({ path, ...(await stranger.caller.get(base + path)).body }).toEqual({ path, code: 'request/not_found', parameters: {} });
    const theirs = `/api/banks/${otherBank}`;
    for (const path of [`/members/${ids.client}`, `/requests/${ids.request}`, `/visits/${ids.visit}`, `/accounts/${accounts['client']}`]) {
      await stranger.caller.get(theirs + path).expect(404);
    }
  });
});
