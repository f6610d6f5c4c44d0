import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PutBank } from '@timebank/banks';
import {
  AnswerOffer,
  AskWhoIsBack,
  HandOver,
  ListNobodyCame,
  PausePerson,
  PromoteStandbys,
  PutRegular,
  PutSeries,
  ReadOffers,
  RunRounds,
  TakeOrStandBy,
} from '@timebank/care';
import type { Actor } from '@timebank/access';
import { localDate, newId } from '@timebank/kernel';
import { Availability, ClientNeeds, ListDisclosures, PairBlocks, PutGuest } from '@timebank/members';
import { mainLine, openCity, openRooms, refusal, TestCity, type TestDay, type TestPerson, type TestRooms } from '@timebank/testing';
import { AskAbsentHelpers, CallWishes, CancelVisit, GetVisit, RemindTomorrow, SayOnMyWay, ShowHome, ShowNeeds } from '@timebank/visits';

describe('on the day', () => {
  let city: TestCity;
  let beside: TestRooms;
  let coordinator: TestPerson;
  beforeAll(async () => {
    city = await openCity();
    beside = await openRooms(mainLine(), city.rooms);
    coordinator = await city.person('coordinator');
    await city.policy(coordinator, 'offersByRounds', false);
  });
  afterAll(async () => {
    await beside.close();
    await city.close();
  });

  const told = async (kind: string, visitId: string) =>
    (await city.rooms.database.query('select from outbox where kind = $1 and payload ->> $2 = $3', [kind, 'visitId', visitId])).length;
  const ask = (rooms: TestRooms = city.rooms) => rooms.get(AskAbsentHelpers).run(city.bankId);
  /** Two processes at once. */
  const together = async () => (await Promise.all([ask(), ask(beside), ask()])).reduce((sum, { asked }) => sum + asked, 0);
  const absent = async () => (await city.get(ListNobodyCame).run(city.bankId, { limit: 50 })).items;
  const standBy = (who: TestPerson, requestId: string) =>
    city.get(TakeOrStandBy).run(who.actor, city.bankId, newId(), { requestId, volunteerId: who.memberId, orStandby: true });
  const visitOf = async (day: TestDay) => {
    const requestId = await city.request(coordinator, day.client, day.time(0));
    return { requestId, visitId: await city.plan(coordinator, day.volunteer, requestId) };
  };

  describe('a helper who has not scanned in', () => {
    it('is asked once, a quarter of an hour after the plan, and both sides and the desk learn the answer', async () => {
      const day = await city.nextDay(coordinator);
      const { visitId, requestId } = await visitOf(day);
      await standBy(await city.person('volunteer'), requestId);
      const said = () => city.get(SayOnMyWay).run(day.volunteer.actor, city.bankId, visitId);
      const asked = [(day.time(14), await together())];
      await expect(said()).rejects.toMatchObject(refusal('visits/not_asked', { state: 'planned' }));
      for (const minutes of [15, 16, 120]) asked.push((day.time(minutes), await together()));
      expect(asked).toEqual([0, 1, 0, 0]);
      expect(await told('visits/nobody_came', visitId)).toBe(1);
      expect(await absent()).toMatchObject([{ visitId, onWayAt: null, standbys: [{ phone: null }] }]);
      await expect(city.get(SayOnMyWay).run(day.client.actor, city.bankId, visitId)).rejects.toMatchObject(refusal('visits/not_found'));
      const at = day.time(20).toISOString();
      expect((await said()).arrival).toMatchObject({ onWayAt: at });
      day.time(21);
      expect((await said()).arrival).toMatchObject({ onWayAt: at });
      expect(await told('visits/on_my_way', visitId)).toBe(1);
      expect(await absent()).toMatchObject([{ visitId, onWayAt: at }]);
      await city.scan(day.volunteer, visitId, 'in', day.card.code);
      expect(await absent()).toEqual([]);
      expect((await city.get(GetVisit).run(day.client.actor, city.bankId, visitId)).arrival).toBeUndefined();
    });

    it('is not asked after a scan-in, nor about a visit that was called off, nor by another minute than policy says', async () => {
      const day = await city.nextDay(coordinator);
      const { visitId } = await visitOf(day);
      await city.scan(day.volunteer, visitId, 'in', day.card.code);
      const off = await visitOf(await city.nextDay(coordinator));
      await city.get(CancelVisit).run(coordinator.actor, city.bankId, off.visitId);
      const late = await city.nextDay(coordinator);
      await city.policy(coordinator, 'arrivalAskMinutes', 30);
      const { visitId: third } = await visitOf(late);
      const asked = [29, 30].map((minutes) => async () => (late.time(minutes), await together()));
      expect([await asked[0]?.(), await asked[1]?.()]).toEqual([0, 1]);
      expect([await told('visits/nobody_came', visitId), await told('visits/nobody_came', third)]).toEqual([0, 1]);
      await city.policy(coordinator, 'arrivalAskMinutes', 15);
    });

    it('who cannot come leaves late; who stands by has it at once, and is asked themselves a quarter of an hour on', async () => {
      const day = await city.nextDay(coordinator);
      const { visitId, requestId } = await visitOf(day);
      const standby = await city.person('volunteer');
      await standBy(standby, requestId);
      day.time(16);
      await together();
      const left = await city.get(CancelVisit).run(day.volunteer.actor, city.bankId, visitId, { reasonCode: 'no_way' });
      expect(left).toMatchObject({ state: 'cancelled', cancelled: { side: 'by_volunteer' } });
      await city.get(RunRounds).run(city.bankId);
      expect(await city.get(PromoteStandbys).run(city.bankId)).toEqual({ promoted: 1 });
      const { items } = await city.get(ReadOffers).ofRequest(city.bankId, requestId);
      const next = items.find(({ volunteerId }) => volunteerId === standby.memberId)?.visitId as string;
      const asked = [30, 31].map((minutes) => async () => (day.time(minutes), await together()));
      expect([await asked[0]?.(), await asked[1]?.()]).toEqual([0, 1]);
      expect(await told('visits/nobody_came', next)).toBe(1);
      await city.get(CancelVisit).run(coordinator.actor, city.bankId, next);
    });

    it('and nobody stands by: others are asked, who can still say yes; of what began without anybody nobody is asked', async () => {
      const day = await city.nextDay(coordinator);
      const { visitId, requestId } = await visitOf(day);
      const unfilled = await city.request(coordinator, await city.client(), day.time(0));
      await city.policy(coordinator, 'offersByRounds', true);
      day.time(16);
      await city.get(CancelVisit).run(day.volunteer.actor, city.bankId, visitId, { reasonCode: 'ill' });
      expect((await city.get(RunRounds).run(city.bankId)).asked).toBeGreaterThan(0);
      await city.policy(coordinator, 'offersByRounds', false);
      expect((await city.get(ReadOffers).ofRequest(city.bankId, unfilled)).items).toEqual([]);
      const { items } = await city.get(ReadOffers).ofRequest(city.bankId, requestId);
      const [offer] = items.filter(({ state }) => state === 'open');
      const memberId = offer?.volunteerId as string;
      const { personId } = await city.one<{ personId: string }>('select person_id as "personId" from member where member_id = $1', [
        memberId,
      ]);
      const roles = [{ role: 'volunteer' as const, bankId: city.bankId, memberId }];
      day.time(20);
      const taken = await city.get(AnswerOffer).run({ personId, roles }, city.bankId, offer?.offerId as string, { answer: 'yes' });
      expect(taken).toMatchObject({ state: 'accepted' });
    });
  });

  it('both sides are reminded once on the evening before, not of what was planned this evening, and may ask to be called', async () => {
    const day = await city.nextDay(coordinator);
    const tomorrow = new Date(day.time(0).getTime() + 24 * 60 * 60_000);
    const visitId = await city.planned(coordinator, day.volunteer, day.client, tomorrow);
    const overmorrow = await city.planned(coordinator, day.volunteer, day.client, new Date(tomorrow.getTime() + 24 * 60 * 60_000));
    const remind = async () => {
      const done = await Promise.all([city, beside].map((rooms) => rooms.get(RemindTomorrow).run(city.bankId)));
      return done.reduce((sum, { reminded }) => sum + reminded, 0);
    };
    day.time(9 * 60 - 1);
    const before = await remind();
    day.time(9 * 60);
    const evening = await remind();
    const late = await city.planned(coordinator, await city.person('volunteer'), await city.client(), tomorrow);
    day.time(10 * 60);
    expect([before, evening, await remind()]).toEqual([0, 1, 0]);
    expect(await Promise.all([visitId, overmorrow, late].map((id) => told('visits/tomorrow', id)))).toEqual([1, 0, 0]);
    const own = await city.get(ShowHome).run(day.client.actor, { part: 'own' });
    expect(own.own?.visits.find((visit) => visit.visitId === visitId)?.remindedAt).toBe(day.time(9 * 60).toISOString());

    const wishes = city.get(CallWishes);
    const wish = (who: TestPerson, wishId = newId(), of: string | null = visitId) =>
      wishes.put(who.actor, city.bankId, wishId, { visitId: of });
    const { first, value } = await wish(day.client);
    expect([first, (await wish(day.client)).value.wishId, (await wish(day.client)).first]).toEqual([true, value.wishId, false]);
    expect((await wish(day.volunteer)).first).toBe(true);
    await expect(wish(await city.person('volunteer'))).rejects.toMatchObject(refusal('visits/not_found'));
    await expect(wish(coordinator)).rejects.toMatchObject(refusal('visits/not_found'));
    const open = async () => (await wishes.list(city.bankId, { limit: 50 })).items.map(({ memberId }) => memberId);
    expect(await open()).toEqual([day.client.memberId, day.volunteer.memberId]);
    await wishes.done(coordinator.actor, city.bankId, value.wishId);
    expect(await open()).toEqual([day.volunteer.memberId]);
    expect((await wish(day.client)).first).toBe(true);
    await expect(wishes.done(coordinator.actor, city.bankId, newId())).rejects.toMatchObject(refusal('calls/not_found'));
  });

  it('a helper puts a visit to a colleague by name, who has it with a yes, in one act; until then it stands', async () => {
    const day = await city.nextDay(coordinator);
    const colleague = await city.person('volunteer');
    const visitId = await city.planned(coordinator, day.volunteer, day.client, new Date(day.time(0).getTime() + 24 * 60 * 60_000));
    const numberOf = async ({ memberId }: TestPerson) =>
      (await city.one<{ number: string }>('select member_number as number from member where member_id = $1', [memberId])).number;
    const hand = async (to: TestPerson, offerId = newId(), by = day.volunteer) =>
      city.get(HandOver).run(by.actor, city.bankId, visitId, offerId, { memberNumber: await numberOf(to) });
    await expect(hand(day.client)).rejects.toMatchObject({ code: 'members/not_found' });
    await expect(hand(day.volunteer)).rejects.toMatchObject({ code: 'members/not_found' });
    await expect(hand(colleague, newId(), colleague)).rejects.toMatchObject(refusal('visits/not_found'));
    await city.get(PairBlocks).put(coordinator.actor, city.bankId, day.client.memberId, colleague.memberId);
    await expect(hand(colleague)).rejects.toMatchObject({ code: 'offers/not_for_them', parameters: {} });
    await city.get(PairBlocks).end(coordinator.actor, city.bankId, day.client.memberId, colleague.memberId);
    const offerId = newId();
    expect(await hand(colleague, offerId)).toMatchObject({ first: true, value: { state: 'open' } });
    expect(await hand(colleague, offerId)).toMatchObject({ first: false });
    expect((await city.get(GetVisit).run(day.volunteer.actor, city.bankId, visitId)).state).toBe('planned');
    const yes = await city.get(AnswerOffer).run(colleague.actor, city.bankId, offerId, { answer: 'yes' });
    expect(yes.state).toBe('accepted');
    expect((await city.get(GetVisit).run(day.volunteer.actor, city.bankId, visitId)).cancelled).toMatchObject({ side: 'by_volunteer' });
    expect(await city.get(GetVisit).run(colleague.actor, city.bankId, yes.visitId as string)).toMatchObject({ state: 'planned' });
    expect((await city.balance(day.client)).heldOutMinutes).toBe(60);
    await city.get(CancelVisit).run(coordinator.actor, city.bankId, yes.visitId as string);
  });

  it('what the helper has to know is theirs from the day before until the end, and every look by others is kept', async () => {
    const day = await city.nextDay(coordinator);
    const needs = city.get(ClientNeeds);
    const of = day.client.memberId;
    const written = { door: 'The bell is broken: knock', allergy: 'Penicillin', emergencyPhone: '13800000009' };
    expect((await needs.put(day.client.actor, city.bankId, of, written)).first).toBe(true);
    await expect(needs.put(coordinator.actor, city.bankId, of, { pets: 'A dog' })).rejects.toMatchObject(
      refusal('members/stale', { version: 1 }),
    );
    await needs.put(coordinator.actor, city.bankId, of, { ...written, pets: 'A dog', version: 1 });
    await expect(needs.read(day.volunteer.actor, city.bankId, of)).rejects.toMatchObject(refusal('access/not_allowed'));
    expect(await needs.read(day.client.actor, city.bankId, of)).toMatchObject({ pets: 'A dog', hearing: null, version: 2 });

    const startsAt = new Date(day.time(0).getTime() + 2 * 24 * 60 * 60_000);
    const visitId = await city.planned(coordinator, day.volunteer, day.client, startsAt);
    const look = (who = day.volunteer) => city.get(ShowNeeds).run(who.actor, city.bankId, visitId);
    await expect(look()).rejects.toMatchObject(refusal('visits/needs_not_now'));
    day.time(24 * 60);
    expect(await look()).toMatchObject({ allergy: 'Penicillin', pets: 'A dog' });
    await expect(look(day.client)).rejects.toMatchObject(refusal('visits/not_found'));
    await needs.read(coordinator.actor, city.bankId, of);
    day.time(49 * 60);
    await expect(look()).rejects.toMatchObject(refusal('visits/needs_not_now'));

    const fields = ['door', 'pets', 'allergy', 'emergencyPhone'];
    const { items } = await city.get(ListDisclosures).own(day.client.actor, { limit: 50 });
    expect(items).toMatchObject([
      { kind: 'needs', visitId: null, fields, seenAs: 'desk', seenBy: null },
      { kind: 'needs', visitId, fields, seenAs: 'helper', seenBy: null },
    ]);
    // Of somebody of the city the bank keeps no name: the office stands for it, and who answers for the bank is told the person.
    const mayor: Actor = { personId: newId(), roles: [{ role: 'admin', bankId: null, memberId: null }] };
    await needs.read(mayor, city.bankId, of);
    const [seen] = (await city.get(ListDisclosures).own(day.client.actor, { limit: 1 })).items;
    expect(seen).toMatchObject({ seenByName: null, seenAs: 'city', seenBy: null });
    const [read] = (await city.get(ListDisclosures).run(city.bankId, { memberId: of, limit: 1 })).items;
    expect(read).toMatchObject({ seenAs: 'city', seenBy: mayor.personId });
    expect((await city.get(ListDisclosures).own(day.volunteer.actor, { limit: 50 })).items).toEqual([]);
    await city.get(CancelVisit).run(coordinator.actor, city.bankId, visitId);
  });

  it('a person pauses all at once, those concerned are told, and on the day back they are asked, once', async () => {
    const { client, volunteer, time } = await city.nextDay(coordinator);
    const local = (days: number) => localDate(new Date(time(0).getTime() + days * 24 * 60 * 60_000), 'Asia/Shanghai');
    const [seriesId, elsewhere] = [newId(), newId()];
    const need = { serviceKind: 'company', rule: 'FREQ=DAILY', startTime: '10:00', minutes: 30 };
    const lay = (id: string, clientId: string) =>
      city.get(PutSeries).run(coordinator.actor, city.bankId, id, { clientId, ...need, startsOn: local(1) });
    await lay(seriesId, client.memberId);
    const once = await city.request(coordinator, client, new Date(time(0).getTime() + 50 * 60 * 60_000));
    const other = await city.client();
    await lay(elsewhere, other.memberId);
    await city.get(PutRegular).run(coordinator.actor, city.bankId, elsewhere, volunteer.memberId);
    const theirs = await city.planned(coordinator, volunteer, other, new Date(time(0).getTime() + 53 * 60 * 60_000));
    const pause = (who: TestPerson, by = who, span = { from: local(2), to: local(3) }) =>
      city.get(PausePerson).run(by.actor, city.bankId, who.memberId, span);
    await expect(pause(client, volunteer)).rejects.toMatchObject(refusal('access/not_allowed'));
    await expect(pause(client, client, { from: local(-1), to: local(3) })).rejects.toMatchObject(
      refusal('series/date_past', { today: local(0) }),
    );
    expect(await pause(client)).toMatchObject({ series: 1, requests: 1, visits: 0 });
    expect(await pause(client)).toMatchObject({ series: 1, requests: 0, visits: 0 });
    // Their own date, and the two of the series that they had taken.
    expect(await pause(volunteer, coordinator)).toMatchObject({ series: 0, requests: 0, visits: 3 });
    const stateOf = async (table: 'request' | 'visit', id: string) =>
      (await city.one<{ state: string }>(`select state from ${table} where ${table}_id = $1`, [id])).state;
    expect([await stateOf('request', once), await stateOf('visit', theirs)]).toEqual(['cancelled', 'cancelled']);
    const laid = `select planned_date from request where series_id = $1 and state <> 'cancelled' and planned_date between $2 and $3`;
    expect(await city.rooms.database.query(laid, [seriesId, local(2), local(3)])).toEqual([]);
    const back = async (days: number) => (time(days * 24 * 60), (await city.get(AskWhoIsBack).run(city.bankId)).asked);
    expect([await back(3), await back(4), await back(4)]).toEqual([0, 2, 0]);
    const calls = (await city.get(CallWishes).list(city.bankId, { limit: 50 })).items.filter(({ about }) => about === 'back');
    expect(calls.map(({ memberId }) => memberId).toSorted()).toEqual([client.memberId, volunteer.memberId].toSorted());
  });

  it('of many pauses at once each is kept, and a guest gives back what they promised in another bank', async () => {
    const { volunteer, time } = await city.nextDay(coordinator);
    const { memberId } = volunteer;
    const at = (days: number) => new Date(time(0).getTime() + days * 24 * 60 * 60_000);
    const host = new TestCity(city.rooms);
    await city.get(PutBank).run(host.bankId, { name: 'Bell Tower', phone: '025-83330001', timeZone: 'Asia/Shanghai' });
    const there = await host.person('coordinator');
    await Promise.all([city.policy(coordinator, 'interchange', true), host.policy(there, 'interchange', true)]);
    for (const { actor } of [volunteer, there]) await city.get(PutGuest).run(actor, host.bankId, memberId, city.bankId);
    const stay = { role: 'volunteer' as const, bankId: host.bankId, memberId, homeBankId: city.bankId };
    const guest = { ...volunteer, actor: { ...volunteer.actor, roles: [...volunteer.actor.roles, stay] } };
    const visits = await Promise.all([2, 4].map(async (days) => host.planned(there, guest, await host.client(), at(days))));
    const local = (days: number) => localDate(at(days), 'Asia/Shanghai');
    const pause = (by: TestPerson, from: number, to = from, rooms: TestRooms = city.rooms) =>
      rooms.get(PausePerson).run(by.actor, city.bankId, memberId, { from: local(from), to: local(to) });
    const onDays = (days: number[]) =>
      Promise.all(days.map((day, index) => pause(day === 2 ? guest : coordinator, day, day, index % 2 ? beside : city.rooms)));
    expect((await onDays([2, 4, 6, 8, 10, 12])).map((done) => done.visits)).toEqual([1, 1, 0, 0, 0, 0]);
    const sideOf = (id: string) => city.one('select state, cancelled_side as side from visit where visit_id = $1', [id]);
    expect(await Promise.all(visits.map(sideOf))).toEqual(['by_volunteer', 'by_bank'].map((side) => ({ state: 'cancelled', side })));
    await onDays([14, 16, 18, 20]);
    expect((await city.get(Availability).read(city.bankId, memberId)).pauses).toHaveLength(10);
    await expect(pause(guest, 30, 396)).rejects.toMatchObject(refusal('series/pause_too_long', { mostDays: 366 }));
    const { actor } = await city.person('volunteer');
    const put = (rooms: TestRooms) => rooms.get(Availability).putOwn(actor, { weekly: [], pauses: [], languages: [], kinds: [] });
    expect((await Promise.all([city.rooms, beside, city.rooms].map(put))).filter(({ first }) => first)).toHaveLength(1);
  });

  it('leaves a sound ledger behind', async () => {
    expect(await city.faults()).toEqual([]);
  });
});
