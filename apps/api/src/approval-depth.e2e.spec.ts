import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { localDate, newId } from '@timebank/kernel';
import { openApp, type TestApp, type TestCaller, type TestMember } from '@timebank/testing';

describe('approval in depth over HTTP', () => {
  let city: TestApp;
  let admin: TestCaller;
  let bank: string;
  let coordinator: TestMember;
  let colleague: TestMember;
  let volunteer: TestMember;
  let client: TestMember;
  let stranger: TestMember;
  let code: string;
  beforeAll(async () => {
    city = await openApp();
    admin = await city.signInAsCityAdmin();
    const bankId = await city.openBank(admin);
    bank = `/api/banks/${bankId}`;
    coordinator = await city.register(admin, bankId, 'coordinator');
    colleague = await city.register(admin, bankId, 'coordinator');
    volunteer = await city.register(coordinator.caller, bankId, 'volunteer');
    client = await city.register(coordinator.caller, bankId, 'client');
    stranger = await city.register(admin, await city.openBank(admin, 'Bell Tower'), 'coordinator');
    const { accounts } = (await admin.get(bank).expect(200)).body as { accounts: { fund: string } };
    await admin
      .put(`${bank}/transfers/${newId()}`, { kind: 'grant', fromAccountId: accounts.fund, toAccountId: client.accountId, minutes: 600 })
      .expect(201);
    code = ((await coordinator.caller.post(`${bank}/members/${client.memberId}/cards`).expect(201)).body as { code: string }).code;
  });
  afterAll(() => city.close());

  /** A visit of an hour that has just ended, as its path. */
  async function served(): Promise<string> {
    const [requestId, visit] = [newId(), `${bank}/visits/${newId()}`];
    const request = { clientId: client.memberId, serviceKind: 'company', startsAt: city.clock.now().toISOString(), minutes: 60 };
    await coordinator.caller.put(`${bank}/requests/${requestId}`, request).expect(201);
    await volunteer.caller.put(visit, { requestId, volunteerId: volunteer.memberId }).expect(201);
    await volunteer.caller.put(`${visit}/scans/${newId()}`, { kind: 'in', card: code }).expect(201);
    city.clock.advance(60);
    await volunteer.caller.put(`${visit}/scans/${newId()}`, { kind: 'out', card: code }).expect(201);
    city.clock.advance(23 * 60);
    return visit;
  }
  const idOf = (visit: string) => visit.split('/').at(-1) as string;
  const reject = async (visit: string) =>
    coordinator.caller
      .put(`${bank}/approvals/${newId()}`, { visitIds: [idOf(visit)], decision: 'reject', reasonCode: 'not_served' })
      .expect(201);

  it('records a call-back once, under its own id, by a coordinator of the bank', async () => {
    const visit = await served();
    const call = `${visit}/call-backs/${newId()}`;
    const body = { result: 'confirmed', note: 'Very pleased' };
    await city.anybody.put(call, body).expect(401);
    await volunteer.caller.put(call, body).expect(403);
    await admin.put(call, body).expect(403);
    await stranger.caller.put(call, body).expect(404);
    expect((await coordinator.caller.put(call, body).expect(201)).body).toMatchObject({
      state: 'ready',
      assurance: 'A2',
      callBack: { drawn: true, result: 'confirmed' },
    });
    await coordinator.caller.put(call, body).expect(200);
    expect((await coordinator.caller.put(call, { result: 'not_reached' }).expect(409)).body).toMatchObject({
      code: 'call_backs/id_reused',
    });
    for (const bad of [{}, { result: 'perhaps' }, { ...body, note: ' ' }, { ...body, more: 1 }]) {
      await coordinator.caller.put(`${visit}/call-backs/${newId()}`, bad).expect(400);
    }
    expect((await volunteer.caller.get(visit).expect(200)).body).toMatchObject({ callBack: null });
  });

  it('refuses to wave a drawn visit through where the bank calls before it credits', async () => {
    const policy = (key: string, value: unknown) =>
      admin.put(`${bank}/policies/${newId()}`, {
        key,
        value,
        validFrom: localDate(city.clock.now(), 'Asia/Shanghai'),
        source: 'a spec',
      });
    await policy('callBackBeforeCredit', 'yes').expect(422);
    await policy('callBackBeforeCredit', true).expect(201);
    const visit = await served();
    const approve = async () => {
      const body = { visitIds: [idOf(visit)], decision: 'approve', acknowledge: ['CALL_BACK_DUE'] };
      return (await colleague.caller.put(`${bank}/approvals/${newId()}`, body).expect(201)).body as object;
    };
    expect(await approve()).toMatchObject({ results: [{ outcome: 'refused', code: 'visits/call_back_due' }] });
    const open = (await coordinator.caller.get(`${bank}/visits?callBack=open`).expect(200)).body as { items: { visitId: string }[] };
    expect(open.items.map(({ visitId }) => visitId)).toContain(idOf(visit));
    await coordinator.caller.put(`${visit}/call-backs/${newId()}`, { result: 'confirmed' }).expect(201);
    expect(await approve()).toMatchObject({ results: [{ outcome: 'approved' }] });
    await policy('callBackBeforeCredit', false).expect(201);
  });

  it('D1: records a visit without a plan over HTTP, by a coordinator of the bank, under a strict body', async () => {
    city.clock.advance(60);
    const [startedAt, endedAt] = [60, 0].map((back) => new Date(city.clock.now().getTime() - back * 60_000).toISOString());
    const path = `${bank}/past-visits/${newId()}`;
    const people = { clientId: client.memberId, volunteerId: volunteer.memberId };
    const body = { ...people, serviceKind: 'company', startedAt, endedAt, reasonCode: 'paper', evidence: 'sheet 12' };
    await city.anybody.put(path, body).expect(401);
    await volunteer.caller.put(path, body).expect(403);
    await admin.put(path, body).expect(403);
    await stranger.caller.put(path, body).expect(404);
    for (const bad of [{}, { ...body, evidence: 'x'.repeat(201) }, { ...body, more: 1 }, { ...body, serviceKind: '' }]) {
      await coordinator.caller.put(path, bad).expect(400);
    }
    const recorded = (await coordinator.caller.put(path, body).expect(201)).body as { visitId: string };
    expect(recorded).toMatchObject({ class: 'manual', state: 'needs_ack', creditedMinutes: 60 });
    await coordinator.caller.put(path, body).expect(200);
    const approve = async (by: TestMember) =>
      (
        await by.caller
          .put(`${bank}/approvals/${newId()}`, { visitIds: [recorded.visitId], decision: 'approve', acknowledge: ['MANUAL_ENTRY'] })
          .expect(201)
      ).body as object;
    expect(await approve(coordinator)).toMatchObject({ results: [{ code: 'visits/second_person_needed' }] });
    expect(await approve(colleague)).toMatchObject({ results: [{ outcome: 'approved' }] });
    const entries = await volunteer.caller.get(`${bank}/accounts/${volunteer.accountId}/entries`).expect(200);
    expect((entries.body as { items: object[] }).items[0]).toMatchObject({ class: 'manual', minutes: 60, visitId: recorded.visitId });
    city.clock.advance(22 * 60);
  });

  it('lists what waits, the longest first, and counts it for whoever reads the bank', async () => {
    const [first, second] = [await served(), await served()];
    const waiting = async (query: string) =>
      ((await admin.get(`${bank}/visits?${query}`).expect(200)).body as { items: { visitId: string }[] }).items.map(
        ({ visitId }) => visitId,
      );
    expect((await waiting('waiting=any')).slice(-2)).toEqual([first, second].map(idOf));
    expect(await waiting('waiting=escalated')).toEqual([]);
    expect(await waiting('waiting=any&serviceKind=meal')).toEqual([]);
    for (const bad of ['waiting=perhaps', 'callBack=perhaps', 'serviceKind=', 'order=waiting']) {
      await admin.get(`${bank}/visits?${bad}`).expect(400);
    }
    await admin.get(`${bank}/queue`).expect(200);
    await volunteer.caller.get(`${bank}/queue`).expect(403);
    await stranger.caller.get(`${bank}/queue`).expect(404);
  });

  it('takes an appeal from the volunteer and an answer from another coordinator', async () => {
    const visit = await served();
    const appealId = newId();
    const [appeal, answer] = [`${visit}/appeals/${appealId}`, `${bank}/appeals/${appealId}/answer/${newId()}`];
    const body = { note: 'I was there' };
    expect((await volunteer.caller.put(appeal, body).expect(409)).body).toMatchObject({ code: 'appeals/not_decided' });
    await reject(visit);
    await client.caller.put(appeal, body).expect(403);
    await stranger.caller.put(appeal, body).expect(404);
    await volunteer.caller.put(appeal, {}).expect(400);
    await volunteer.caller.put(appeal, body).expect(201);
    await volunteer.caller.put(appeal, body).expect(200);
    expect((await coordinator.caller.get(`${bank}/queue`).expect(200)).body).toMatchObject({ appeals: 1 });

    const open = `${bank}/appeals?state=open`;
    await volunteer.caller.get(open).expect(403);
    await stranger.caller.get(open).expect(404);
    const { items } = (await admin.get(open).expect(200)).body as { items: object[] };
    expect(items).toEqual([expect.objectContaining({ appealId, visitId: idOf(visit), state: 'open', decision: 'reject' })]);
    const said = { outcome: 'granted', note: 'We called, you were' };
    await volunteer.caller.put(answer, said).expect(403);
    await admin.put(answer, said).expect(403);
    expect((await coordinator.caller.put(answer, said).expect(422)).body).toMatchObject({ code: 'appeals/same_coordinator' });
    await colleague.caller.put(answer, { ...said, outcome: 'perhaps' }).expect(400);
    const answered = await colleague.caller.put(answer, said).expect(201);
    expect(answered.body).toMatchObject({ state: 'granted', answer: { remedy: 'enter_anew' } });
    await colleague.caller.put(answer, said).expect(200);
    await colleague.caller.put(answer, { ...said, outcome: 'upheld' }).expect(409);
    expect((await volunteer.caller.get(visit).expect(200)).body).toMatchObject({
      state: 'rejected',
      appeal: { state: 'granted', answer: { note: said.note } },
    });
    await coordinator.caller.get(`${bank}/appeals?cursor=nonsense`).expect(400);
  });
});
