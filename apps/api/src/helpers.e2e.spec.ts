import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { openPageCity, type PageCity, type TestMember } from '@timebank/testing';

describe('several helpers for one request, over HTTP', () => {
  let city: PageCity;
  let base: string;
  let other: TestMember;
  beforeAll(async () => {
    city = await openPageCity();
    base = `/api/banks/${city.bankId}`;
    other = await city.app.register(city.coordinator.caller, city.bankId, 'volunteer');
  });
  afterAll(() => city.app.close());

  const ask = async (more: object, startsInMinutes = 60) => {
    const requestId = newId();
    const startsAt = new Date(city.app.clock.now().getTime() + startsInMinutes * 60_000).toISOString();
    const body = { clientId: city.client.memberId, serviceKind: 'company', startsAt, minutes: 30, ...more };
    return { requestId, answer: await city.client.caller.put(`${base}/requests/${requestId}`, body) };
  };
  const take = (who: TestMember, requestId: string) => {
    const visitId = newId();
    const sent = who.caller.put(`${base}/visits/${visitId}`, { requestId, volunteerId: who.memberId });
    return { visitId, sent };
  };

  it('answers how many are needed and there, and a caller their own visit', async () => {
    const { requestId, answer } = await ask({ helpersNeeded: 2 });
    expect([answer.status, answer.body]).toEqual([
      201,
      expect.objectContaining({ helpersNeeded: 2, helpers: 0, visitId: null, seriesId: null, plannedDate: null, state: 'open' }),
    ]);
    const first = take(city.volunteer, requestId);
    await first.sent.expect(201);
    const second = take(other, requestId);
    await second.sent.expect(201);
    const read = async (who: TestMember) => (await who.caller.get(`${base}/requests/${requestId}`).expect(200)).body as object;
    expect(await read(city.volunteer)).toMatchObject({ helpers: 2, visitId: first.visitId, state: 'taken' });
    expect(await read(other)).toMatchObject({ visitId: second.visitId });
    expect(await read(city.client)).toMatchObject({ visitId: null });
    const { body } = await city.coordinator.caller.get(`${base}/visits?requestId=${requestId}`).expect(200);
    expect((body as { items: { heldFrom: string }[] }).items.map(({ heldFrom }) => heldFrom)).toEqual(['client', 'client']);
    for (const helpersNeeded of [0, 21, 1.5, '2', null]) expect((await ask({ helpersNeeded })).answer.status).toBe(400);
  });

  it('takes a reason from its closed list, and keeps it from the other side', async () => {
    const { requestId } = await ask({ helpersNeeded: 2 }, 600);
    const { visitId, sent } = take(city.volunteer, requestId);
    await sent.expect(201);
    const cancel = (body: object) => city.volunteer.caller.post(`${base}/visits/${visitId}/cancel`, body);
    await cancel({ reasonCode: 'bored' }).expect(400);
    expect((await cancel({ reasonCode: 'ill', note: 'A cold' }).expect(200)).body).toMatchObject({
      state: 'cancelled',
      cancelled: { side: 'by_volunteer', reasonCode: 'ill' },
    });
    expect((await city.coordinator.caller.get(`${base}/visits/${visitId}`).expect(200)).body).toMatchObject({
      cancelled: { side: 'by_volunteer', reasonCode: 'ill', isLate: true },
      events: [{ kind: 'plan' }, { kind: 'cancel', code: 'ill', note: 'A cold' }],
    });
    expect((await city.client.caller.get(`${base}/visits/${visitId}`).expect(200)).body).toMatchObject({
      cancelled: { side: 'by_volunteer', reasonCode: null },
      events: [{ kind: 'plan' }, { kind: 'cancel', code: null, note: null }],
    });
  });

  it('lets only a coordinator choose the payer, and with a reason', async () => {
    const { requestId } = await ask({ helpersNeeded: 2 }, 1_200);
    const send = (who: TestMember, more: object) =>
      who.caller.put(`${base}/visits/${newId()}`, { requestId, volunteerId: city.volunteer.memberId, ...more });
    await send(city.coordinator, { payer: 'client' }).expect(400);
    await send(city.coordinator, { payerNote: 'She agreed' }).expect(400);
    await send(city.coordinator, { payer: 'pool', payerNote: 'She agreed' }).expect(400);
    await send(city.volunteer, { payer: 'client', payerNote: 'She agreed' }).expect(403);
    const { body } = await send(city.coordinator, { payer: 'client', payerNote: 'She agreed' }).expect(201);
    expect(body).toMatchObject({ heldFrom: 'client' });
  });
});
