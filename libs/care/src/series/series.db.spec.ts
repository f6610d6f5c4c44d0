import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { GenerateSeries, InterruptSeries, PutRegular, PutSeries, ReadSeries, SeriesBehind, TakeForRegulars } from '@timebank/care';
import type { SeriesInput } from '@timebank/contract';
import { localDate, newId } from '@timebank/kernel';
import { ListRequests, PatchRequest, PutRequest } from '@timebank/requests';
import { CancelRequest } from '@timebank/visits';
import { openCity, refusal, type TestCity, type TestDay, type TestPerson } from '@timebank/testing';

const zone = 'Asia/Shanghai';
const dayMinutes = 24 * 60;

describe('series', () => {
  let city: TestCity;
  let coordinator: TestPerson;
  let client: TestPerson;
  let volunteer: TestPerson;
  let time: TestDay['time'];
  let today: string;
  beforeAll(async () => {
    city = await openCity();
    coordinator = await city.person('coordinator');
  });
  beforeEach(async () => {
    ({ client, volunteer, time } = await city.nextDay(coordinator));
    today = localDate(time(0), zone);
  });
  afterAll(() => city.close());

  const later = (days: number) => localDate(new Date(Date.parse(`${today}T12:00:00Z`) + days * 86_400_000), 'UTC');
  const input = (more: Partial<SeriesInput> = {}): SeriesInput => ({
    clientId: client.memberId,
    serviceKind: 'company',
    rule: 'FREQ=DAILY;INTERVAL=7',
    startsOn: later(1),
    startTime: '09:00',
    minutes: 60,
    ...more,
  });
  const put = (by: TestPerson, more = {}, seriesId = newId()) => city.get(PutSeries).run(by.actor, city.bankId, seriesId, input(more));
  const read = (seriesId: string, by = coordinator) => city.get(ReadSeries).run(by.actor, city.bankId, seriesId);
  const dates = async (seriesId: string) => {
    const { items } = await city.get(ListRequests).run(coordinator.actor, city.bankId, { limit: 200, seriesId });
    return items;
  };
  const days = async (seriesId: string) => (await dates(seriesId)).map(({ plannedDate }) => plannedDate);
  const generate = () => city.get(GenerateSeries).run(city.bankId);

  it('lay their dates six weeks ahead at once, as requests at the hour of the bank', async () => {
    const { first, value } = await put(coordinator, { place: 'at home' });
    expect([first, value.state, value.generatedUntil, value.version]).toEqual([true, 'active', later(42), 1]);
    const laid = await dates(value.seriesId);
    expect(laid.map(({ plannedDate }) => plannedDate)).toEqual([1, 8, 15, 22, 29, 36].map(later));
    expect(laid[0]).toMatchObject({
      startsAt: `${later(1)}T01:00:00.000Z`,
      minutes: 60,
      place: 'at home',
      state: 'open',
      seriesId: value.seriesId,
    });
  });

  it('are written down once, however often they are sent, and by a client for themselves only', async () => {
    const seriesId = newId();
    const sent = await Promise.all(Array.from({ length: 5 }, () => put(client, {}, seriesId)));
    expect(sent.filter(({ first }) => first)).toHaveLength(1);
    expect(await days(seriesId)).toHaveLength(6);
    await expect(put(client, { minutes: 61 }, seriesId)).rejects.toMatchObject(refusal('series/id_reused'));
    await expect(put(await city.client(0))).rejects.toMatchObject(refusal('access/not_allowed'));
    await expect(put(volunteer)).rejects.toMatchObject(refusal('access/not_allowed'));
  });

  it.each([
    [{ rule: 'FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30' }, 'series/never_matches'],
    [{ rule: 'FREQ=DAILY;COUNT=10000' }, 'series/too_many_dates'],
    [{ rule: 'FREQ=MINUTELY' }, 'series/too_often'],
    [{ rule: 'FREQ=DAILY;INTERVAL=1000000000' }, 'series/interval_out_of_range'],
    [{ rule: 'FREQ=DAILY;UNTIL=20250101' }, 'series/until_before_start'],
    [{ rule: 'FREQ=WEEKLY;UNTIL=99991231T235959Z' }, 'series/rule_unreadable'],
    [{ rule: 'FREQ=WEEKLY;UNTIL=99991231' }, 'series/rule_unreadable'],
    [{ rule: 'FREQ=WEEKLY;UNTIL=00010101T000000Z' }, 'series/rule_unreadable'],
    [{ rule: 'FREQ=WEEKLY;UNTIL=00000101T000000Z' }, 'series/rule_unreadable'],
    [{ startsOn: '2099-01-01' }, 'series/starts_out_of_range'],
    [{ minutes: 241 }, 'requests/too_long'],
    [{ serviceKind: 'gardening' }, 'requests/unknown_service_kind'],
  ] as const)('are refused for %j', async (more, code) => {
    await expect(put(coordinator, more)).rejects.toMatchObject({ code });
  });

  it('take days at the edges of time as any others', async () => {
    const { seriesId } = (await put(coordinator, { rule: 'FREQ=DAILY;INTERVAL=7;UNTIL=22001231T235959Z' })).value;
    const act = city.get(InterruptSeries);
    for (const date of ['1880-01-01', '2200-12-30'])
      await expect(act.skip(client.actor, city.bankId, seriesId, { date })).rejects.toMatchObject(refusal('series/no_such_date'));
    const pause = (from: string, to: string) => act.pause(client.actor, city.bankId, seriesId, { from, to });
    for (const [from, to] of [
      ['1880-01-01', '2200-12-31'],
      [later(20), later(386)],
    ] as const)
      await expect(pause(from, to)).rejects.toMatchObject(refusal('series/pause_too_long', { mostDays: 366 }));
    expect((await pause(later(20), later(385))).pauses).toEqual([{ from: later(20), to: later(385) }]);
    expect((await pause('2200-12-31', '2200-12-31')).pauses).toHaveLength(2);
    expect((await act.end(client.actor, city.bankId, seriesId, { on: '2200-12-31', reasonCode: 'moved' })).state).toBe('active');
  });

  it('rest where a date stands on a paused day because it was moved there by hand', async () => {
    const { seriesId } = (await put(coordinator)).value;
    const [one, two] = await dates(seriesId);
    const move = (requestId: string | undefined, day: number) =>
      city.get(PatchRequest).run(coordinator.actor, city.bankId, requestId as string, { version: 1, startsAt: `${later(day)}T01:00:00Z` });
    await move(one?.requestId, 2);
    await move(two?.requestId, 30);
    await city.get(InterruptSeries).pause(client.actor, city.bankId, seriesId, { from: later(2), to: later(3) });
    expect((await dates(seriesId)).filter(({ state }) => state === 'cancelled').map(({ requestId }) => requestId)).toEqual([
      one?.requestId,
    ]);
    await city.get(InterruptSeries).end(client.actor, city.bankId, seriesId, { on: later(29), reasonCode: 'need_met' });
    expect((await dates(seriesId)).filter(({ state }) => state === 'cancelled').map(({ requestId }) => requestId)).toContain(
      two?.requestId,
    );
  });

  it('are twenty at most that go on for one client, and a page of them counts its clients once', async () => {
    const ids: string[] = [];
    for (let count = 0; count < 20; count += 1) ids.push((await put(coordinator, { minutes: 10 + count })).value.seriesId);
    const refused = put(coordinator, { minutes: 40 });
    await expect(refused).rejects.toMatchObject({ code: 'series/too_many', parameters: { most: 20 } });
    expect((await put(coordinator, { minutes: 10 }, ids[0])).first).toBe(false);
    await city.get(InterruptSeries).end(coordinator.actor, city.bankId, ids[3] as string, { on: today, reasonCode: 'need_met' });
    const { value } = await put(coordinator, { minutes: 40 });
    const list = (limit: number) => city.get(ReadSeries).list(coordinator.actor, city.bankId, { limit, clientId: client.memberId });
    const { items } = await list(200);
    expect(items.map(({ seriesId }) => seriesId)).toEqual([value.seriesId, ...ids.toReversed()]);
    expect((await list(1)).items).toEqual([await read(value.seriesId)]);
    for (const item of items.slice(1, 4)) expect(await read(item.seriesId)).toEqual(item);
  });

  it('do not count towards the open requests of a client, who can still ask for single ones', async () => {
    const { value } = await put(coordinator, { rule: 'FREQ=DAILY', minutes: 10 });
    expect(await days(value.seriesId)).toHaveLength(42);
    const ask = { clientId: client.memberId, serviceKind: 'company', startsAt: time(60).toISOString(), minutes: 10 };
    const one = await city.get(PutRequest).run(client.actor, city.bankId, newId(), ask);
    expect(one.value.state).toBe('open');
  });

  it('are laid on each day, by some at once, and never twice', async () => {
    const { value } = await put(coordinator, { rule: 'FREQ=DAILY;INTERVAL=3' });
    for (const day of [0, 1, 1, 2, 5, 5, 9, 30]) {
      time(day * dayMinutes);
      await Promise.all([generate(), generate(), generate()]);
    }
    const laid = await days(value.seriesId);
    expect(new Set(laid).size).toBe(laid.length);
    expect(laid).toEqual(Array.from({ length: 24 }, (_, place) => later(1 + 3 * place)));
    expect((await read(value.seriesId)).generatedUntil).toBe(later(72));
    expect(await generate()).toMatchObject({ series: 0 });
    time(0);
  });

  it('are behind when nobody lays them, and say so', async () => {
    await put(coordinator);
    await generate();
    expect(await city.get(SeriesBehind).days()).toBe(0);
    time(2 * dayMinutes);
    expect(await city.get(SeriesBehind).days()).toBe(2);
    await generate();
    expect(await city.get(SeriesBehind).days()).toBe(0);
    time(0);
  });

  it('end with the role of their client', async () => {
    const { value } = await put(coordinator);
    await city.rooms.database.query(`delete from role where member_id = $1 and role = 'client'`, [client.memberId]);
    time(10 * dayMinutes);
    await generate();
    expect((await read(value.seriesId)).generatedUntil).toBe(later(42));
    time(0);
  });

  it('are covered until the minutes of the client end, all of their series counted by date', async () => {
    const poor = await city.client(150);
    const more = { clientId: poor.memberId };
    const { value } = await put(coordinator, more);
    expect(value.coveredUntil).toBe(later(8));
    const other = await put(coordinator, { ...more, startsOn: later(2) });
    expect([(await read(value.seriesId)).coveredUntil, other.value.coveredUntil]).toEqual([later(1), later(2)]);
    const { value: rich } = await put(coordinator);
    expect(rich.coveredUntil).toBe(rich.generatedUntil);
  });

  it('leave out a date, pause and end: what is laid there is cancelled and stays', async () => {
    const { value } = await put(client);
    const { seriesId } = value;
    const act = city.get(InterruptSeries);
    await act.skip(client.actor, city.bankId, seriesId, { date: later(8) });
    const skipped = await act.skip(client.actor, city.bankId, seriesId, { date: later(8) });
    expect(skipped.skipped).toEqual([later(8)]);
    await expect(act.skip(client.actor, city.bankId, seriesId, { date: later(9) })).rejects.toMatchObject(refusal('series/no_such_date'));
    const paused = await act.pause(coordinator.actor, city.bankId, seriesId, { from: later(0), to: later(16) });
    expect([paused.state, paused.pauses]).toEqual(['paused', [{ from: later(0), to: later(16) }]]);
    await expect(act.pause(client.actor, city.bankId, seriesId, { from: later(3), to: later(2) })).rejects.toMatchObject(
      refusal('series/wrong_order'),
    );
    await expect(act.pause(client.actor, city.bankId, seriesId, { from: later(-1), to: later(2) })).rejects.toMatchObject({
      code: 'series/date_past',
    });
    const ended = await act.end(client.actor, city.bankId, seriesId, { on: later(29), reasonCode: 'need_met' });
    expect([ended.endsOn, ended.endReason]).toEqual([later(29), 'need_met']);
    await expect(act.end(client.actor, city.bankId, seriesId, { on: later(36), reasonCode: 'moved' })).rejects.toMatchObject({
      code: 'series/ended',
    });
    const states = (await dates(seriesId)).map(({ plannedDate, state }) => [plannedDate, state]);
    const gone = [1, 8, 15, 29, 36].map((day) => [later(day), 'cancelled']);
    expect(states).toEqual([...gone.slice(0, 3), [later(22), 'open'], ...gone.slice(3)]);
    time(30 * dayMinutes);
    await generate();
    expect([(await read(seriesId)).state, (await days(seriesId)).length]).toEqual(['ended', 6]);
    time(0);
    const stranger = await city.client(0);
    await expect(act.end(stranger.actor, city.bankId, seriesId, { on: later(1), reasonCode: 'moved' })).rejects.toMatchObject(
      refusal('series/not_found'),
    );
    await expect(read(seriesId, stranger)).rejects.toMatchObject(refusal('series/not_found'));
  });

  it('come back where a pause ends early, each day once; what was called off beside it, and what is paused again, stays away', async () => {
    const { seriesId } = (await put(coordinator, { rule: 'FREQ=DAILY', minutes: 10 })).value;
    const act = city.get(InterruptSeries);
    const span = (from: number, to: number) => ({ from: later(from), to: later(to) });
    const back = (day: number) => act.back(client.actor, city.bankId, seriesId, { on: later(day) });
    const pause = (from: number, to: number) => act.pause(client.actor, city.bankId, seriesId, span(from, to));
    const live = async () =>
      (await dates(seriesId))
        .filter(({ state, plannedDate }) => state !== 'cancelled' && plannedDate !== null)
        .map(({ plannedDate }) => plannedDate);
    const byHand = (await dates(seriesId)).find(({ plannedDate }) => plannedDate === later(6));
    await city.get(CancelRequest).run(client.actor, city.bankId, byHand?.requestId as string);
    await act.skip(client.actor, city.bankId, seriesId, { date: later(7) });
    await pause(2, 60);
    await expect(back(1)).rejects.toMatchObject(refusal('series/not_paused'));
    await expect(back(-1)).rejects.toMatchObject({ code: 'series/date_past' });
    expect((await back(5)).pauses).toEqual([span(2, 4)]);
    expect((await back(5)).pauses).toEqual([span(2, 4)]);
    const from8 = Array.from({ length: 35 }, (_, place) => later(8 + place));
    expect(await live()).toEqual([later(1), later(5), ...from8]);
    // In hospital again on the very days, and out again.
    expect((await pause(2, 60)).pauses).toEqual([span(2, 60)]);
    expect(await live()).toEqual([later(1)]);
    expect([(await back(2)).pauses, (await live()).slice(0, 5)]).toEqual([[], [1, 2, 3, 4, 5].map(later)]);
    await Promise.all([pause(3, 4), pause(3, 4)]);
    await Promise.all([back(3), back(3)]);
    await generate();
    expect((await live()).length).toBe(new Set(await live()).size);
    expect(await live()).toEqual([1, 2, 3, 4, 5].map(later).concat(from8));
    expect((await read(seriesId)).skipped).toEqual([later(7)]);
  });

  it('are laid once over dozens of random moments, whoever has cancelled what', async () => {
    const { value } = await put(coordinator, { rule: 'FREQ=WEEKLY;BYDAY=MO,WE,FR', minutes: 10 });
    await city.get(PutRegular).run(coordinator.actor, city.bankId, value.seriesId, volunteer.memberId);
    for (let moment = 0, minutes = 0; moment < 36; moment += 1, minutes += ((moment * 7_919) % 4_000) + 1) {
      time(minutes);
      await generate();
      await city.get(TakeForRegulars).run(city.bankId, value.seriesId);
      if (moment % 9 === 0) {
        const [, next] = (await dates(value.seriesId)).filter(
          ({ state, startsAt }) => state !== 'cancelled' && new Date(startsAt) > time(minutes),
        );
        if (next)
          await city.get(InterruptSeries).skip(coordinator.actor, city.bankId, value.seriesId, { date: next.plannedDate as string });
      }
    }
    const laid = await days(value.seriesId);
    expect(new Set(laid).size).toBe(laid.length);
    expect(laid.length).toBeGreaterThan(30);
    expect(await city.faults()).toEqual([]);
    time(0);
  });
});
