import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { openApp, testStart, type TestApp, type TestCaller, type TestMember } from '@timebank/testing';

type Visit = { state: string; lane: string | null; creditedMinutes: number | null; duplicate?: boolean };

describe('the main line over HTTP', () => {
  let city: TestApp;
  let admin: TestCaller;
  let bankId: string;
  let bank: string;
  let coordinator: TestMember;
  let volunteer: TestMember;
  let client: TestMember;
  let url: string;
  beforeAll(async () => {
    city = await openApp();
    admin = await city.signInAsCityAdmin();
    bankId = await city.openBank(admin);
    bank = `/api/banks/${bankId}`;
    coordinator = await city.register(admin, bankId, 'coordinator');
    volunteer = await city.register(coordinator.caller, bankId, 'volunteer');
    client = await city.register(coordinator.caller, bankId, 'client');
    const { accounts } = (await admin.get(bank).expect(200)).body as { accounts: { fund: string } };
    await admin
      .put(`${bank}/transfers/${newId()}`, { kind: 'grant', fromAccountId: accounts.fund, toAccountId: client.accountId, minutes: 600 })
      .expect(201);
    url = ((await coordinator.caller.post(`${bank}/members/${client.memberId}/cards`).expect(201)).body as { url: string }).url;
  });
  afterAll(() => city.close());

  const at = (minutes: number) => city.clock.set(new Date(testStart.getTime() + minutes * 60_000));
  const ask = async (startMinutes = 0) => {
    const requestId = newId();
    const startsAt = new Date(testStart.getTime() + startMinutes * 60_000).toISOString();
    const body = { clientId: client.memberId, serviceKind: 'company', startsAt, minutes: 60 };
    await coordinator.caller.put(`${bank}/requests/${requestId}`, body).expect(201);
    await coordinator.caller.put(`${bank}/requests/${requestId}`, body).expect(200);
    await coordinator.caller.put(`${bank}/requests/${requestId}`, { ...body, minutes: 61 }).expect(409);
    return requestId;
  };

  it("runs from a request to minutes on the volunteer's account", async () => {
    at(0);
    const requestId = await ask();
    const open = (await volunteer.caller.get(`${bank}/requests?state=open`).expect(200)).body as { items: object[] };
    expect(open.items).toEqual([expect.objectContaining({ requestId, clientName: 'c*', place: null })]);

    const visit = `${bank}/visits/${newId()}`;
    await volunteer.caller.put(visit, { requestId, volunteerId: volunteer.memberId }).expect(201);
    await volunteer.caller.put(visit, { requestId, volunteerId: volunteer.memberId }).expect(200);
    const account = async (member: TestMember) =>
      (await member.caller.get(`${bank}/accounts/${member.accountId}`).expect(200)).body as object;
    expect(await account(client)).toMatchObject({ balanceMinutes: 600, heldMinutes: 60 });

    const scan = `${visit}/scans/${newId()}`;
    await volunteer.caller.put(scan, { kind: 'in', card: url }).expect(201);
    await volunteer.caller.put(scan, { kind: 'in', card: url }).expect(200);
    expect(((await volunteer.caller.put(`${visit}/scans/${newId()}`, { kind: 'in', card: url }).expect(200)).body as Visit).duplicate).toBe(
      true,
    );
    at(60);
    const out = (await volunteer.caller.put(`${visit}/scans/${newId()}`, { kind: 'out', card: url }).expect(201)).body as Visit;
    expect(out).toMatchObject({ state: 'ready', lane: 'clean', creditedMinutes: 60 });
    expect((await coordinator.caller.get(`${bank}/queue`).expect(200)).body).toEqual({
      waitingActs: 0,
      lanes: { clean: 1, yellow: 0, red: 0 },
      clean: { visits: 1, minutes: 60, volunteers: 1, kinds: [{ serviceKind: 'company', visits: 1, minutes: 60, volunteers: 1 }] },
      overdue: 0,
      overdueBefore: new Date(testStart.getTime() + (60 - 3 * 24 * 60) * 60_000).toISOString(),
      escalated: 0,
      appeals: 0,
      letters: 0,
      urgent: 0,
    });

    const approval = `${bank}/approvals/${newId()}`;
    const decision = { visitIds: [visit.split('/').at(-1)], decision: 'approve' };
    const first = await coordinator.caller.put(approval, decision).expect(201);
    expect((await coordinator.caller.put(approval, decision).expect(200)).body).toEqual(first.body);
    await coordinator.caller.put(approval, { ...decision, acknowledge: ['LATE_IN'] }).expect(409);
    expect(await account(client)).toMatchObject({ balanceMinutes: 540, heldMinutes: 0 });
    expect(await account(volunteer)).toMatchObject({ balanceMinutes: 60, heldMinutes: 0 });
    const { items } = (await volunteer.caller.get(`${bank}/visits?state=approved`).expect(200)).body as { items: object[] };
    expect(items).toEqual([expect.objectContaining({ state: 'approved', creditedMinutes: 60 })]);
  });

  it('answers offline scans with 200, always', async () => {
    at(100);
    const visit = `${bank}/visits/${newId()}`;
    await volunteer.caller.put(visit, { requestId: await ask(100), volunteerId: volunteer.memberId }).expect(201);
    const clientTime = city.clock.now().toISOString();
    at(130);
    await volunteer.caller.put(`${visit}/scans/${newId()}`, { kind: 'in', card: 'hello', clientTime }).expect(200);
    await volunteer.caller.put(`${visit}/scans/${newId()}`, { kind: 'in', card: url }).expect(409);
    await volunteer.caller.put(`${visit}/scans/${newId()}`, { kind: 'out', card: 'hello' }).expect(422);
    const entered = { startedAt: clientTime, endedAt: city.clock.now().toISOString(), reasonCode: 'card_unreadable' };
    const answer = await coordinator.caller.put(`${visit}/manual`, entered);
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ class: 'manual', assurance: 'A0', creditedMinutes: 30 });
  });

  it('lets the right people in and no others', async () => {
    const stranger = await city.register(admin, await city.openBank(admin, 'Bell Tower'), 'coordinator');
    const visit = `${bank}/visits/${newId()}`;
    const requestId = await ask(300);
    const plan = { requestId, volunteerId: volunteer.memberId };
    await city.anybody.put(visit, plan).expect(401);
    await client.caller.put(visit, plan).expect(403);
    await stranger.caller.put(visit, plan).expect(404);
    await stranger.caller.get(`${bank}/requests/${requestId}`).expect(404);
    await volunteer.caller.put(visit, plan).expect(201);
    await client.caller.get(visit).expect(200);
    await stranger.caller.get(visit).expect(404);
    const other = await city.register(coordinator.caller, bankId, 'volunteer');
    await other.caller.get(visit).expect(404);
    await other.caller.put(`${visit}/scans/${newId()}`, { kind: 'in', card: url }).expect(403);
    await coordinator.caller.put(`${visit}/scans/${newId()}`, { kind: 'in', card: url }).expect(403);
    await volunteer.caller.put(`${bank}/approvals/${newId()}`, { visitIds: [newId()], decision: 'approve' }).expect(403);
    await admin.put(`${bank}/approvals/${newId()}`, { visitIds: [newId()], decision: 'approve' }).expect(403);
    await client.caller.post(`${visit}/cancel`).expect(200);
    await client.caller.post(`${bank}/requests/${requestId}/cancel`, { note: 'at the hospital' }).expect(200);
    const again = await client.caller.post(`${bank}/requests/${requestId}/cancel`).expect(409);
    expect(again.body).toMatchObject({ code: 'requests/already_cancelled' });
  });

  it('shows anybody the bank behind a card, and a volunteer the visit', async () => {
    at(600);
    const requestId = await ask(620);
    const visitId = newId();
    await volunteer.caller.put(`${bank}/visits/${visitId}`, { requestId, volunteerId: volunteer.memberId }).expect(201);
    const place = `/api/cards/${url.split('/').at(-1)}`;
    const shown = { bankId, bankName: 'Drum Tower', bankPhone: '025-83330000', revoked: false, visit: null };
    expect((await city.anybody.get(place).expect(200)).body).toEqual(shown);
    expect((await volunteer.caller.get(place).expect(200)).body).toMatchObject({ visit: { visitId, next: 'in' } });
    await city.anybody.get('/api/cards/0000000000000000').expect(404);
    const kinds = (await volunteer.caller.get('/api/service-kinds').expect(200)).body as {
      items: { requiredQualification: string | null }[];
    };
    expect(kinds.items[0]?.requiredQualification).toBeNull();
    const cards = (await coordinator.caller.get(`${bank}/members/${client.memberId}/cards`).expect(200)).body as {
      items: { cardId: string }[];
    };
    await coordinator.caller.delete(`${bank}/members/${client.memberId}/cards/${cards.items[0]?.cardId}`).expect(200, { done: true });
    await volunteer.caller.put(`${bank}/visits/${visitId}/scans/${newId()}`, { kind: 'in', card: url }).expect(422);
  });
});
