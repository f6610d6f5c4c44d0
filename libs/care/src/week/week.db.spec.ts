import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ReadWeek } from '@timebank/care';
import type { RearrangeInput } from '@timebank/contract';
import { dayOn, instantOf, localDate, mondayOf, newId } from '@timebank/kernel';
import { GetRequest, PatchRequest } from '@timebank/requests';
import { openCity, refusal, type TestCity, type TestPerson } from '@timebank/testing';
import { GetVisit, PlanVisit, ReadCandidate, RearrangeVisit } from '@timebank/visits';

const zone = 'Asia/Shanghai';

describe('a week of a bank', () => {
  let city: TestCity;
  let coordinator: TestPerson;
  let client: TestPerson;
  let [anna, berta]: TestPerson[] = [];
  /** A Monday to come. */
  let monday: string;
  beforeAll(async () => {
    city = await openCity();
    coordinator = await city.person('coordinator');
    await city.policy(coordinator, 'offersByRounds', false);
    client = await city.client(3_000);
    [anna, berta] = [await city.person('volunteer'), await city.person('volunteer')];
    monday = dayOn(mondayOf(localDate(city.rooms.clock.now(), zone)), 7);
    await city.rooms.database.query(
      `insert into availability (bank_id, member_id, weekly, pauses, languages, kinds, week_minutes)
       values ($1, $2, '{[540,720),[1380,1500)}', $3, '{}', '{}', 300)`,
      [city.bankId, anna?.memberId, `{[${at(2)},${at(4)})}`],
    );
  });
  afterAll(() => city.close());

  const at = (day: number) => dayOn(monday, day);
  const on = (day: number, time: string) => instantOf(at(day), time, zone);
  const ask = (day: number, time: string, kind = 'company') => city.request(coordinator, client, on(day, time), 60, kind);
  const week = (more: object = {}) => city.get(ReadWeek).run(city.bankId, { from: monday, by: 'helpers', ...more });
  const visit = (visitId: string) => city.get(GetVisit).run(coordinator.actor, city.bankId, visitId);
  const rearrange = (visitId: string, to: TestPerson | undefined, more: Partial<RearrangeInput> = {}, newVisitId = newId()) =>
    city.get(RearrangeVisit).run(coordinator.actor, city.bankId, { visitId, newVisitId }, { volunteerId: to?.memberId ?? '', ...more });
  const told = async (requestId: string) =>
    (
      await city.rooms.database.query<{ kind: string; payload: { volunteerId?: string; moved?: true } }>(
        `select kind, payload from outbox where payload ->> 'requestId' = $1 and kind like 'visits/%'`,
        [requestId],
      )
    )
      .map(({ kind, payload }) =>
        [kind, payload.volunteerId === anna?.memberId ? 'anna' : 'berta', ...(payload.moved ? ['moved'] : [])].join(' '),
      )
      .toSorted();

  it('shows who helps when, by the local days from Monday to Sunday, and what nobody has taken', async () => {
    const visitId = await city.planned(coordinator, anna as TestPerson, client, on(0, '00:00'));
    const sunday = await city.planned(coordinator, berta as TestPerson, client, on(6, '22:59'));
    const outside = await city.planned(coordinator, berta as TestPerson, client, on(7, '00:00'));
    const open = await ask(3, '09:00', 'meal');
    const board = await week();
    expect(board).toMatchObject({ from: monday, to: at(6), counts: { visits: 2, unfilled: 1 } });
    expect(board.visits.map(({ visitId: id, day, startsAt }) => [id, day, startsAt])).toEqual([
      [visitId, 1, on(0, '00:00').toISOString()],
      [sunday, 7, on(6, '22:59').toISOString()],
    ]);
    expect(board.visits.map(({ visitId: id }) => id)).not.toContain(outside);
    expect(board.unfilled).toMatchObject([
      { requestId: open, day: 4, isCovered: true, isUrgent: false, helpers: 0, helpersNeeded: 1, version: 1, serviceKind: 'meal' },
    ]);
    const rowOf = (person: TestPerson | undefined) => board.rows.find(({ memberId }) => memberId === person?.memberId);
    expect(board.rows).toHaveLength(2);
    expect(rowOf(anna)).toEqual({
      memberId: anna?.memberId,
      homeBankId: null,
      minutes: 60,
      weekWish: 300,
      free: [
        { day: 1, from: 540, to: 720 },
        { day: 1, from: 1_380, to: 1_440 },
        { day: 2, from: 0, to: 60 },
      ],
      away: [3, 4],
    });
    expect(rowOf(berta)).toMatchObject({ weekWish: null, free: [], away: [] });
    expect(Object.keys(board.people).toSorted()).toEqual([anna?.memberId, berta?.memberId, client.memberId].toSorted());
  });

  it('is by clients too, narrowed by kind and place, with rows for who was asked for, and begins on a Monday', async () => {
    const byClients = await week({ by: 'clients' });
    expect(byClients.rows).toMatchObject([{ memberId: client.memberId, minutes: 120, free: [] }]);
    expect(await week({ kind: 'meal' })).toMatchObject({ counts: { visits: 0, unfilled: 1 }, rows: [] });
    const other = await city.person('volunteer');
    expect((await week({ kind: 'meal', also: `${other.memberId},${newId()}` })).rows).toMatchObject([{ memberId: other.memberId }]);
    await city.rooms.database.query(`update member set home_address = 'Ninghai Road 12' where member_id = $1`, [client.memberId]);
    expect((await week({ area: 'ninghai' })).counts).toEqual({ visits: 2, unfilled: 1 });
    expect((await week({ area: '%' })).counts).toEqual({ visits: 0, unfilled: 0 });
    await expect(week({ from: at(1) })).rejects.toMatchObject(refusal('week/not_a_monday'));
  });

  it('gives a visit to somebody else in one act, minutes and all, or leaves everything as it was', async () => {
    const requestId = await ask(1, '14:00');
    const visitId = await city.plan(coordinator, anna as TestPerson, requestId);
    const before = await city.balance(client);
    const newVisitId = newId();
    const { first, value } = await rearrange(visitId, berta, {}, newVisitId);
    expect([first, value]).toMatchObject([true, { visitId: newVisitId, volunteerId: berta?.memberId, state: 'planned' }]);
    expect((await rearrange(visitId, berta, {}, newVisitId)).first).toBe(false);
    expect(await visit(visitId)).toMatchObject({ state: 'cancelled', cancelled: { side: 'by_bank', reasonCode: 'other_helper' } });
    expect(await city.balance(client)).toEqual(before);
    expect(await told(requestId)).toEqual(['visits/cancelled anna', 'visits/planned anna', 'visits/planned berta']);
    // Anna has something else by then.
    await city.planned(coordinator, anna as TestPerson, client, on(1, '14:30'));
    await expect(rearrange(newVisitId, anna)).rejects.toMatchObject({ code: 'visits/overlapping_plan' });
    expect(await visit(newVisitId)).toMatchObject({ state: 'planned' });
    await expect(rearrange(visitId, berta)).rejects.toMatchObject({ code: 'visits/not_cancellable' });
    await expect(rearrange(newVisitId, berta)).rejects.toMatchObject(refusal('visits/stays_as_it_is'));
    const elsewhere = await city.planned(coordinator, anna as TestPerson, client, on(1, '20:00'));
    await expect(rearrange(elsewhere, anna, {}, newVisitId)).rejects.toMatchObject(refusal('visits/id_reused'));
  });

  it('moves a visit to another day with its helper, who is told one thing, and says beforehand what would stand in the way', async () => {
    const requestId = await ask(4, '10:00');
    const visitId = await city.plan(coordinator, anna as TestPerson, requestId);
    const startsAt = on(5, '10:00').toISOString();
    const gate = async (imagined: object, who = anna) =>
      (await city.get(ReadCandidate).run(coordinator.actor, city.bankId, requestId, who?.memberId ?? '', imagined)).gate;
    expect(await gate({}, berta)).toEqual(['full']);
    expect(await gate({ insteadOf: visitId }, berta)).toEqual([]);
    expect(await gate({ insteadOf: visitId, startsAt: on(2, '10:00').toISOString() }, anna)).toEqual(['full', 'paused']);
    await expect(rearrange(visitId, anna, { startsAt: on(2, '10:00').toISOString() })).rejects.toMatchObject({ code: 'gate/paused' });
    expect(await city.get(GetRequest).run(coordinator.actor, city.bankId, requestId)).toMatchObject({
      startsAt: on(4, '10:00').toISOString(),
      state: 'taken',
    });
    const { value } = await rearrange(visitId, anna, { startsAt });
    expect(value).toMatchObject({ plannedStart: startsAt, volunteerId: anna?.memberId });
    expect(await told(requestId)).toEqual(['visits/planned anna', 'visits/planned anna moved']);
    expect((await city.get(GetRequest).run(coordinator.actor, city.bankId, requestId)).startsAt).toBe(startsAt);
  });

  it('moves nothing under others who help there too, and sets nothing aside that nobody saw', async () => {
    const requestId = await ask(6, '08:00');
    const { version } = await city.get(GetRequest).run(coordinator.actor, city.bankId, requestId);
    await city.get(PatchRequest).run(coordinator.actor, city.bankId, requestId, { version, helpersNeeded: 2 });
    const visitId = await city.plan(coordinator, anna as TestPerson, requestId);
    await city.get(PlanVisit).run(coordinator.actor, city.bankId, newId(), { requestId, volunteerId: berta?.memberId ?? '' });
    await expect(rearrange(visitId, anna, { startsAt: on(6, '12:00').toISOString() })).rejects.toMatchObject({ code: 'requests/not_open' });
    await expect(rearrange(visitId, berta)).rejects.toMatchObject({ code: 'requests/not_open' });
    const third = await city.person('volunteer');
    await city.rooms.database.query(`update member set helper_wish = 'woman' where member_id = $1`, [client.memberId]);
    await expect(rearrange(visitId, third)).rejects.toMatchObject({ code: 'gate/wish_woman' });
    const overruled = await rearrange(visitId, third, { overruleNote: 'she agreed on the phone', overrules: ['wish_woman'] });
    expect(overruled.value).toMatchObject({ volunteerId: third.memberId });
    expect(await city.faults()).toEqual([]);
  });
});
