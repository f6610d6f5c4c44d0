import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Card } from '@timebank/contract';
import { newId } from '@timebank/kernel';
import { openCity, refusal, type TestCity, type TestDay, type TestPerson } from '@timebank/testing';
import { CancelRequest, CancelVisit, GetVisit, ListVisits, PlanVisit } from '@timebank/visits';

describe('planning a visit', () => {
  let city: TestCity;
  let coordinator: TestPerson;
  let volunteer: TestPerson;
  let client: TestPerson;
  let card: Card;
  let time: TestDay['time'];
  beforeAll(async () => {
    city = await openCity();
    coordinator = await city.person('coordinator', 'volunteer');
  });
  beforeEach(async () => {
    ({ volunteer, client, card, time } = await city.nextDay(coordinator));
  });
  afterAll(() => city.close());

  const moment = (minutes: number) => new Date(city.rooms.clock.now().getTime() + minutes * 60_000);
  const read = (visitId: string) => city.get(GetVisit).run(coordinator.actor, city.bankId, visitId);
  const plan = (by: TestPerson, requestId: string, who = by, visitId = newId()) =>
    city.get(PlanVisit).run(by.actor, city.bankId, visitId, { requestId, volunteerId: who.memberId });

  it('holds the minutes once, however often it is sent', async () => {
    const [requestId, visitId] = [await city.request(coordinator, client, time(0)), newId()];
    const all = await Promise.all(Array.from({ length: 5 }, () => plan(volunteer, requestId, volunteer, visitId)));
    expect(all.filter(({ first }) => first)).toHaveLength(1);
    expect(await city.balance(client)).toEqual({ balanceMinutes: 600, heldOutMinutes: 60 });
    await expect(plan(coordinator, requestId, await city.person('volunteer'), visitId)).rejects.toMatchObject(refusal('visits/id_reused'));
  });

  it('gives a request to one of two volunteers who want it at once', async () => {
    const requestId = await city.request(coordinator, client, time(0));
    const other = await city.person('volunteer');
    const outcomes = await Promise.allSettled([plan(volunteer, requestId), plan(other, requestId)]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: refusal('requests/not_open', { state: 'taken' }),
    });
    expect(await city.balance(client)).toEqual({ balanceMinutes: 600, heldOutMinutes: 60 });
  });

  it("is refused beyond the client's minutes, also when two come at once", async () => {
    const poor = await city.client(60);
    const [one, other] = [await city.request(coordinator, poor, moment(0)), await city.request(coordinator, poor, moment(120))];
    const outcomes = await Promise.allSettled([plan(volunteer, one), plan(volunteer, other)]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'ledger/overdraft', parameters: {} },
    });
  });

  it('is refused for overlapping plans, also when both come at once', async () => {
    const [one, other] = [
      await city.request(coordinator, client, moment(0)),
      await city.request(coordinator, await city.client(60), moment(30)),
    ];
    const outcomes = await Promise.allSettled([plan(volunteer, one), plan(volunteer, other)]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'visits/overlapping_plan' } });
  });

  it("is refused for the wrong person, a missing qualification, one's own and a past request", async () => {
    const requestId = await city.request(coordinator, client, time(0));
    await expect(plan(volunteer, requestId, coordinator)).rejects.toMatchObject(refusal('access/not_allowed'));
    await expect(plan(coordinator, requestId, client)).rejects.toMatchObject(refusal('requests/own_request'));
    await expect(plan(coordinator, requestId, await city.client(0))).rejects.toMatchObject(refusal('members/not_a_volunteer'));
    await expect(plan(volunteer, newId())).rejects.toMatchObject(refusal('requests/not_found'));
    const bathing = await city.request(coordinator, client, time(0), 60, 'bathing');
    await expect(plan(volunteer, bathing)).rejects.toMatchObject(
      refusal('requests/qualification_needed', { qualification: 'personal_care' }),
    );
    time(60);
    await expect(plan(volunteer, requestId)).rejects.toMatchObject({ code: 'requests/past' });
  });

  it('called off frees the minutes and the request, and shows the next volunteer as replacement', async () => {
    const requestId = await city.request(coordinator, client, time(0));
    const visitId = await city.plan(volunteer, volunteer, requestId);
    const cancel = (by: TestPerson, id = visitId) => city.get(CancelVisit).run(by.actor, city.bankId, id, { reasonCode: 'ill' });
    await expect(cancel(await city.person('volunteer'))).rejects.toMatchObject(refusal('visits/not_found'));
    expect((await cancel(volunteer)).state).toBe('cancelled');
    expect(await city.balance(client)).toEqual({ balanceMinutes: 600, heldOutMinutes: 0 });
    await expect(cancel(volunteer)).rejects.toMatchObject(refusal('visits/not_cancellable', { state: 'cancelled' }));
    const other = await city.person('volunteer');
    const next = await city.plan(other, other, requestId);
    const { exceptions } = await city.scan(other, next, 'in', card.url);
    expect(exceptions).toContainEqual(expect.objectContaining({ code: 'REPLACEMENT', lane: 'yellow' }));
    await expect(cancel(other, next)).rejects.toMatchObject(refusal('visits/not_cancellable', { state: 'in_progress' }));
  });

  it('a cancelled request takes its planned visit with it, but not one under way', async () => {
    const requestId = await city.request(coordinator, client, time(0));
    const visitId = await city.plan(volunteer, volunteer, requestId);
    const cancel = (by: TestPerson, id = requestId) => city.get(CancelRequest).run(by.actor, city.bankId, id);
    await expect(cancel(volunteer)).rejects.toMatchObject(refusal('requests/not_found'));
    expect((await cancel(client)).state).toBe('cancelled');
    expect((await read(visitId)).state).toBe('cancelled');
    expect(await city.balance(client)).toEqual({ balanceMinutes: 600, heldOutMinutes: 0 });
    await expect(cancel(client)).rejects.toMatchObject(refusal('requests/already_cancelled'));
    const another = await city.request(coordinator, client, time(0));
    const begun = await city.plan(volunteer, volunteer, another);
    await city.scan(volunteer, begun, 'in', card.url);
    await expect(cancel(coordinator, another)).rejects.toMatchObject(refusal('requests/visit_under_way', { visitId: begun }));
  });

  it('is seen by its people only', async () => {
    const visitId = await city.planned(coordinator, volunteer, client, time(0));
    const seen = async (by: TestPerson) =>
      (await city.get(ListVisits).run(by.actor, city.bankId, { limit: 200 })).items.map((visit) => visit.visitId);
    const stranger = await city.person('volunteer', 'client');
    expect(await seen(volunteer)).toEqual([visitId]);
    expect(await seen(client)).toEqual([visitId]);
    expect(await seen(stranger)).toEqual([]);
    expect(await seen(coordinator)).toContain(visitId);
    await expect(city.get(GetVisit).run(stranger.actor, city.bankId, visitId)).rejects.toMatchObject(refusal('visits/not_found'));
  });

  it('leaves a sound ledger behind', async () => {
    expect(await city.faults()).toEqual([]);
  });
});
