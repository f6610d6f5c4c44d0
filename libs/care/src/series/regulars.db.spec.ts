import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { EditSeries, LeaveSeries, PutRegular, PutSeries, ReadSeries, TakeForRegulars } from '@timebank/care';
import type { SeriesInput, SeriesPreviewInput } from '@timebank/contract';
import { localDate, newId } from '@timebank/kernel';
import { PairBlocks } from '@timebank/members';
import { ListRequests, PatchRequest } from '@timebank/requests';
import { openCity, refusal, type TestCity, type TestDay, type TestPerson } from '@timebank/testing';
import { GetVisit, PlanVisit } from '@timebank/visits';

const zone = 'Asia/Shanghai';
const dayMinutes = 24 * 60;

describe('people of a series', () => {
  let city: TestCity;
  let coordinator: TestPerson;
  let client: TestPerson;
  let volunteer: TestPerson;
  let time: TestDay['time'];
  let today: string;
  let seriesId: string;
  beforeAll(async () => {
    city = await openCity();
    coordinator = await city.person('coordinator');
  });
  beforeEach(async () => {
    ({ client, volunteer, time } = await city.nextDay(coordinator));
    today = localDate(time(0), zone);
    seriesId = newId();
  });
  afterAll(() => city.close());

  const later = (days: number) => localDate(new Date(Date.parse(`${today}T12:00:00Z`) + days * 86_400_000), 'UTC');
  const put = (more: Partial<SeriesInput> = {}) =>
    city.get(PutSeries).run(coordinator.actor, city.bankId, seriesId, {
      clientId: client.memberId,
      serviceKind: 'company',
      rule: 'FREQ=DAILY;INTERVAL=7',
      startsOn: later(1),
      startTime: '09:00',
      minutes: 60,
      ...more,
    });
  const regular = (who: TestPerson, by = coordinator) => city.get(PutRegular).run(by.actor, city.bankId, seriesId, who.memberId);
  const dates = async () => (await city.get(ListRequests).run(coordinator.actor, city.bankId, { limit: 200, seriesId })).items;
  const stand = async () =>
    (await dates()).map(
      ({ state, reservedFor }) => `${state} ${reservedFor === null ? '-' : reservedFor === volunteer.memberId ? 'volunteer' : 'other'}`,
    );
  const take = () => city.get(TakeForRegulars).run(city.bankId, seriesId);
  const leave = () => city.get(LeaveSeries);
  const told = async (kind: string) =>
    (await city.rooms.database.query(`select from outbox where kind = $1 and payload->>'clientId' = $2`, [kind, client.memberId])).length;
  const held = async () => (await city.balance(client)).heldOutMinutes;

  it('take what is near, with a hold, and keep the rest under their name without one', async () => {
    await put();
    expect((await regular(volunteer)).first).toBe(true);
    expect((await regular(volunteer)).first).toBe(false);
    expect(await stand()).toEqual([...Array(2).fill('taken volunteer'), ...Array(4).fill('open volunteer')]);
    expect(await held()).toBe(120);
    const other = await city.person('volunteer');
    const [, , , far] = await dates();
    const takeIt = (by: TestPerson, who = by) =>
      city.get(PlanVisit).run(by.actor, city.bankId, newId(), { requestId: far?.requestId as string, volunteerId: who.memberId });
    await expect(takeIt(other)).rejects.toMatchObject({ code: 'requests/not_open' });
    const seen = await city.get(ListRequests).run(other.actor, city.bankId, { limit: 200, seriesId });
    expect(seen.items).toEqual([]);
    time(dayMinutes);
    await take();
    expect(await held()).toBe(180);
    time(0);
    expect((await takeIt(coordinator, other)).first).toBe(true);
  });

  it('take a place each of a date that needs several, in their order, and leave the rest to everybody', async () => {
    await put({ helpersNeeded: 3 });
    const second = await city.person('volunteer');
    await regular(volunteer);
    time(1);
    await regular(second, second);
    await take();
    const [near] = await dates();
    expect(near).toMatchObject({ state: 'open', helpersNeeded: 3, helpers: 2, reservedFor: null });
    expect(await told('series/unfilled')).toBe(0);
    const stranger = await city.person('volunteer');
    await city.plan(stranger, stranger, near?.requestId as string);
    expect((await dates())[0]).toMatchObject({ state: 'taken', helpers: 3 });
    expect(await held()).toBe(300);

    const edit = async (change: SeriesPreviewInput) => {
      const { previewHash, visits } = await city.get(EditSeries).preview(coordinator.actor, city.bankId, seriesId, change);
      const { value } = { value: await city.get(ReadSeries).run(coordinator.actor, city.bankId, seriesId) };
      await city.get(EditSeries).run(coordinator.actor, city.bankId, seriesId, { version: value.version, previewHash, ...change });
      return visits;
    };
    // All three keep an hour that moves within its day; a line for each of them.
    const moved = (await edit({ from: today, startTime: '10:00' })).filter(({ requestId }) => requestId === near?.requestId);
    expect(moved).toHaveLength(3);
    expect(moved.every(({ becomes, losesHelper }) => becomes === 'moved' && !losesHelper)).toBe(true);
    expect((await dates())[0]).toMatchObject({ state: 'taken', helpers: 3 });
    // Whoever said yes stays, also where fewer are needed from now on.
    await edit({ from: today, helpersNeeded: 1 });
    const [first, , , far] = await dates();
    expect([first, far]).toMatchObject([{ helpersNeeded: 3, state: 'taken' }, { helpersNeeded: 1 }]);
    await edit({ from: today, helpersNeeded: 4 });
    expect((await dates())[0]).toMatchObject({ helpersNeeded: 4, helpers: 3, state: 'open' });
  });

  it('give one date away, which goes to the next regular and then to everybody', async () => {
    await put();
    const second = await city.person('volunteer');
    await regular(volunteer);
    time(1);
    await regular(second, second);
    const give = (who: TestPerson, date: string) => leave().giveAway(who.actor, city.bankId, seriesId, who.memberId, date);
    await give(volunteer, later(1));
    await give(volunteer, later(22));
    expect(await stand()).toEqual(['open other', 'taken volunteer', 'open volunteer', 'open other', 'open volunteer', 'open volunteer']);
    await take();
    expect((await stand())[0]).toBe('taken other');
    await give(second, later(1));
    await take();
    expect([(await stand())[0], await told('series/unfilled')]).toEqual(['open -', 1]);
    await expect(give(volunteer, later(1))).rejects.toMatchObject({ code: 'series/no_such_date' });
    await leave().run(volunteer.actor, city.bankId, seriesId, volunteer.memberId);
    await leave().run(volunteer.actor, city.bankId, seriesId, volunteer.memberId);
    expect((await stand()).filter((one) => one === 'open volunteer')).toEqual([]);
    await expect(city.get(ReadSeries).run(volunteer.actor, city.bankId, seriesId)).rejects.toMatchObject(refusal('series/not_found'));
  });

  it('are passed over where the gate stops them, and the desk is told', async () => {
    await put();
    const busy = await city.client();
    await city.planned(coordinator, volunteer, busy, new Date(`${later(1)}T01:30:00Z`));
    await regular(volunteer);
    expect([(await stand())[0], await told('series/unfilled')]).toEqual(['open -', 1]);
  });

  it('wait under their name where minutes lack, of which the desk is told once', async () => {
    client = await city.client(60);
    await put();
    await regular(volunteer);
    await take();
    await take();
    expect((await stand()).slice(0, 2)).toEqual(['taken volunteer', 'waiting_for_minutes volunteer']);
    const seen = await city.get(ListRequests).run(volunteer.actor, city.bankId, { limit: 200, seriesId });
    expect(seen.items.map(({ state }) => state)).toEqual(['taken', ...Array(5).fill('waiting_for_minutes')]);
    const others = await city.get(ListRequests).run((await city.person('volunteer')).actor, city.bankId, { limit: 200, seriesId });
    expect(others.items).toEqual([]);
    expect(await told('series/short')).toBe(1);
    await city.give(client, 60);
    await take();
    expect((await stand())[1]).toBe('taken volunteer');
  });

  it('are no people who cannot help there at all; who must not learn why is told nothing', async () => {
    await put();
    await expect(regular(client)).rejects.toMatchObject({ code: 'requests/own_request' });
    await expect(regular(volunteer, client)).rejects.toMatchObject(refusal('access/not_allowed'));
    await city.get(PairBlocks).put(coordinator.actor, city.bankId, client.memberId, volunteer.memberId);
    await expect(regular(volunteer, volunteer)).rejects.toMatchObject(refusal('series/not_found'));
    await expect(regular(volunteer)).rejects.toMatchObject({ code: 'gate/blocked_pair' });
  });

  it('from whom the series is hidden get one answer, whatever they ask of it, and are never told a hidden reason', async () => {
    await put();
    const second = await city.person('volunteer');
    await regular(second);
    const asks = (who: TestPerson) => [
      regular(who, who),
      leave().run(who.actor, city.bankId, seriesId, who.memberId),
      leave().giveAway(who.actor, city.bankId, seriesId, who.memberId, later(8)),
    ];
    for (const who of [volunteer, second]) await city.get(PairBlocks).put(coordinator.actor, city.bankId, client.memberId, who.memberId);
    for (const ask of asks(volunteer)) await expect(ask).rejects.toMatchObject(refusal('series/not_found'));
    // Who belongs to it sees it, and may say so again, give a date away, and leave.
    expect((await regular(second, second)).first).toBe(false);
    await leave().giveAway(second.actor, city.bankId, seriesId, second.memberId, later(8));
    await leave().run(second.actor, city.bankId, seriesId, second.memberId);
    // What they took stays theirs to give away; of the rest they learn nothing.
    expect((await leave().giveAway(second.actor, city.bankId, seriesId, second.memberId, later(1))).seriesId).toBe(seriesId);
    for (const ask of asks(second)) await expect(ask).rejects.toMatchObject(refusal('series/not_found'));

    seriesId = newId();
    const other = await city.client();
    await put({ serviceKind: 'bathing', clientId: other.memberId });
    const third = await city.person('volunteer');
    await expect(regular(third, third)).rejects.toMatchObject({
      code: 'requests/qualification_needed',
      parameters: { gate: ['qualification_missing'] },
    });
    await city.get(PairBlocks).put(coordinator.actor, city.bankId, other.memberId, third.memberId);
    for (const ask of asks(third)) await expect(ask).rejects.toMatchObject(refusal('series/not_found'));
    await expect(regular(third)).rejects.toMatchObject({ parameters: { gate: ['qualification_missing', 'blocked_pair'] } });
  });

  const preview = (change: SeriesPreviewInput, by = coordinator) => city.get(EditSeries).preview(by.actor, city.bankId, seriesId, change);
  const save = async (change: SeriesPreviewInput, version = 1, by = coordinator) => {
    const { previewHash } = await preview(change, by);
    return city.get(EditSeries).run(by.actor, city.bankId, seriesId, { version, previewHash, ...change });
  };

  it('an edit of the hour moves the dates in place, and the helper keeps theirs', async () => {
    await put();
    await regular(volunteer);
    const before = await dates();
    const seen = await preview({ from: later(5), startTime: '10:30' });
    expect(await dates()).toEqual(before);
    expect(seen.visits.map(({ date, becomes, losesHelper }) => [date, becomes, losesHelper])).toEqual(
      [8, 15, 22, 29, 36].map((day) => [later(day), 'moved', false]),
    );
    const saved = await save({ from: later(5), startTime: '10:30' });
    expect(saved).toMatchObject({ version: 2, startTime: '09:00', later: [{ from: later(5), startTime: '10:30' }] });
    const after = await dates();
    expect(after.map(({ requestId }) => requestId)).toEqual(before.map(({ requestId }) => requestId));
    expect(after.map(({ startsAt }) => startsAt.slice(11, 16))).toEqual(['01:00', ...Array(5).fill('02:30')]);
    expect(after[1]?.state).toBe('taken');
    const visit = await city.get(GetVisit).run(volunteer.actor, city.bankId, after[1]?.visitId as string);
    expect(visit.plannedStart).toBe(after[1]?.startsAt);
    expect([await told('visits/moved'), await held(), await city.faults()]).toEqual([1, 120, []]);
  });

  it('an edit of the minutes changes the hold; another day loses the helper; a day that goes is cancelled', async () => {
    await put();
    await regular(volunteer);
    await save({ from: later(1), minutes: 90 });
    expect([await held(), (await dates())[0]?.minutes]).toEqual([180, 90]);
    const weekday = new Date(`${later(2)}T00:00:00Z`).getUTCDay();
    const rule = `FREQ=WEEKLY;INTERVAL=2;BYDAY=${['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'][weekday]}`;
    const seen = await preview({ from: later(1), rule });
    expect(seen.visits.filter(({ losesHelper }) => losesHelper).map(({ helperName }) => helperName)).toHaveLength(2);
    await save({ from: later(1), rule }, 2);
    expect((await dates()).filter(({ state }) => state === 'taken').map(({ plannedDate }) => plannedDate)).toEqual([later(2)]);
    expect([await held(), await told('visits/cancelled'), await city.faults()]).toEqual([90, 2, []]);
  });

  it('keeps field by field what was changed by hand on one date', async () => {
    await put({ note: 'ring twice' });
    const [one, two] = await dates();
    const patch = city.get(PatchRequest);
    await patch.run(coordinator.actor, city.bankId, one?.requestId as string, { version: 1, startsAt: `${later(1)}T05:00:00Z` });
    await patch.run(coordinator.actor, city.bankId, two?.requestId as string, { version: 1, note: 'her son is there' });
    await save({ from: today, startTime: '11:00', note: 'knock', place: 'at home' });
    const [first, second, third] = await dates();
    expect(first).toMatchObject({ startsAt: `${later(1)}T05:00:00.000Z`, note: 'knock', place: 'at home' });
    expect(second).toMatchObject({ startsAt: `${later(8)}T03:00:00.000Z`, note: 'her son is there', place: 'at home' });
    expect(third).toMatchObject({ startsAt: `${later(15)}T03:00:00.000Z`, note: 'knock' });
  });

  it('keeps what a later edit set, field by field', async () => {
    await put();
    await save({ from: later(20), minutes: 90 });
    await save({ from: later(2), note: 'knock' }, 2);
    expect((await dates()).map(({ minutes, note }) => `${minutes} ${note}`)).toEqual([
      '60 null',
      '60 knock',
      '60 knock',
      ...Array(3).fill('90 knock'),
    ]);
    await save({ from: later(2), minutes: 45 }, 3);
    expect((await dates()).map(({ minutes }) => minutes)).toEqual([60, 45, 45, 90, 90, 90]);
  });

  it('moves the day and leaves an hour that was set by hand', async () => {
    await put({ rule: 'FREQ=WEEKLY;BYDAY=TH' });
    const [one] = await dates();
    const thursday = one?.plannedDate as string;
    const saturday = localDate(new Date(Date.parse(`${thursday}T12:00:00Z`) + 2 * 86_400_000), 'UTC');
    const byHand = { version: one?.version as number, startsAt: `${thursday}T05:00:00Z` };
    await city.get(PatchRequest).run(coordinator.actor, city.bankId, one?.requestId as string, byHand);
    const change = { from: today, rule: 'FREQ=WEEKLY;BYDAY=SA' };
    expect((await preview(change)).visits[0]).toMatchObject({ requestId: one?.requestId, becomes: 'moved', newDate: saturday });
    await save(change);
    expect((await dates())[0]).toMatchObject({ plannedDate: saturday, startsAt: `${saturday}T05:00:00.000Z` });
  });

  it('is refused when the world has changed since the preview, for another version, and for the past', async () => {
    await put();
    const change = { from: later(1), startTime: '10:00' };
    const { previewHash } = await preview(change);
    const [one] = await dates();
    await city.get(PatchRequest).run(coordinator.actor, city.bankId, one?.requestId as string, { version: 1, minutes: 30 });
    const stale = city.get(EditSeries).run(coordinator.actor, city.bankId, seriesId, { version: 1, previewHash, ...change });
    await expect(stale).rejects.toMatchObject(refusal('series/preview_stale'));
    await expect(save(change, 7)).rejects.toMatchObject({ code: 'series/stale' });
    await expect(preview({ from: later(-1), minutes: 30 })).rejects.toMatchObject({ code: 'series/date_past' });
    await expect(preview({ from: later(1), rule: 'FREQ=HOURLY' })).rejects.toMatchObject({ code: 'series/too_often' });
    await expect(preview(change, await city.client(0))).rejects.toMatchObject(refusal('series/not_found'));
    expect((await save(change, 1, client)).version).toBe(2);
  });

  it('goes there and back again with the same requests', async () => {
    await put({ rule: 'FREQ=WEEKLY;BYDAY=TU,FR' });
    const before = (await dates()).map(({ plannedDate, startsAt }) => [plannedDate, startsAt]);
    await save({ from: later(1), rule: 'FREQ=WEEKLY;BYDAY=FR' });
    await save({ from: later(1), rule: 'FREQ=WEEKLY;BYDAY=TU,FR' }, 2);
    const open = (await dates()).filter(({ state }) => state === 'open').map(({ plannedDate, startsAt }) => [plannedDate, startsAt]);
    expect(open).toEqual(before);
  });
});
