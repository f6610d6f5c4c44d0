import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Letter, NoticeList } from '@timebank/contract';
import { newId } from '@timebank/kernel';
import { DeliverNotices } from '@timebank/notices';
import { openApp, type TestApp, type TestCaller, type TestMember } from '@timebank/testing';

type Page = { items: Letter[]; nextCursor: string | null };

describe('offline scans that changed nothing, over HTTP', () => {
  let city: TestApp;
  let admin: TestCaller;
  let bankId: string;
  let bank: string;
  let coordinator: TestMember;
  let auditor: TestMember;
  let volunteer: TestMember;
  let stranger: TestMember;
  beforeAll(async () => {
    city = await openApp();
    admin = await city.signInAsCityAdmin();
    bankId = await city.openBank(admin);
    bank = `/api/banks/${bankId}`;
    coordinator = await city.register(admin, bankId, 'coordinator');
    volunteer = await city.register(coordinator.caller, bankId, 'volunteer');
    auditor = await city.register(coordinator.caller, bankId, 'volunteer');
    await admin.put(`${bank}/roles/${auditor.memberId}/auditor`).expect(201);
    stranger = await city.register(admin, await city.openBank(admin, 'Bell Tower'), 'coordinator');
  });
  afterAll(() => city.close());

  const now = () => city.clock.now().toISOString();
  /** An offline scan for a visit that the bank does not know; its letter's path. */
  async function sent(visitId = newId(), eventId = newId()): Promise<string> {
    const scan = { kind: 'in', card: 'ABCD-EFGH', clientTime: now() };
    const { body } = await volunteer.caller.put(`${bank}/visits/${visitId}/scans/${eventId}`, scan).expect(404);
    expect(body).toEqual({ code: 'visits/not_found', parameters: {} });
    return `${bank}/letters/${eventId}`;
  }
  const page = async (query: string) => (await coordinator.caller.get(`${bank}/letters${query}`).expect(200)).body as Page;
  const answer = { outcome: 'rejected', reasonCode: 'not_served', note: 'Nobody was there' };

  it('are read by the desk of that bank alone, with whom to phone', async () => {
    const letter = await sent();
    await city.anybody.get(letter).expect(401);
    await volunteer.caller.get(letter).expect(403);
    await stranger.caller.get(letter).expect(404);
    for (const { caller } of [coordinator, auditor]) {
      expect((await caller.get(letter).expect(200)).body).toMatchObject({
        state: 'open',
        code: 'visits/not_found',
        via: 'typed',
        volunteerId: volunteer.memberId,
        volunteerPhone: volunteer.phone,
        visit: null,
        cardClient: null,
      });
    }
    expect((await coordinator.caller.get(`${bank}/letters/${newId()}`).expect(404)).body).toMatchObject({ code: 'letters/not_found' });
    expect((await coordinator.caller.get(`${bank}/queue`).expect(200)).body).toMatchObject({ letters: 1 });
  });

  it("say nothing of another bank's visit", async () => {
    const home = await city.openBank(admin, 'Lake');
    const far = `/api/banks/${home}`;
    const helper = await city.register(admin, home, 'volunteer');
    const client = await city.register(admin, home, 'client');
    const { accounts } = (await admin.get(far).expect(200)).body as { accounts: { fund: string } };
    const grant = { kind: 'grant', fromAccountId: accounts.fund, toAccountId: client.accountId, minutes: 600 };
    await admin.put(`${far}/transfers/${newId()}`, grant).expect(201);
    const clerk = await city.register(admin, home, 'coordinator');
    const [requestId, visitId] = [newId(), newId()];
    const request = { clientId: client.memberId, serviceKind: 'company', startsAt: now(), minutes: 60 };
    await clerk.caller.put(`${far}/requests/${requestId}`, request).expect(201);
    await helper.caller.put(`${far}/visits/${visitId}`, { requestId, volunteerId: helper.memberId }).expect(201);
    const letter = await sent(visitId);
    expect((await coordinator.caller.get(letter).expect(200)).body).toMatchObject({ code: 'visits/not_found', visit: null });
    await helper.caller.put(`${bank}/visits/${visitId}/scans/${newId()}`, { kind: 'in', card: 'x', clientTime: now() }).expect(404);
    expect((await clerk.caller.get(`${far}/letters`).expect(200)).body).toEqual({ items: [], nextCursor: null });
  });

  it('come in pages, open or closed', async () => {
    for (let count = 0; count < 3; count += 1) await sent();
    const whole = (await page('?limit=200')).items.map(({ eventId }) => eventId);
    const walked: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { items, nextCursor } = await page(`?limit=2${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`);
      walked.push(...items.map(({ eventId }) => eventId));
      cursor = nextCursor;
    }
    expect(walked).toEqual(whole);
    expect((await page('?state=closed')).items).toEqual([]);
    for (const bad of ['?state=lost', '?cursor=abc', '?limit=0', '?more=1'])
      await coordinator.caller.get(`${bank}/letters${bad}`).expect(400);
  });

  it('are closed once, by a coordinator, and the volunteer is told', async () => {
    const letter = await sent();
    const path = `${letter}/answer/${newId()}`;
    await city.anybody.put(path, answer).expect(401);
    for (const { caller } of [volunteer, auditor]) await caller.put(path, answer).expect(403);
    await admin.put(path, answer).expect(403);
    await stranger.caller.put(path, answer).expect(404);
    for (const bad of [
      {},
      { ...answer, outcome: 'lost' },
      { ...answer, outcome: 'entered' },
      { ...answer, visitId: newId() },
      { ...answer, note: ' ' },
    ]) {
      expect((await coordinator.caller.put(path, bad).expect(400)).body).toMatchObject({ code: 'request/malformed' });
    }
    const entered = { outcome: 'entered', reasonCode: 'time_entered', visitId: newId() };
    expect((await coordinator.caller.put(path, entered).expect(422)).body).toMatchObject({ code: 'letters/not_entered' });
    expect((await coordinator.caller.put(path, answer).expect(201)).body).toMatchObject({
      state: 'rejected',
      answer: { reasonCode: 'not_served', note: 'Nobody was there', visitId: null },
    });
    await coordinator.caller.put(path, answer).expect(200);
    expect((await coordinator.caller.put(path, { ...answer, note: 'Else' }).expect(409)).body).toMatchObject({ code: 'letters/id_reused' });
    const again = await coordinator.caller.put(`${letter}/answer/${newId()}`, answer).expect(409);
    expect(again.body).toMatchObject({ code: 'letters/already_closed' });

    await city.app.get(DeliverNotices, { strict: false }).run(bankId);
    const { items } = (await volunteer.caller.get('/api/me/notices').expect(200)).body as NoticeList;
    expect(items.map(({ kind }) => kind)).toEqual(['letter_rejected']);
    expect(JSON.stringify(items)).not.toContain('Nobody was there');
  });
});
