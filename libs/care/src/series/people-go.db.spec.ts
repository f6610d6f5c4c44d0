import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  AskWhoIsBack,
  EditSeries,
  LeaveSeries,
  PausePerson,
  PutRegular,
  PutSeries,
  ReadSeries,
  SeriesStandings,
  TakeForRegulars,
} from '@timebank/care';
import type { LeavingReason, SeriesInput, SeriesPreviewInput } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { localDate, newId } from '@timebank/kernel';
import { MarkLeft, MemberPlans } from '@timebank/members';
import { ListRequests } from '@timebank/requests';
import { openCity, type TestCity, type TestDay, type TestPerson } from '@timebank/testing';

describe('a series whose people go', () => {
  let city: TestCity;
  let coordinator: TestPerson;
  let client: TestPerson;
  let volunteer: TestPerson;
  let second: TestPerson;
  let time: TestDay['time'];
  let today: string;
  let seriesId: string;
  beforeAll(async () => {
    city = await openCity();
    coordinator = await city.person('coordinator');
  });
  beforeEach(async () => {
    ({ client, volunteer, time } = await city.nextDay(coordinator));
    second = await city.person('volunteer');
    today = localDate(time(0), 'Asia/Shanghai');
    seriesId = newId();
  });
  afterAll(() => city.close());

  const later = (days: number) => localDate(new Date(Date.parse(`${today}T12:00:00Z`) + days * 86_400_000), 'UTC');
  const put = async (more: Partial<SeriesInput> = {}) => {
    const series = { clientId: client.memberId, serviceKind: 'company', rule: 'FREQ=DAILY;INTERVAL=7', startTime: '09:00', minutes: 60 };
    await city.get(PutSeries).run(coordinator.actor, city.bankId, seriesId, { ...series, startsOn: later(1), ...more });
    const regular = (who: TestPerson) => city.get(PutRegular).run(coordinator.actor, city.bankId, seriesId, who.memberId);
    await regular(volunteer);
    time(1);
    await regular(second);
  };
  const dates = async () => (await city.get(ListRequests).run(coordinator.actor, city.bankId, { limit: 200, seriesId })).items;
  const stand = async () => {
    const names = new Map([[volunteer.memberId, 'volunteer'] as const, [second.memberId, 'second'] as const]);
    return (await dates()).map(({ state, reservedFor }) => `${state} ${names.get(reservedFor ?? '') ?? '-'}`);
  };
  const read = () => city.get(ReadSeries).run(coordinator.actor, city.bankId, seriesId);
  const leave = (who: TestPerson, reason: LeavingReason) =>
    city.get(UnitOfWork).run([city.bankId], async () => {
      await city.get(MemberPlans).end(coordinator.actor, city.bankId, who.memberId);
      await city.get(MarkLeft).run(city.bankId, who.memberId, today, reason);
    });
  const unfilled = async () =>
    (await city.rooms.database.query(`select from outbox where kind = 'series/unfilled' and payload->>'clientId' = $1`, [client.memberId]))
      .length;
  const edit = async (change: SeriesPreviewInput) => {
    const { version } = await read();
    const { previewHash } = await city.get(EditSeries).preview(coordinator.actor, city.bankId, seriesId, change);
    return city.get(EditSeries).run(coordinator.actor, city.bankId, seriesId, { version, previewHash, ...change });
  };

  it('goes to the next regular at once when one leaves, and to everybody when the last is no volunteer any more', async () => {
    await put();
    await leave(volunteer, 'wish');
    expect(await stand()).toEqual(Array(6).fill('open second'));
    expect((await read()).regulars.map(({ memberId }) => memberId)).toEqual([second.memberId]);
    await city.get(TakeForRegulars).run(city.bankId);
    expect((await stand()).slice(0, 3)).toEqual(['taken second', 'taken second', 'open second']);
    await city.rooms.database.query(`delete from role where member_id = $1`, [second.memberId]);
    await city.get(TakeForRegulars).run(city.bankId);
    expect((await stand()).slice(2)).toEqual(Array(4).fill('open -'));
    expect([(await read()).regulars, await unfilled()]).toEqual([[], 4]);
  });

  it('leaves its regular who is barred', async () => {
    await put();
    await city.rooms.database.query('update person set disabled_at = now() where person_id = $1', [volunteer.actor.personId]);
    await city.get(TakeForRegulars).run(city.bankId);
    expect((await read()).regulars.map(({ memberId }) => memberId)).toEqual([second.memberId]);
    expect((await stand()).slice(2)).toEqual(Array(4).fill('open second'));
  });

  it.each([
    ['death', 'died'],
    ['moved', 'moved'],
    ['wish', 'not_needed'],
  ] as const)('ends with its client, by %s', async (reason, endReason) => {
    await put();
    const { active } = await city.get(SeriesStandings).ofBank(city.bankId);
    await leave(client, reason);
    expect(await read()).toMatchObject({ state: 'ended', endsOn: today, endReason });
    expect((await dates()).every(({ state }) => state === 'cancelled')).toBe(true);
    expect(await city.get(SeriesStandings).ofBank(city.bankId)).toMatchObject({ active: active - 1 });
    await expect(edit({ from: later(1), minutes: 30 })).rejects.toMatchObject({ code: 'series/ended' });
  });

  it('goes past a regular who helps there already, when another gives their place away', async () => {
    await put({ helpersNeeded: 2 });
    await city.get(TakeForRegulars).run(city.bankId);
    expect((await dates())[0]).toMatchObject({ state: 'taken', helpers: 2 });
    await city.get(LeaveSeries).giveAway(volunteer.actor, city.bankId, seriesId, volunteer.memberId, later(1));
    const [near] = await dates();
    expect([near?.state, near?.reservedFor, await unfilled()]).toEqual(['open', null, 1]);
    const stranger = await city.person('volunteer');
    await city.plan(stranger, stranger, near?.requestId as string);
    expect((await dates())[0]).toMatchObject({ state: 'taken', helpers: 2 });
  });

  it('keeps no place for a regular who has taken one of it by hand, however far ahead', async () => {
    await put({ helpersNeeded: 2 });
    const far = (await dates())[5]?.requestId as string;
    await city.plan(volunteer, volunteer, far);
    await city.get(TakeForRegulars).run(city.bankId);
    expect((await stand())[5]).toBe('open second');
    await city.plan(second, second, far);
    expect((await stand())[5]).toMatch('taken');
  });

  it('asks its regular again for a date that another weekday took from them', async () => {
    await put();
    const weekday = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'][new Date(`${later(3)}T00:00:00Z`).getUTCDay()];
    await edit({ from: today, rule: `FREQ=WEEKLY;BYDAY=${weekday}` });
    const open = (await dates()).filter(({ state }) => state !== 'cancelled');
    expect(open.map(({ reservedFor }) => reservedFor)).toEqual(Array(open.length).fill(volunteer.memberId));
    expect(open.slice(0, 2).map(({ state }) => state)).toEqual(['taken', 'taken']);
  });

  it('comes back with whoever was away, client or helper, from the day that is said', async () => {
    await put({ rule: 'FREQ=DAILY', minutes: 10 });
    const people = city.get(PausePerson);
    const span = (from: number, to: number) => ({ from: later(from), to: later(to) });
    const pause = (who: TestPerson) => people.run(coordinator.actor, city.bankId, who.memberId, span(2, 4));
    const away = async (who: TestPerson) => (await people.read(who.actor, city.bankId, who.memberId)).pauses;
    const home = async (who: TestPerson, days: number) =>
      (await people.back(who.actor, city.bankId, who.memberId, { on: later(days) })).pauses;
    const laid = async () => (await dates()).flatMap(({ state, plannedDate }) => (state === 'cancelled' ? [] : plannedDate)).slice(0, 4);
    for (const who of [client, volunteer]) {
      await pause(who);
      expect(await away(who)).toEqual([span(2, 4)]);
      expect(await laid()).toEqual((who === client ? [1, 5, 6, 7] : [1, 2, 3, 4]).map(later));
      await expect(home(who, -1)).rejects.toMatchObject({ code: 'series/date_past' });
      for (let times = 0; times < 2; times += 1) expect(await home(who, 4)).toEqual([span(2, 3)]);
      expect(await laid()).toEqual((who === client ? [1, 4, 5, 6] : [1, 2, 3, 4]).map(later));
      expect(await home(who, 2)).toEqual([]);
      expect([await away(who), await laid()]).toEqual([[], [1, 2, 3, 4].map(later)]);
    }
    await expect(people.back(second.actor, city.bankId, client.memberId, { on: later(2) })).rejects.toMatchObject({
      code: 'access/not_allowed',
    });
    await expect(people.read(second.actor, city.bankId, client.memberId)).rejects.toMatchObject({ code: 'access/not_allowed' });
    // They said so themselves on this very day: nobody asks again.
    await people.run(client.actor, city.bankId, client.memberId, span(0, 9));
    time(3 * 24 * 60);
    await people.back(client.actor, city.bankId, client.memberId, { on: later(3) });
    expect((await city.get(AskWhoIsBack).run(city.bankId)).asked).toBe(0);
  });
});
