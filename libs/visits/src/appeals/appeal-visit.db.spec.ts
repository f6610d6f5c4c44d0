import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Card } from '@timebank/contract';
import { newId } from '@timebank/kernel';
import { openCity, refusal, type TestCity, type TestDay, type TestPerson } from '@timebank/testing';
import { AnswerAppeal, AppealVisit, GetVisit, ListAppeals } from '@timebank/visits';

const dayMinutes = 24 * 60;

describe('a volunteer who does not agree', () => {
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

  const read = (visitId: string, by: TestPerson) => city.get(GetVisit).run(by.actor, city.bankId, visitId);
  const appeal = (by: TestPerson, visitId: string, appealId = newId(), note = 'I stayed the whole hour') =>
    city.get(AppealVisit).run(by.actor, city.bankId, visitId, appealId, { note });
  const answer = (by: TestPerson, appealId: string, outcome: 'upheld' | 'granted' = 'upheld', answerId = newId()) =>
    city.get(AnswerAppeal).run(by.actor, city.bankId, appealId, answerId, { outcome, note: 'We phoned the client' });
  const listed = async (state: 'open' | 'answered') =>
    (await city.get(ListAppeals).run(city.bankId, { state, limit: 200 })).items.map(({ appealId }) => appealId);

  async function served(from = 0, by = volunteer): Promise<string> {
    const visitId = await city.planned(coordinator, by, client, time(from));
    await city.scan(by, visitId, 'in', card.url);
    time(from + 60);
    await city.scan(by, visitId, 'out', card.url);
    return visitId;
  }
  async function shortened(from = 0, by = volunteer, decider = coordinator): Promise<string> {
    const visitId = await served(from, by);
    await city.approve(decider, [visitId], { creditedMinutes: { [visitId]: 40 }, reasonCode: 'left_early' });
    return visitId;
  }
  async function rejected(from = 0): Promise<string> {
    const visitId = await served(from);
    await city.approve(coordinator, [visitId], { decision: 'reject', reasonCode: 'not_served' });
    return visitId;
  }

  it('appeals against a shortening; it stands in the list and in the history, for them and for staff, not for the client', async () => {
    const visitId = await shortened();
    expect((await read(visitId, volunteer)).appealUntil).not.toBeNull();
    const { first, value } = await appeal(volunteer, visitId);
    expect(first).toBe(true);
    expect(value).toMatchObject({ visitId, state: 'open', answer: null, decision: 'approve', creditedMinutes: 40, proposedMinutes: 60 });
    expect(await listed('open')).toContain(value.appealId);
    for (const reader of [volunteer, colleague]) {
      const seen = await read(visitId, reader);
      expect(seen).toMatchObject({ appeal: { appealId: value.appealId, state: 'open' }, appealUntil: null, creditedMinutes: 40 });
      expect(seen.events.at(-1)).toMatchObject({ kind: 'appeal', note: 'I stayed the whole hour' });
    }
    const seen = await read(visitId, client);
    expect(seen.appeal).toBeNull();
    expect(seen.events.map(({ kind }) => kind)).not.toContain('appeal');
  });

  it('is answered by another coordinator than the one who decided, once', async () => {
    const visitId = await rejected();
    const { appealId } = (await appeal(volunteer, visitId)).value;
    await expect(answer(coordinator, appealId)).rejects.toMatchObject(refusal('appeals/same_coordinator'));
    const answerId = newId();
    const all = await Promise.all([1, 2, 3].map(() => answer(colleague, appealId, 'granted', answerId)));
    expect(all.filter(({ first }) => first)).toHaveLength(1);
    expect(all[0]?.value).toMatchObject({ state: 'granted', answer: { note: 'We phoned the client', remedy: 'enter_anew' } });
    await expect(answer(colleague, appealId, 'upheld', answerId)).rejects.toMatchObject(refusal('appeals/id_reused'));
    await expect(answer(await city.person('coordinator'), appealId)).rejects.toMatchObject(refusal('appeals/already_answered'));
    expect(await listed('open')).not.toContain(appealId);
    expect(await listed('answered')).toContain(appealId);
    const seen = await read(visitId, volunteer);
    expect(seen.state).toBe('rejected');
    expect(seen.events.slice(-3).map(({ kind, code }) => [kind, code])).toEqual([
      ['reject', 'not_served'],
      ['appeal', null],
      ['appeal_answer', 'granted'],
    ]);
  });

  it('lets one of two answers at once win', async () => {
    const { appealId } = (await appeal(volunteer, await shortened())).value;
    const third = await city.person('coordinator');
    const answers = await Promise.allSettled([answer(colleague, appealId, 'granted'), answer(third, appealId, 'upheld')]);
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(answers.find(({ status }) => status === 'rejected')).toMatchObject({ reason: refusal('appeals/already_answered') });
  });

  it('says for a granted appeal against a shortening that the posting is reversed first', async () => {
    const { appealId } = (await appeal(volunteer, await shortened())).value;
    expect((await answer(colleague, appealId, 'granted')).value.answer).toMatchObject({ remedy: 'reverse_and_enter' });
    expect(await city.faults()).toEqual([]);
  });

  it('appeals once: the same call is answered again, twice at once too', async () => {
    const [visitId, other] = [await shortened(0), await shortened(100)];
    const appealId = newId();
    const all = await Promise.all([1, 2, 3].map(() => appeal(volunteer, visitId, appealId)));
    expect(all.filter(({ first }) => first)).toHaveLength(1);
    await expect(appeal(volunteer, visitId)).rejects.toMatchObject(refusal('appeals/already_appealed'));
    await expect(appeal(volunteer, visitId, appealId, 'Something else')).rejects.toMatchObject(refusal('appeals/id_reused'));
    await expect(appeal(volunteer, other, appealId)).rejects.toMatchObject(refusal('appeals/id_reused'));
    expect((await appeal(volunteer, other)).first).toBe(true);
  });

  it('appeals against nothing that is not theirs, not decided, or credited as proposed', async () => {
    const visitId = await shortened(0);
    await expect(appeal(await city.person('volunteer'), visitId)).rejects.toMatchObject(refusal('visits/not_yours'));
    await expect(appeal(client, visitId)).rejects.toMatchObject(refusal('visits/not_yours'));
    await expect(appeal(volunteer, newId())).rejects.toMatchObject(refusal('visits/not_found'));
    const whole = await served(100);
    await expect(appeal(volunteer, whole)).rejects.toMatchObject(refusal('appeals/not_decided'));
    await city.approve(coordinator, [whole]);
    await expect(appeal(volunteer, whole)).rejects.toMatchObject(refusal('appeals/nothing_to_appeal'));
  });

  it('appeals within the days that the policy of the visit gives, and no later', async () => {
    await city.policy(coordinator, 'appealWithinDays', 5);
    const [early, late] = [await rejected(0), await rejected(100)];
    time(5 * dayMinutes + 60);
    expect((await appeal(volunteer, early)).first).toBe(true);
    time(5 * dayMinutes + 161);
    await expect(appeal(volunteer, late)).rejects.toMatchObject(refusal('appeals/too_late', { days: 5 }));
    await city.policy(coordinator, 'appealWithinDays', 30);
  });

  it("is not answered by the visit's own people, nor by their relatives", async () => {
    const visitId = await shortened(0, coordinator, colleague);
    const { appealId } = (await appeal(coordinator, visitId)).value;
    await expect(answer(coordinator, appealId)).rejects.toMatchObject(refusal('visits/own_visit'));
    const relative = await city.person('coordinator');
    await city.relate(coordinator, relative, client, 'sibling');
    await expect(answer(relative, appealId)).rejects.toMatchObject(refusal('visits/conflict_of_interest'));
    await expect(answer(colleague, newId())).rejects.toMatchObject(refusal('appeals/not_found'));
    expect((await answer(await city.person('coordinator'), appealId)).first).toBe(true);
  });
});
