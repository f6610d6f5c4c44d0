import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { CancelReason, Card, RequestInput, VisitInput } from '@timebank/contract';
import { deriveId } from '@timebank/database';
import { newId } from '@timebank/kernel';
import { GetRequest, ListRequests, PatchRequest, PutRequest } from '@timebank/requests';
import { openCity, refusal, type TestCity, type TestDay, type TestPerson } from '@timebank/testing';
import { CancelRequest, CancelVisit, FreedPlaces, GetVisit, ListVisits, PlanVisit, RearrangeVisit } from '@timebank/visits';

describe('a request that needs several helpers', () => {
  let city: TestCity;
  let coordinator: TestPerson;
  let client: TestPerson;
  let card: Card;
  let time: TestDay['time'];
  let helpers: TestPerson[];
  beforeAll(async () => {
    city = await openCity();
    coordinator = await city.person('coordinator');
    const kind = (which: string) => `update service_kind set helpers_needed = 2, further_helpers_paid_by = 'pool' where code = '${which}'`;
    await city.rooms.database.query(kind('cleaning'));
  });
  beforeEach(async () => {
    ({ client, card, time } = await city.nextDay(coordinator));
    helpers = [await city.person('volunteer'), await city.person('volunteer'), await city.person('volunteer')];
  });
  afterAll(() => city.close());

  const dayMinutes = 24 * 60;
  const helper = (index: number) => helpers[index] as TestPerson;
  const ask = async (more: Partial<RequestInput> = {}, startsAt = time(0)) => {
    const requestId = newId();
    const what = { clientId: client.memberId, serviceKind: 'company', startsAt: startsAt.toISOString(), minutes: 60 };
    await city.get(PutRequest).run(coordinator.actor, city.bankId, requestId, { ...what, ...more });
    return requestId;
  };
  const take = async (who: TestPerson, requestId: string, by = who, more: Partial<VisitInput> = {}) => {
    const visitId = newId();
    await city.get(PlanVisit).run(by.actor, city.bankId, visitId, { requestId, volunteerId: who.memberId, ...more });
    return visitId;
  };
  const read = (requestId: string, by = coordinator) => city.get(GetRequest).run(by.actor, city.bankId, requestId);
  const visit = (visitId: string, by = coordinator) => city.get(GetVisit).run(by.actor, city.bankId, visitId);
  const leave = (visitId: string, by: TestPerson, reasonCode: CancelReason = 'busy') =>
    city.get(CancelVisit).run(by.actor, city.bankId, visitId, { reasonCode });
  const openFor = async (who: TestPerson) =>
    (await city.get(ListRequests).run(who.actor, city.bankId, { limit: 200, state: 'open', clientId: client.memberId })).items;
  const pool = () => ({ ...coordinator, accountId: deriveId(city.bankId, 'pool') });
  const serve = async (who: TestPerson, visitId: string, at: number) => {
    time(at);
    await city.scan(who, visitId, 'in', card.url);
    time(at + 60);
    await city.scan(who, visitId, 'out', card.url);
  };

  it('stays open until it has them, and shows each their own visit', async () => {
    const requestId = await ask({ helpersNeeded: 3 });
    expect(await read(requestId)).toMatchObject({ state: 'open', helpersNeeded: 3, helpers: 0, visitId: null });
    const first = await take(helper(0), requestId);
    expect(await read(requestId)).toMatchObject({ state: 'open', helpers: 1, visitId: first });
    await expect(take(helper(0), requestId)).rejects.toMatchObject(refusal('requests/not_open', { state: 'taken' }));
    const second = await take(helper(1), requestId);
    expect(await read(requestId)).toMatchObject({ state: 'open', helpers: 2, visitId: null });
    expect(await read(requestId, helper(1))).toMatchObject({ visitId: second });
    expect(await openFor(helper(0))).toEqual([]);
    expect(await openFor(helper(2))).toMatchObject([{ requestId, helpers: 2, place: null }]);
    await take(helper(2), requestId);
    expect(await read(requestId)).toMatchObject({ state: 'taken', helpers: 3 });
    await expect(take(await city.person('volunteer'), requestId)).rejects.toMatchObject(refusal('requests/not_open'));
    expect(await city.balance(client)).toEqual({ balanceMinutes: 600, heldOutMinutes: 180 });
  });

  it('waits for minutes when they do not reach for the next helper', async () => {
    client = await city.client(100);
    const requestId = await ask({ helpersNeeded: 2 });
    await take(helper(0), requestId);
    expect(await read(requestId)).toMatchObject({ state: 'waiting_for_minutes', helpers: 1 });
    expect(await openFor(helper(1))).toEqual([]);
    // Only staff are told how much there is.
    await expect(take(helper(1), requestId)).rejects.toMatchObject({ code: 'ledger/overdraft', parameters: {} });
    await expect(take(helper(1), requestId)).rejects.not.toHaveProperty('parameters.availableMinutes');
    await expect(take(helper(1), requestId, coordinator)).rejects.toMatchObject(refusal('ledger/overdraft', { availableMinutes: 40 }));
  });

  it('pays each helper for their own time, and nobody is taken for a replacement', async () => {
    const requestId = await ask({ helpersNeeded: 2 });
    const visits = [await take(helper(0), requestId), await take(helper(1), requestId)];
    await serve(helper(0), visits[0] as string, 0);
    // The other one had come too, with the same card.
    time(0);
    await city.scan(helper(1), visits[1] as string, 'in', card.url);
    time(60);
    const { exceptions } = await city.scan(helper(1), visits[1] as string, 'out', card.url);
    expect(exceptions.filter(({ code }) => code === 'REPLACEMENT')).toEqual([]);
    expect(await read(requestId)).toMatchObject({ state: 'taken' });
    await city.approve(coordinator, [visits[0] as string]);
    expect(await read(requestId)).toMatchObject({ state: 'taken' });
    await city.approve(coordinator, [visits[1] as string]);
    expect(await read(requestId)).toMatchObject({ state: 'served' });
    expect(await city.balance(client)).toEqual({ balanceMinutes: 480, heldOutMinutes: 0 });
    expect((await Promise.all(helpers.map(city.balance, city))).map(({ balanceMinutes }) => balanceMinutes)).toEqual([60, 60, 0]);
  });

  it('is served by those who came, where not all places were taken, and ends with the last visit that is rejected', async () => {
    const requestId = await ask({ helpersNeeded: 3 });
    const visits = [await take(helper(0), requestId), await take(helper(1), requestId)];
    await serve(helper(0), visits[0] as string, 0);
    time(dayMinutes / 2);
    expect(await read(requestId)).toMatchObject({ state: 'taken' });
    const listed = async (state: 'taken' | 'served' | 'lapsed') =>
      (
        await city.get(ListRequests).run(coordinator.actor, city.bankId, { limit: 200, state, clientId: client.memberId, count: 'yes' })
      ).items.map((one) => one.requestId);
    expect([await listed('taken'), await listed('served'), await listed('lapsed')]).toEqual([[requestId], [], []]);
    await leave(visits[1] as string, coordinator, 'mistake');
    await city.approve(coordinator, [visits[0] as string]);
    expect([await listed('taken'), await listed('served'), await listed('lapsed')]).toEqual([[], [requestId], []]);
    expect(await read(requestId)).toMatchObject({ state: 'served', helpers: 1 });

    const other = await ask({ helpersNeeded: 2 }, time(dayMinutes));
    const both = [await take(helper(0), other), await take(helper(1), other)];
    for (const [index, visitId] of both.entries()) await serve(helper(index), visitId, dayMinutes);
    const reject = { decision: 'reject', reasonCode: 'not_served' } as const;
    await city.approve(coordinator, [both[0] as string], reject);
    expect(await read(other)).toMatchObject({ state: 'taken', helpers: 1 });
    await city.approve(coordinator, [both[1] as string], reject);
    expect(await read(other)).toMatchObject({ state: 'cancelled', helpers: 0 });
  });

  it('opens a place again when somebody leaves, and says so', async () => {
    const freed: string[] = [];
    city.get(FreedPlaces).register(async ({ requestId }) => void freed.push(requestId));
    const requestId = await ask({ helpersNeeded: 2 }, time(dayMinutes));
    time(0);
    const first = await take(helper(0), requestId);
    await take(helper(1), requestId);
    expect(await openFor(helper(2))).toEqual([]);
    await leave(first, helper(0));
    expect(freed).toEqual([requestId]);
    const told = await city.rooms.database.query(
      `select payload from outbox where kind = 'visits/place_free' and payload->>'requestId' = $1`,
      [requestId],
    );
    expect(told).toMatchObject([{ payload: { requestId, clientId: client.memberId, serviceKind: 'company' } }]);
    expect(await openFor(helper(2))).toMatchObject([{ requestId, helpers: 1 }]);
    // Whoever left may come back.
    await take(helper(0), requestId);
    expect(await read(requestId)).toMatchObject({ state: 'taken', helpers: 2 });
  });

  it('keeps who left, why and whether that was late; the evening before is early enough', async () => {
    const requestId = await ask({ helpersNeeded: 2 }, time(dayMinutes));
    time(0);
    const [early, late] = [await take(helper(0), requestId), await take(helper(1), requestId)];
    await leave(early, helper(0));
    time(dayMinutes);
    await leave(late, helper(1));
    expect((await visit(early)).cancelled).toEqual({ side: 'by_volunteer', reasonCode: 'busy', isLate: false });
    expect((await visit(late)).cancelled).toEqual({ side: 'by_volunteer', reasonCode: 'busy', isLate: true });
    expect((await visit(late, helper(1))).cancelled).toEqual({ side: 'by_volunteer', reasonCode: 'busy' });
    expect((await visit(late, client)).cancelled).toEqual({ side: 'by_volunteer', reasonCode: null });
    const lateOf = async (by: TestPerson) =>
      (await city.get(ListVisits).run(by.actor, city.bankId, { limit: 9, late: 'only', volunteerId: helper(1).memberId })).items.length;
    expect([await lateOf(coordinator), await lateOf(helper(1))]).toEqual([1, 0]);
    const byBank = await take(helper(2), requestId);
    // Each side has its own reasons.
    const ofOthers = refusal('visits/reason_of_others', {});
    await expect(leave(byBank, helper(2), 'client_asked')).rejects.toMatchObject(ofOthers);
    await expect(leave(byBank, coordinator, 'busy')).rejects.toMatchObject(ofOthers);
    await leave(byBank, coordinator, 'client_asked');
    expect((await visit(byBank)).cancelled).toEqual({ side: 'by_bank', reasonCode: 'client_asked', isLate: false });
  });

  it('can be cancelled with all of them, and not once one has begun', async () => {
    const cancel = (requestId: string) => city.get(CancelRequest).run(client.actor, city.bankId, requestId);
    const requestId = await ask({ helpersNeeded: 3 });
    const visits = [await take(helper(0), requestId), await take(helper(1), requestId)];
    await city.scan(helper(1), visits[1] as string, 'in', card.url);
    await expect(cancel(requestId)).rejects.toMatchObject(refusal('requests/visit_under_way', { visitId: visits[1] }));
    const other = await ask({ helpersNeeded: 3 }, time(120));
    const planned = [await take(helper(0), other), await take(helper(2), other)];
    expect(await cancel(other)).toMatchObject({ state: 'cancelled', helpers: 0 });
    expect((await visit(planned[0] as string)).cancelled).toMatchObject({ side: 'by_client' });
    expect(await city.balance(client)).toMatchObject({ heldOutMinutes: 120 });
  });

  it('is cancelled beside a rearrangement of one of its visits, with whoever came in its place', async () => {
    for (let round = 0; round < 8; round += 1) {
      const requestId = await ask({}, time((round + 2) * dayMinutes));
      time(0);
      const visitId = await take(helper(0), requestId);
      const to = { visitId, newVisitId: newId() };
      const both = await Promise.allSettled([
        city.get(RearrangeVisit).run(coordinator.actor, city.bankId, to, { volunteerId: helper(1).memberId }),
        city.get(CancelRequest).run(coordinator.actor, city.bankId, requestId),
      ]);
      expect(both[1]).toMatchObject({ status: 'fulfilled', value: { state: 'cancelled', helpers: 0 } });
    }
  });

  it('can be made to need more, and not fewer than it has; its hour stays while somebody helps', async () => {
    const requestId = await ask();
    await take(helper(0), requestId);
    const patch = async (change: object) =>
      city.get(PatchRequest).run(coordinator.actor, city.bankId, requestId, { version: (await read(requestId)).version, ...change });
    expect(await patch({ helpersNeeded: 2 })).toMatchObject({ state: 'open', helpersNeeded: 2, helpers: 1 });
    await expect(patch({ minutes: 30 })).rejects.toMatchObject(refusal('requests/not_open'));
    await take(helper(1), requestId);
    await expect(patch({ helpersNeeded: 1 })).rejects.toMatchObject(refusal('requests/helpers_taken', { helpers: 2 }));
  });

  it('has its second helper paid by the pool, where the kind says so', async () => {
    const requestId = await ask({ serviceKind: 'cleaning' });
    expect(await read(requestId)).toMatchObject({ helpersNeeded: 2 });
    const first = await take(helper(0), requestId);
    expect(await read(requestId)).toMatchObject({ state: 'waiting_for_minutes' });
    await expect(take(helper(1), requestId)).rejects.toHaveProperty('parameters', { payer: 'pool' });
    const byDesk = take(helper(1), requestId, coordinator);
    await expect(byDesk).rejects.toMatchObject(refusal('ledger/overdraft', { availableMinutes: 0, payer: 'pool' }));
    await expect(take(helper(1), requestId, helper(1), { payer: 'client', payerNote: 'no' })).rejects.toMatchObject({
      code: 'access/not_allowed',
    });
    const byClient = await take(helper(1), requestId, coordinator, { payer: 'client', payerNote: 'they agreed on the phone' });
    expect((await visit(byClient)).events[0]).toMatchObject({ kind: 'plan', note: 'they agreed on the phone' });
    // Whoever comes in their place: who pays was decided.
    const instead = newId();
    const rearranged = { visitId: byClient, newVisitId: instead };
    await city.get(RearrangeVisit).run(coordinator.actor, city.bankId, rearranged, { volunteerId: helper(2).memberId });
    expect(await visit(instead)).toMatchObject({ heldFrom: 'client', events: [{ kind: 'plan', note: 'they agreed on the phone' }] });
    await leave(instead, helper(2));

    await city.give(pool(), 90);
    expect(await read(requestId)).toMatchObject({ state: 'open' });
    const second = await take(helper(1), requestId);
    expect([(await visit(first)).heldFrom, (await visit(second)).heldFrom]).toEqual(['client', 'pool']);
    expect(await city.balance(pool())).toEqual({ balanceMinutes: 90, heldOutMinutes: 60 });
    // The client pays for one of them: when that one leaves, for the next.
    await leave(first, helper(0));
    const third = await take(helper(2), requestId);
    expect((await visit(third)).heldFrom).toBe('client');
    time(0);
    for (const [who, visitId] of [[helper(1), second] as const, [helper(2), third] as const]) {
      time(0);
      await city.scan(who, visitId, 'in', card.url);
      time(60);
      await city.scan(who, visitId, 'out', card.url);
    }
    const seen = { acknowledge: ['REPLACEMENT' as const] };
    expect(await city.approve(coordinator, [second, third], seen)).toMatchObject([{ outcome: 'approved' }, { outcome: 'approved' }]);
    expect((await visit(second)).decision).toMatchObject({ payer: 'pool' });
    expect(await city.balance(pool())).toEqual({ balanceMinutes: 30, heldOutMinutes: 0 });
    expect(await city.balance(client)).toEqual({ balanceMinutes: 540, heldOutMinutes: 0 });
  });

  it('leaves books that hold, whoever paid', async () => {
    expect(await city.faults()).toEqual([]);
  });
});
