import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Change, Home } from '@timebank/contract';
import { newId } from '@timebank/kernel';
import { SealCheckpoints } from '@timebank/ledger';
import { DeliverNotices } from '@timebank/notices';
import { openApp, type TestApp, type TestCaller, type TestMember } from '@timebank/testing';

const minute = 60_000;

describe('the first screen', () => {
  let app: TestApp;
  let admin: TestCaller;
  let bankId: string;
  let coordinator: TestMember;
  let volunteer: TestMember;
  let client: TestMember;
  let card: string;
  const base = () => `/api/banks/${bankId}`;

  const home = async (by: TestCaller, query = '') => (await by.get(`/api/me/home${query}`).expect(200)).body as Home;
  async function ask(inMinutes: number, of = client, kind = 'company'): Promise<string> {
    const requestId = newId();
    const startsAt = new Date(app.clock.now().getTime() + inMinutes * minute).toISOString();
    const request = { clientId: of.memberId, serviceKind: kind, startsAt, minutes: 60 };
    await coordinator.caller.put(`${base()}/requests/${requestId}`, request).expect(201);
    return requestId;
  }
  async function take(requestId: string): Promise<string> {
    const visitId = newId();
    await volunteer.caller.put(`${base()}/visits/${visitId}`, { requestId, volunteerId: volunteer.memberId }).expect(201);
    return visitId;
  }
  const scan = (visitId: string, kind: 'in' | 'out') =>
    volunteer.caller.put(`${base()}/visits/${visitId}/scans/${newId()}`, { kind, card }).expect(201);

  beforeAll(async () => {
    app = await openApp();
    admin = await app.signInAsCityAdmin();
    bankId = await app.openBank(admin);
    coordinator = await app.register(admin, bankId, 'coordinator');
    volunteer = await app.register(coordinator.caller, bankId, 'volunteer');
    client = await app.register(coordinator.caller, bankId, 'client');
    const { body: bank } = await admin.get(base()).expect(200);
    const { fund } = (bank as { accounts: { fund: string } }).accounts;
    const grant = { kind: 'grant', fromAccountId: fund, toAccountId: client.accountId, minutes: 600 };
    await admin.put(`${base()}/transfers/${newId()}`, grant).expect(201);
    const { body } = await coordinator.caller.post(`${base()}/members/${client.memberId}/cards`).expect(201);
    card = (body as { code: string }).code;
  });
  afterAll(() => app.close());

  it('is empty in an empty bank, and says so in whole', async () => {
    const { desk, city } = await home(coordinator.caller);
    expect(city).toBeNull();
    expect(desk).toMatchObject({
      bankId,
      day: '2026-03-02',
      today: { visits: 0, items: [] },
      unfilled: { requests: 0, items: [] },
      queue: { lanes: { clean: 0, yellow: 0, red: 0 }, waitingSince: null },
      callBacks: 0,
    });
    expect(desk?.week.map(({ day, visits }) => [day, visits])).toEqual(
      ['2026-02-24', '2026-02-25', '2026-02-26', '2026-02-27', '2026-02-28', '2026-03-01', '2026-03-02'].map((day) => [day, 0]),
    );
  });

  it('names who comes to whom today, who is still needed, and since when visits wait', async () => {
    const served = await take(await ask(30));
    app.clock.advance(30);
    await scan(served, 'in');
    app.clock.advance(60);
    await scan(served, 'out');
    const waitingSince = app.clock.now().toISOString();
    const later = await take(await ask(120));
    const poor = await app.register(coordinator.caller, bankId, 'client');
    const [soon, uncovered, far] = [await ask(60, client, 'meal'), await ask(24 * 60, poor), await ask(80 * 60)];
    app.clock.advance(1);
    const { desk } = await home(coordinator.caller, `?bankId=${bankId}`);
    expect(desk?.today.visits).toBe(2);
    expect(desk?.today.items.map(({ visitId, capturedOut }) => [visitId, capturedOut])).toEqual([
      [served, waitingSince],
      [later, null],
    ]);
    expect(desk?.today.items[0]).toMatchObject({ clientName: `client ${client.phone}`, volunteerName: `volunteer ${volunteer.phone}` });
    expect(desk?.unfilled.requests).toBe(2);
    expect(desk?.unfilled.items.map(({ requestId, isCovered }) => [requestId, isCovered])).toEqual([
      [soon, true],
      [uncovered, false],
    ]);
    expect(desk?.unfilled.items.map(({ requestId }) => requestId)).not.toContain(far);
    expect(desk?.queue).toMatchObject({ waitingSince });
    expect(desk?.week.at(-1)).toEqual({ day: '2026-03-02', visits: 1, byHand: 0, minutes: 60 });
    // Those who answer for the bank also see its weeks; what was asked within a day is not counted yet.
    expect(desk?.weeks).toBeNull();
    const { weeks } = (await home(admin, `?bankId=${bankId}`)).desk ?? {};
    const week = { week: '2026-03-02', visits: 1, byHand: 0, minutes: 60, requests: 0, filledInADay: 0 };
    expect([weeks?.weeks.length, weeks?.weeks[0]?.week, weeks?.weeks.at(-1)]).toEqual([12, '2025-12-15', week]);
    expect(weeks?.kinds).toEqual([{ serviceKind: 'company', visits: 1, minutes: 60 }]);
  });

  it('shows the city’s people every bank side by side, and no bank’s desk unless it is named', async () => {
    const other = await app.openBank(admin, 'Xuanwu');
    const { desk, city } = await home(admin);
    expect(desk).toBeNull();
    expect(city?.map(({ bankName }) => bankName)).toEqual(['Drum Tower', 'Xuanwu']);
    expect(city?.[0]).toMatchObject({ bankId, today: 2, waiting: 1, unfilled: 2, visits: 1, byHand: 0, requests: 0, filledInADay: 0 });
    expect(city?.[1]).toMatchObject({ bankId: other, today: 0, waiting: 0, waitingSince: null, unfilled: 0, visits: 0 });
    expect((await home(admin, `?bankId=${other}`)).desk).toMatchObject({ bankId: other, today: { visits: 0 } });
    app.clock.advance(26 * 60);
    // Of five that were asked for, two found somebody within a day.
    expect((await home(admin)).city?.[0]).toMatchObject({ requests: 5, filledInADay: 2 });
  });

  it('shows people themselves: visits on either side, their account, and what was given once it is approved', async () => {
    const served = await take(await ask(30));
    app.clock.advance(30);
    await scan(served, 'in');
    const running = (await home(volunteer.caller)).own;
    expect(running?.visits.find(({ visitId }) => visitId === served)).toMatchObject({
      side: 'volunteer',
      state: 'in_progress',
      clientName: `client ${client.phone}`,
      capturedIn: app.clock.now().toISOString(),
    });
    expect(running).toMatchObject({
      account: { accountId: volunteer.accountId, balanceMinutes: 0 },
      given: { minutes: 0, neighbours: 0 },
      givenEver: 0,
    });
    app.clock.advance(60);
    await scan(served, 'out');
    const decision = { visitIds: [served], decision: 'approve' };
    await coordinator.caller.put(`${base()}/approvals/${newId()}`, decision).expect(201);
    await app.app.get(DeliverNotices, { strict: false }).run(bankId);
    const { own } = await home(volunteer.caller, '?part=own');
    const { body: list } = await volunteer.caller.get('/api/me/notices').expect(200);
    expect(own).toMatchObject({
      account: { balanceMinutes: 60 },
      given: { minutes: 60, neighbours: 1 },
      givenEver: 60,
      unread: (list as { unread: number }).unread,
    });
    expect(own?.unread).toBeGreaterThan(0);
    expect(own?.visits.find(({ visitId }) => visitId === served)).toMatchObject({ state: 'approved', creditedMinutes: 60 });
    const helped = (await home(client.caller)).own;
    expect(helped).toMatchObject({ received: { minutes: 60, neighbours: 1 }, given: { minutes: 0 }, givenEver: 0 });
    expect(helped?.visits.find(({ visitId }) => visitId === served)).toMatchObject({
      side: 'client',
      volunteerName: `volunteer ${volunteer.phone}`,
    });
    // The next day it is no news any more, and what nobody has decided still is.
    app.clock.advance(2 * 24 * 60);
    const later = (await home(volunteer.caller)).own;
    expect(later?.visits.map(({ visitId }) => visitId)).not.toContain(served);
    expect(later?.visits.map(({ state }) => state)).toContain('ready');
  });

  it('leaves out the own part where a desk is named, and all but the own part on request', async () => {
    expect((await home(coordinator.caller, `?bankId=${bankId}`)).own).toBeNull();
    expect(await home(coordinator.caller, '?part=own')).toMatchObject({ own: { visits: [] }, desk: null, city: null });
    expect((await home(admin, '?part=own')).own).toBeNull();
    await volunteer.caller.get('/api/me/home?part=desk').expect(400);
  });

  it('keeps a bank from who has no office there, and the desk from who has none at all', async () => {
    const other = await app.openBank(admin, 'Qinhuai');
    for (const bank of [other, newId()]) {
      const { body } = await coordinator.caller.get(`/api/me/home?bankId=${bank}`).expect(404);
      expect(body).toMatchObject({ code: 'banks/not_found' });
    }
    expect(await home(volunteer.caller)).toMatchObject({ desk: null, city: null });
    await volunteer.caller.get(`/api/me/home?bankId=${bankId}`).expect(404);
    await app.anybody.get('/api/me/home').expect(401);
    await coordinator.caller.get('/api/me/home?bankId=none').expect(400);
  });

  it('counts by week how many requests had a helper within a day, once the day has passed', async () => {
    app.clock.advance(26 * 60);
    const { weeks } = (await home(admin, `?bankId=${bankId}`)).desk ?? {};
    expect(weeks?.weeks.at(-1)).toMatchObject({ week: '2026-03-02', requests: 6, filledInADay: 3 });
  });

  it('counts elders who have become silent, and leads to their list', async () => {
    const silent = async (by = coordinator.caller) => (await home(by, `?bankId=${bankId}`)).desk?.silent;
    const listed = async (query: string) => {
      const { body } = await coordinator.caller.get(`${base()}/members?only=silent&count=yes${query}`).expect(200);
      const { items, total, counts } = body as { items: { memberId: string }[]; total: { count: number }; counts: Record<string, number> };
      return [items.map(({ memberId }) => memberId), total.count, counts];
    };
    expect([await silent(), (await listed(''))[0]]).toEqual([0, []]);
    app.clock.advance(31 * 24 * 60);
    expect([await silent(), await silent(admin)]).toEqual([1, 1]);
    expect(await listed('')).toEqual([[client.memberId], 1, { client: 1 }]);
    expect(await listed('&role=client')).toEqual([[client.memberId], 1, { client: 1 }]);
    expect(await listed('&role=volunteer')).toEqual([[], 0, { client: 1 }]);
    expect((await listed('&q=nobody'))[0]).toEqual([]);
    // Who has asked is not silent, even while nobody has taken it.
    await ask(30 * 24 * 60);
    expect([await silent(), (await listed(''))[0]]).toEqual([0, []]);
    app.clock.advance(70 * 24 * 60);
    // Nobody is awaited for ever: after three months it is no silence any more.
    expect(await silent()).toBe(0);
  });

  it('shows whoever answers for the bank what nears a deadline, with a list behind each', async () => {
    const near = async () => (await home(admin, `?bankId=${bankId}`)).desk?.deadlines;
    const day = (inDays: number) => new Date(app.clock.now().getTime() + inDays * 24 * 60 * minute).toISOString().slice(0, 10);
    expect((await home(coordinator.caller)).desk?.deadlines).toBeNull();
    const forgotten = await take(await ask(30));
    const planned = day(0);
    expect(await near()).toMatchObject({
      recording: { visits: 0 },
      acts: { waiting: 0, until: null },
      qualifications: { volunteers: 0, until: null },
    });
    app.clock.advance(13 * 24 * 60);
    await coordinator.caller.put(`${base()}/members/${volunteer.memberId}/qualifications/first_aid`, { validUntil: day(20) }).expect(201);
    const { body: bank } = await admin.get(base()).expect(200);
    const { fund } = (bank as { accounts: { fund: string } }).accounts;
    const grant = { kind: 'grant', fromAccountId: fund, toAccountId: client.accountId, minutes: 6_001, reasonCode: 'welcome' };
    const { body: waits } = await admin.put(`${base()}/transfers/${newId()}`, grant).expect(202);
    const found = await near();
    expect(found).toMatchObject({ recording: { visits: 1 }, acts: { waiting: 0 }, qualifications: { volunteers: 1, until: day(20) } });
    const { from, to } = found?.recording ?? { from: '', to: '' };
    expect(from <= planned && planned <= to).toBe(true);
    const visits = `${base()}/visits?unrecorded=any&from=${from}T00:00:00.000Z&to=${to}T23:59:59.000Z`;
    const listed = (await coordinator.caller.get(visits).expect(200)).body as { items: { visitId: string }[] };
    expect(listed.items.map(({ visitId }) => visitId)).toEqual([forgotten]);
    const { body: members } = await coordinator.caller.get(`${base()}/members?only=qualification_ends`).expect(200);
    expect((members as { items: { memberId: string }[] }).items.map(({ memberId }) => memberId)).toEqual([volunteer.memberId]);
    app.clock.advance(6 * 24 * 60);
    expect(await near()).toMatchObject({ recording: { visits: 0 }, acts: { waiting: 1, until: (waits as { until: string }).until } });
  });

  it('tells auditors how far the books are sealed, and what has changed since they last signed in', async () => {
    const auditor = await app.register(coordinator.caller, bankId, 'volunteer');
    await admin.put(`${base()}/roles/${auditor.memberId}/auditor`, { reasonCode: 'new_task' }).expect(201);
    const watched = async () => (await home(await app.signIn(auditor.phone, auditor.password), `?bankId=${bankId}`)).desk?.watched;
    expect((await home(admin, `?bankId=${bankId}`)).desk?.watched).toBeNull();
    await watched();
    expect(await watched()).toMatchObject({ seal: null, missing: 0, changes: { count: 0 } });
    await app.register(coordinator.caller, bankId, 'client');
    const changed = await watched();
    expect(changed?.changes?.count).toBeGreaterThan(0);
    expect(changed?.unsealedSince).not.toBeNull();
    const caller = await app.signIn(auditor.phone, auditor.password);
    const list = async (query: string) =>
      (await caller.get(`${base()}/audit?${query}`).expect(200)).body as { items: Change[]; nextCursor: string | null };
    expect((await list('since=sign_in')).items).toEqual([]);
    const [newest] = (await list('limit=1')).items;
    expect(newest).toMatchObject({ role: 'coordinator', actorName: `coordinator ${coordinator.phone}`, act: 'insert' });
    // A registration counts the bank's members on, which is no rule.
    const ofBank = (await list('limit=200')).items.filter(({ table, act }) => table === 'bank' && act === 'update');
    expect(new Set(ofBank.map(({ kind }) => kind))).toEqual(new Set(['other']));
    // All of it once, a page at a time.
    const seen: number[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: { items: Change[]; nextCursor: string | null } = await list(`limit=200${cursor && `&cursor=${cursor}`}`);
      seen.push(...page.items.map(({ number }) => number));
      cursor = page.nextCursor;
    }
    const [kept] = await app.database.query<{ entries: number }>('select count(*)::int as entries from audit_trail where bank_id = $1', [
      bankId,
    ]);
    expect([new Set(seen).size, seen.length]).toEqual([kept?.entries, kept?.entries]);
    await caller.get(`${base()}/audit?cursor=${Buffer.from('[-1,-1]').toString('base64url')}`).expect(200, { items: [], nextCursor: null });
    await coordinator.caller.get(`${base()}/audit`).expect(403);
    // Another sign-in, and all of it was there the last time.
    expect((await watched())?.changes).toMatchObject({ count: 0 });
    // What other databases of the same server have begun and not ended keeps a seal from reaching the newest: the next one does.
    let sealed: Awaited<ReturnType<typeof watched>>;
    do {
      await app.app.get(SealCheckpoints, { strict: false }).run();
      sealed = await watched();
    } while (sealed?.unsealedSince !== null);
    expect(sealed).toMatchObject({ seal: { sealedAt: app.clock.now().toISOString() }, missing: 0 });
  });
});
