import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Card, ClientAnswerInput } from '@timebank/contract';
import { newId } from '@timebank/kernel';
import { openCity, refusal, type TestCity, type TestDay, type TestPerson } from '@timebank/testing';
import { AnswerVisit, GetVisit, ListVisits, RecordCallBack, ScanCard } from '@timebank/visits';

describe('what a client says in the app', () => {
  let city: TestCity;
  let coordinator: TestPerson;
  let colleague: TestPerson;
  let volunteer: TestPerson;
  let client: TestPerson;
  let card: Card;
  let time: TestDay['time'];
  beforeAll(async () => {
    city = await openCity();
    coordinator = await city.person('coordinator', 'volunteer');
    colleague = await city.person('coordinator');
  });
  beforeEach(async () => {
    ({ volunteer, client, card, time } = await city.nextDay(coordinator));
  });
  afterAll(() => city.close());

  const read = (visitId: string, by = coordinator) => city.get(GetVisit).run(by.actor, city.bankId, visitId);
  const answer = (visitId: string, result: ClientAnswerInput['result'], answerId = newId(), by = client) =>
    city.get(AnswerVisit).run(by.actor, city.bankId, visitId, answerId, { result });
  const call = (visitId: string, result: 'confirmed' | 'not_confirmed', by = colleague) =>
    city.get(RecordCallBack).run(by.actor, city.bankId, visitId, newId(), { result });

  async function served(from = 0): Promise<string> {
    const visitId = await city.planned(coordinator, volunteer, client, time(from));
    await city.scan(volunteer, visitId, 'in', card.url);
    time(from + 60);
    await city.scan(volunteer, visitId, 'out', card.url);
    return visitId;
  }

  it('counts as a second signal and stands in the history, for the client and the staff', async () => {
    const visitId = await served();
    expect(await read(visitId)).toMatchObject({ assurance: 'A1', clientAnswer: null });
    const { first, value } = await answer(visitId, 'confirmed');
    expect(first).toBe(true);
    expect(value).toMatchObject({ state: 'ready', assurance: 'A2', clientAnswer: 'confirmed' });
    const seen = await read(visitId);
    expect(seen).toMatchObject({ clientAnswer: 'confirmed', callBack: { result: null } });
    expect(seen.events.at(-1)).toMatchObject({ kind: 'client_answer', code: 'confirmed', actorName: expect.stringContaining('Person') });
  });

  it('is kept from the volunteer, also in the answer to a repeated scan', async () => {
    const visitId = await city.planned(coordinator, volunteer, client, time(0));
    await city.scan(volunteer, visitId, 'in', card.url);
    time(60);
    const [eventId, input] = [newId(), { kind: 'out' as const, card: card.url }];
    await city.get(ScanCard).run(volunteer.actor, city.bankId, visitId, eventId, input);
    await answer(visitId, 'not_confirmed');
    const again = (await city.get(ScanCard).run(volunteer.actor, city.bankId, visitId, eventId, input)).value;
    const listed = await city.get(ListVisits).run(volunteer.actor, city.bankId, { limit: 10, volunteerId: volunteer.memberId });
    const own = await read(visitId, volunteer);
    expect([again.clientAnswer, own.clientAnswer, ...listed.items.map((line) => line.clientAnswer)]).toEqual([null, null, null]);
    for (const { events } of [again, own]) expect(events.map(({ kind }) => kind)).not.toContain('client_answer');
  });

  it('makes a visit red when it was not so, under any policy, and tells the coordinators', async () => {
    const visitId = await served();
    await answer(visitId, 'not_confirmed');
    expect(await read(visitId)).toMatchObject({ state: 'needs_fix', lane: 'red', assurance: 'A1' });
    const told = await city.rooms.database.query<{ payload: object }>(
      `select payload from outbox where kind = 'visits/client_answered' and payload ->> 'visitId' = $1`,
      [visitId],
    );
    expect(told.map(({ payload }) => payload)).toEqual([expect.objectContaining({ result: 'not_confirmed' })]);
  });

  it('gives way to what a coordinator heard on the phone', async () => {
    const [denied, praised] = [await served(0), await served(100)];
    await answer(denied, 'not_confirmed');
    await call(denied, 'confirmed');
    expect(await read(denied)).toMatchObject({ lane: 'clean', assurance: 'A2' });
    await answer(praised, 'confirmed');
    await call(praised, 'not_confirmed');
    expect(await read(praised)).toMatchObject({ lane: 'red' });
  });

  it('takes the place of no call-back that was drawn', async () => {
    await city.policy(coordinator, 'callBackBeforeCredit', true);
    try {
      const visitId = await served();
      await answer(visitId, 'confirmed');
      expect(await read(visitId)).toMatchObject({ lane: 'yellow', callBack: { drawn: true, result: null } });
    } finally {
      await city.policy(coordinator, 'callBackBeforeCredit', false);
    }
  });

  it('is said once, by the client of that visit and nobody else, after it ended', async () => {
    const visitId = await served(0);
    const answerId = newId();
    const all = await Promise.all([1, 2, 3, 4].map(() => answer(visitId, 'confirmed', answerId)));
    expect(all.filter(({ first }) => first)).toHaveLength(1);
    await expect(answer(visitId, 'not_confirmed', answerId)).rejects.toMatchObject(refusal('client_answers/id_reused'));
    await expect(answer(visitId, 'not_confirmed')).rejects.toMatchObject(refusal('client_answers/already_answered'));
    const stranger = await city.person('client');
    for (const by of [stranger, volunteer, coordinator])
      await expect(answer(visitId, 'confirmed', newId(), by)).rejects.toMatchObject(refusal('visits/not_found'));
    const planned = await city.planned(coordinator, volunteer, client, time(100));
    await expect(answer(planned, 'confirmed')).rejects.toMatchObject(refusal('visits/not_ended'));
  });

  it('about a visit that was decided changes nothing of the decision', async () => {
    const visitId = await served();
    await city.approve(colleague, [visitId]);
    await answer(visitId, 'not_confirmed');
    expect(await read(visitId)).toMatchObject({ state: 'approved', clientAnswer: 'not_confirmed' });
  });
});
