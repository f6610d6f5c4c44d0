import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PutBank } from '@timebank/banks';
import {
  AnswerOffer,
  AskStillNeeded,
  PromoteStandbys,
  PutOffer,
  ReadOffers,
  RunRounds,
  SayStillNeeded,
  TakeOrStandBy,
} from '@timebank/care';
import { isAccepted } from '@timebank/contract';
import { newId } from '@timebank/kernel';
import { PairBlocks, PutGuest } from '@timebank/members';
import { PatchRequest } from '@timebank/requests';
import { openCity, refusal, TestCity, type TestDay, type TestPerson } from '@timebank/testing';
import { CancelRequest, CancelVisit, PlanVisit } from '@timebank/visits';

const day = 24 * 60;

describe('requests put to volunteers', () => {
  let city: TestCity;
  let coordinator: TestPerson;
  let people: TestPerson[];
  let client: TestPerson;
  let time: TestDay['time'];
  beforeAll(async () => {
    city = await openCity();
    coordinator = await city.person('coordinator');
    await city.policy(coordinator, 'offersByRounds', false);
    ({ client, time } = await city.nextDay(coordinator));
    await city.give(client, 50_000);
    people = [];
    for (let count = 0; count < 14; count += 1) people.push(await city.person('volunteer'));
  });
  afterAll(() => city.close());

  const one = (at: number) => people[at] as TestPerson;
  const ask = (inDays = 5) => city.request(coordinator, client, new Date(time(0).getTime() + inDays * day * 60_000));
  const offer = async (requestId: string, to: TestPerson, offerId = newId()) =>
    (await city.get(PutOffer).run(coordinator.actor, city.bankId, offerId, { requestId, volunteerId: to.memberId })).value;
  const answer = (by: TestPerson, offerId: string, said: 'yes' | 'no' = 'yes') =>
    city.get(AnswerOffer).run(by.actor, city.bankId, offerId, { answer: said });
  const offersOf = (requestId: string) => city.get(ReadOffers).ofRequest(city.bankId, requestId);
  const statesOf = async (requestId: string) => {
    const { items } = await offersOf(requestId);
    return Object.fromEntries(items.map(({ volunteerId, state }) => [people.findIndex(({ memberId }) => memberId === volunteerId), state]));
  };
  const told = (kind: string, requestId: string) =>
    city.rooms.database.query<{ payload: { volunteerId?: string } }>(
      `select payload from outbox where kind = $1 and payload ->> 'requestId' = $2`,
      [kind, requestId],
    );

  it('are taken by the first yes, with the hold; who says yes later stands by; a no is a no', async () => {
    const requestId = await ask();
    const [first, second, third] = [await offer(requestId, one(0)), await offer(requestId, one(1)), await offer(requestId, one(2))];
    expect(first).toMatchObject({ state: 'open', visitId: null, volunteerId: one(0).memberId });
    const mine = await city.get(ReadOffers).mine(one(0).actor);
    expect(mine.items).toMatchObject([{ offerId: first.offerId, reasons: [] }]);
    const before = (await city.balance(client)).heldOutMinutes;
    const taken = await answer(one(0), first.offerId);
    expect(taken).toMatchObject({ state: 'accepted', visitId: expect.any(String) });
    expect((await city.balance(client)).heldOutMinutes).toBe(before + 60);
    expect(await answer(one(1), second.offerId)).toMatchObject({ state: 'standby', visitId: null });
    expect(await answer(one(2), third.offerId, 'no')).toMatchObject({ state: 'declined' });
    expect((await city.balance(client)).heldOutMinutes).toBe(before + 60);
    expect(await statesOf(requestId)).toEqual({ 0: 'accepted', 1: 'standby', 2: 'declined' });
    expect(await told('offers/made', requestId)).toHaveLength(3);
  });

  it('are answered once, by whom they were put to, while there is something to answer', async () => {
    const requestId = await ask(6);
    const made = await offer(requestId, one(0));
    await expect(answer(one(1), made.offerId)).rejects.toMatchObject(refusal('offers/not_yours'));
    await expect(answer(one(0), newId())).rejects.toMatchObject(refusal('offers/not_found'));
    await answer(one(0), made.offerId, 'no');
    await expect(answer(one(0), made.offerId)).rejects.toMatchObject({ code: 'offers/already_answered' });
    const late = await offer(requestId, one(1));
    await city.get(CancelRequest).run(coordinator.actor, city.bankId, requestId);
    await expect(answer(one(1), late.offerId)).rejects.toMatchObject({ code: 'offers/over' });
    expect((await city.get(ReadOffers).mine(one(1).actor)).items.map(({ requestId: id }) => id)).not.toContain(requestId);
    await city.get(RunRounds).run(city.bankId);
    expect(await statesOf(requestId)).toMatchObject({ 1: 'withdrawn' });
    await expect(answer(one(1), late.offerId)).rejects.toMatchObject({ code: 'offers/over' });
  });

  it('are put only to whom nothing bars, once at a time, and the same call again changes nothing', async () => {
    const requestId = await ask(7);
    await city.get(PairBlocks).put(coordinator.actor, city.bankId, client.memberId, one(12).memberId);
    await expect(offer(requestId, one(12))).rejects.toMatchObject({ code: 'gate/blocked_pair', parameters: { gate: ['blocked_pair'] } });
    await expect(offer(requestId, client)).rejects.toMatchObject({ code: 'requests/own_request' });
    const offerId = newId();
    await offer(requestId, one(3), offerId);
    expect(await offer(requestId, one(3), offerId)).toMatchObject({ offerId, state: 'open' });
    await expect(offer(requestId, one(4), offerId)).rejects.toMatchObject(refusal('offers/id_reused'));
    await expect(offer(requestId, one(3))).rejects.toMatchObject(refusal('offers/already_asked'));
    await answer(one(3), offerId, 'no');
    expect((await offer(requestId, one(3))).state).toBe('open');
  });

  it('let somebody stand by who would take what is taken, and hide from whom they must not know why', async () => {
    const requestId = await ask(8);
    const take = (by: TestPerson, visitId = newId(), orStandby = true) =>
      city.get(TakeOrStandBy).run(by.actor, city.bankId, visitId, { requestId, volunteerId: by.memberId, orStandby });
    const visitId = newId();
    expect(await take(one(0), visitId)).toMatchObject({ first: true, value: { visitId } });
    await expect(take(one(1), newId(), false)).rejects.toMatchObject({ code: 'requests/not_open' });
    const id = newId();
    const waiting = await take(one(1), id);
    expect(isAccepted(waiting) && waiting.accepted).toMatchObject({ offerId: id, state: 'standby' });
    expect(await take(one(1), id)).toMatchObject({ accepted: { offerId: id } });
    expect(await take(one(12))).toMatchObject({ accepted: { state: 'standby' } });
    expect(await statesOf(requestId)).toEqual({ 1: 'standby', 12: 'standby' });
  });

  it('let no guest stand by before the hour from which they would see it', async () => {
    const home = new TestCity(city.rooms);
    await city.get(PutBank).run(home.bankId, { name: 'Bell Tower', phone: '025-83330001', timeZone: 'Asia/Shanghai' });
    const { memberId, actor } = await home.person('volunteer');
    for (const here of [city, home]) await here.policy(here === city ? coordinator : await home.person('coordinator'), 'interchange', true);
    await city.policy(coordinator, 'shareOpenAfterHours', 2);
    for (const by of [actor, coordinator.actor]) await city.get(PutGuest).run(by, city.bankId, memberId, home.bankId);
    const guest = { ...actor, roles: [{ role: 'volunteer' as const, bankId: city.bankId, memberId, homeBankId: home.bankId }] };
    const requestId = await ask(11);
    await city.plan(one(0), one(0), requestId);
    const standBy = () => city.get(TakeOrStandBy).run(guest, city.bankId, newId(), { requestId, volunteerId: memberId, orStandby: true });
    await expect(standBy()).rejects.toMatchObject({ code: 'requests/not_open', parameters: { gate: ['full'] } });
    time(120);
    expect(await standBy()).toMatchObject({ accepted: { state: 'standby' } });
  });

  it('stand by no longer once they have the place by another way, and do not get back what they leave', async () => {
    const requestId = await ask(10);
    const later = () => city.rooms.clock.set(new Date(city.rooms.clock.now().getTime() + 60_000));
    const plan = async (by: TestPerson) => {
      const visitId = newId();
      later();
      await city.get(PlanVisit).run(coordinator.actor, city.bankId, visitId, { requestId, volunteerId: by.memberId });
      return visitId;
    };
    const first = await plan(one(0));
    for (const at of [7, 8]) {
      later();
      await city.get(TakeOrStandBy).run(one(at).actor, city.bankId, newId(), { requestId, volunteerId: one(at).memberId, orStandby: true });
    }
    await city.get(CancelVisit).run(coordinator.actor, city.bankId, first);
    const assigned = await plan(one(7));
    const mine = (await city.get(ReadOffers).mine(one(7).actor)).items.filter((item) => item.requestId === requestId);
    expect(mine).toEqual([]);
    await city.get(CancelVisit).run(one(7).actor, city.bankId, assigned);
    await city.get(PromoteStandbys).run(city.bankId);
    expect(await statesOf(requestId)).toEqual({ 7: 'accepted', 8: 'accepted' });
    expect(await city.one(`select volunteer_id from visit where request_id = $1 and state = 'planned'`, [requestId])).toEqual({
      volunteer_id: one(8).memberId,
    });
  });

  it('give a place that falls free to whoever stood by first and passes, hold and all, and tell them', async () => {
    const requestId = await ask(9);
    const taken = newId();
    await city.get(PlanVisit).run(one(0).actor, city.bankId, taken, { requestId, volunteerId: one(0).memberId });
    const standBy = async (by: TestPerson) => {
      city.rooms.clock.set(new Date(city.rooms.clock.now().getTime() + 60_000));
      await city.get(TakeOrStandBy).run(by.actor, city.bankId, newId(), { requestId, volunteerId: by.memberId, orStandby: true });
    };
    for (const at of [12, 5, 6]) await standBy(one(at));
    expect(await city.get(PromoteStandbys).run(city.bankId)).toEqual({ promoted: 0 });
    await city.get(CancelVisit).run(one(0).actor, city.bankId, taken);
    const both = await Promise.all([city.get(PromoteStandbys).run(city.bankId), city.get(PromoteStandbys).run(city.bankId)]);
    expect(both.map(({ promoted }) => promoted).toSorted()).toEqual([0, 1]);
    expect(await statesOf(requestId)).toEqual({ 12: 'withdrawn', 5: 'accepted', 6: 'standby' });
    expect(await told('offers/promoted', requestId)).toMatchObject([{ payload: { volunteerId: one(5).memberId } }]);
    const { items } = await offersOf(requestId);
    const visitId = items.find(({ state }) => state === 'accepted')?.visitId;
    expect(await city.one('select state, volunteer_id from visit where visit_id = $1', [visitId])).toEqual({
      state: 'planned',
      volunteer_id: one(5).memberId,
    });
  });

  it('go out in rounds: three, then five more, then the desk is told; quiet hours hold', async () => {
    await city.policy(coordinator, 'offersByRounds', true);
    // 09:00 by the bank's clock.
    const minute = (minutes: number) => time(2 * day + minutes);
    minute(0);
    const requestId = await city.request(coordinator, client, new Date(minute(0).getTime() + 3 * day * 60_000));
    const round = async (minutes: number) => {
      minute(minutes);
      await Promise.all([city.get(RunRounds).run(city.bankId), city.get(RunRounds).run(city.bankId)]);
      const { items, round: now } = await offersOf(requestId);
      return { open: items.filter(({ state }) => state === 'open').length, all: items.length, round: now?.round, isLast: now?.isLast };
    };
    expect(await round(0)).toEqual({ open: 3, all: 3, round: 1, isLast: false });
    expect(await round(119)).toEqual({ open: 3, all: 3, round: 1, isLast: false });
    expect(await round(121)).toEqual({ open: 5, all: 8, round: 2, isLast: false });
    expect(await round(121 + 241)).toEqual({ open: 0, all: 8, round: 3, isLast: true });
    expect(await told('offers/exhausted', requestId)).toHaveLength(1);
    const evening = await city.request(coordinator, client, new Date(minute(0).getTime() + 3 * day * 60_000 + 7_200_000));
    minute(12 * 60 + 30);
    await city.get(RunRounds).run(city.bankId);
    expect((await offersOf(evening)).items).toEqual([]);
    minute(23 * 60);
    await city.get(RunRounds).run(city.bankId);
    expect((await offersOf(evening)).items).toHaveLength(3);
  });

  it('go on at once when all of a round have said no, and stop when somebody has said yes', async () => {
    time(4 * day);
    const requestId = await city.request(coordinator, client, new Date(time(4 * day).getTime() + 2 * day * 60_000));
    await city.get(RunRounds).run(city.bankId);
    const first = (await offersOf(requestId)).items;
    for (const { offerId, volunteerId } of first) {
      const by = people.find(({ memberId }) => memberId === volunteerId);
      // The coordinator's own membership and the day's volunteer are asked as well.
      if (by) await answer(by, offerId, 'no');
      else await city.rooms.database.query(`update offer set state = 'declined' where offer_id = $1`, [offerId]);
    }
    await city.get(RunRounds).run(city.bankId);
    const { items, round } = await offersOf(requestId);
    expect([items.length, round?.round]).toEqual([8, 2]);
    const next = items.find(({ state, volunteerId }) => state === 'open' && people.some(({ memberId }) => memberId === volunteerId));
    const by = people.find(({ memberId }) => memberId === next?.volunteerId) as TestPerson;
    await answer(by, next?.offerId ?? '');
    time(5 * day);
    await city.get(RunRounds).run(city.bankId);
    expect((await offersOf(requestId)).round).toMatchObject({ round: 2, isLast: false });
  });

  it('begin anew where a place falls free after the desk had its turn, and ask again who had not answered', async () => {
    const morning = (days: number, minutes = 0) => time(days * day + minutes);
    morning(9);
    const requestId = await city.request(coordinator, client, new Date(morning(9).getTime() + 4 * day * 60_000));
    await city.get(RunRounds).run(city.bankId);
    const first = (await offersOf(requestId)).items;
    const known = first.map(({ volunteerId }) => people.find(({ memberId }) => memberId === volunteerId));
    const refuser = known.find((person) => person !== undefined) as TestPerson;
    await answer(refuser, first.find(({ volunteerId }) => volunteerId === refuser.memberId)?.offerId ?? '', 'no');
    for (const minutes of [121, 121 + 241]) {
      morning(9, minutes);
      await city.get(RunRounds).run(city.bankId);
    }
    const asked = (await offersOf(requestId)).items;
    expect((await offersOf(requestId)).round).toMatchObject({ round: 3, isLast: true });
    const helper = people.find(({ memberId }) => asked.every(({ volunteerId }) => volunteerId !== memberId)) as TestPerson;
    const visitId = newId();
    await city.get(PlanVisit).run(helper.actor, city.bankId, visitId, { requestId, volunteerId: helper.memberId });
    morning(10);
    await city.get(RunRounds).run(city.bankId);
    expect((await offersOf(requestId)).items).toHaveLength(asked.length);
    await city.get(CancelVisit).run(helper.actor, city.bankId, visitId);
    await city.get(RunRounds).run(city.bankId);
    const after = await offersOf(requestId);
    const anew = after.items.filter(({ state }) => state === 'open');
    expect(after.round).toMatchObject({ round: 4, isLast: false });
    expect(anew).toHaveLength(3);
    expect(anew.map(({ volunteerId }) => volunteerId)).not.toContain(refuser.memberId);
  });

  it('are begun anew for what is still needed a day before: asked once, in waking hours, of what nobody has taken', async () => {
    const evening = time(20 * day + 9 * 60).getTime();
    const asked = async (at: number) => {
      time(20 * day + at);
      return Promise.all([city.get(AskStillNeeded).run(city.bankId), city.get(AskStillNeeded).run(city.bankId)]);
    };
    await asked(0);
    const requestId = await city.request(coordinator, client, new Date(evening + day * 60_000));
    const taken = await city.request(coordinator, client, new Date(evening + day * 60_000 + 7_200_000));
    await city.get(PlanVisit).run(one(0).actor, city.bankId, newId(), { requestId: taken, volunteerId: one(0).memberId });
    const say = (by: TestPerson) => city.get(SayStillNeeded).run(by.actor, city.bankId, requestId);
    expect(await asked(8 * 60)).toEqual([{ asked: 0 }, { asked: 0 }]);
    await expect(say(client)).rejects.toMatchObject(refusal('requests/not_asked_again'));
    for (const minutes of [121, 121 + 241]) {
      time(20 * day + minutes);
      await city.get(RunRounds).run(city.bankId);
    }
    // From nine in the evening on nobody is asked, and two do it at once.
    expect(await asked(12 * 60 + 30)).toEqual([{ asked: 0 }, { asked: 0 }]);
    const both = await asked(23 * 60 + 30);
    expect(both.map((round) => round.asked).toSorted()).toEqual([0, 1]);
    expect(await asked(23 * 60 + 31)).toEqual([{ asked: 0 }, { asked: 0 }]);
    expect(await told('requests/still_needed', requestId)).toHaveLength(1);
    expect(await told('requests/still_needed', taken)).toHaveLength(0);
    await expect(say(one(3))).rejects.toMatchObject(refusal('requests/not_found'));
    const { round } = (await offersOf(requestId)).round ?? { round: 0 };
    const first = await say(client);
    expect(first.stillNeeded).toEqual({ askedAt: expect.any(String), saidAt: expect.any(String) });
    expect(await say(coordinator)).toEqual(first);
    await city.get(RunRounds).run(city.bankId);
    expect((await offersOf(requestId)).round?.round).toBe(round + 1);
    const later = new Date(evening + 4 * day * 60_000).toISOString();
    const moved = await city.get(PatchRequest).run(client.actor, city.bankId, requestId, { version: first.version, startsAt: later });
    expect(moved.stillNeeded).toBeNull();
  });

  it('leave a sound ledger behind', async () => {
    expect(await city.faults()).toEqual([]);
  });
});
