import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AttendActivity, CancelActivity, CloseActivity, JoinActivity, PutActivity, ReadActivities, WarnShort } from '@timebank/activities';
import type { Activity, ActivityInput, ActivityPart } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { newId } from '@timebank/kernel';
import { MemberPlans } from '@timebank/members';
import { ForYou } from '@timebank/care';
import { PlanVisit } from '@timebank/visits';
import { coursesOf, openCity, refusal, type TestCity, type TestCourses, type TestPerson } from '@timebank/testing';

const dayMinutes = 24 * 60;

describe('activities', () => {
  let city: TestCity;
  let desk: TestPerson;
  let colleague: TestPerson;
  let on: TestCourses;
  beforeAll(async () => {
    city = await openCity();
    desk = await city.person('coordinator', 'volunteer');
    colleague = await city.person('coordinator', 'volunteer');
    on = coursesOf(city, desk, colleague);
    await on.fillPool(500);
  });
  beforeEach(() => {
    on.fresh();
  });
  afterAll(() => city.close());

  const instant = (minutes: number) => new Date(city.rooms.clock.now().getTime() + minutes * 60_000).toISOString();
  /** In three days, for two hours. */
  const inputOf = (more: Partial<ActivityInput> = {}): ActivityInput => ({
    name: 'Singing',
    startsAt: instant(3 * dayMinutes),
    endsAt: instant(3 * dayMinutes + 120),
    place: 'Hall',
    participantPlaces: 5,
    helperPlaces: 2,
    ...more,
  });
  const put = (input: ActivityInput, activityId = newId()) => city.get(PutActivity).run(desk.actor, city.bankId, activityId, input);
  const laid = async (more?: Partial<ActivityInput>) => (await put(inputOf(more))).value;
  const read = ({ activityId }: Activity, by = desk) => city.get(ReadActivities).one(by.actor, city.bankId, activityId);
  const join = async ({ activityId }: Activity, who: TestPerson, as: ActivityPart = 'participant', by = who) =>
    (await city.get(JoinActivity).put(by.actor, city.bankId, activityId, who.memberId, as)).value;
  const leave = ({ activityId }: Activity, who: TestPerson, by = who) =>
    city.get(JoinActivity).withdraw(by.actor, city.bankId, activityId, who.memberId);
  const checkIn = ({ activityId }: Activity, who: TestPerson, code: string) =>
    city.get(AttendActivity).run(who.actor, city.bankId, activityId, { code });
  const writeDown = ({ activityId }: Activity, people: readonly TestPerson[], by = desk) =>
    city.get(AttendActivity).run(by.actor, city.bankId, activityId, { memberIds: people.map(({ memberId }) => memberId) });
  const close = ({ activityId }: Activity, by = desk) => city.get(CloseActivity).run(by.actor, city.bankId, activityId);
  const cancel = ({ activityId }: Activity, note = 'Rain') => city.get(CancelActivity).run(desk.actor, city.bankId, activityId, note);
  /** To so many minutes after it begins. */
  const to = ({ startsAt }: Activity, minutes = 0) =>
    on.later((Date.parse(startsAt) - city.rooms.clock.now().getTime()) / 60_000 + minutes);
  const minutesOf = async (person: TestPerson) => (await city.balance(person)).balanceMinutes;
  const poolMinutes = async () =>
    (
      await city.one<{ minutes: string }>(`select balance_minutes as minutes from account where bank_id = $1 and kind = 'pool'`, [
        city.bankId,
      ])
    ).minutes;
  const told = async ({ activityId }: Activity) => {
    const rows = await city.rooms.database.query<{ kind: string; member: string | null }>(
      `select kind, payload->>'memberId' as member from outbox where payload->>'activityId' = $1 order by event_id`,
      [activityId],
    );
    return rows.map(({ kind, member }) => [kind, member]);
  };

  it('are laid down once, changed by their version, and never to fewer places than are taken', async () => {
    const [activityId, input] = [newId(), inputOf()];
    const { first, value } = await put(input, activityId);
    expect([first, value.state, value.minutes, value.version]).toEqual([true, 'open', 120, 1]);
    expect((await put(input, activityId)).first).toBe(false);
    await expect(put({ ...input, name: 'Dancing' }, activityId)).rejects.toMatchObject(refusal('activities/id_reused'));
    const people = await on.people(2);
    for (const who of people) await join(value, who);
    await expect(put({ ...input, version: 1, participantPlaces: 1 }, activityId)).rejects.toMatchObject(
      refusal('activities/places_taken', { taken: 2 }),
    );
    const changed = (await put({ ...input, version: 1, participantPlaces: 2, place: 'Garden' }, activityId)).value;
    expect(changed).toMatchObject({ version: 2, place: 'Garden', participantPlaces: 2 });
    expect((await put({ ...input, version: 1, participantPlaces: 2, place: 'Garden' }, activityId)).value.version).toBe(2);
    await expect(put({ ...input, version: 1 }, activityId)).rejects.toMatchObject(refusal('activities/stale', { version: 2 }));
    expect((await told(value)).map(([kind]) => kind)).toEqual(['activities/changed', 'activities/changed']);
    await expect(put(inputOf({ endsAt: input.startsAt }))).rejects.toMatchObject({ code: 'activities/wrong_order' });
    await expect(put(inputOf({ startsAt: instant(-60), endsAt: instant(60) }))).rejects.toMatchObject({ code: 'activities/already_begun' });
    await expect(put({ ...input, version: 1 })).rejects.toMatchObject({ code: 'activities/not_found' });
  });

  it('fill to the last place and no further under 32 callers at once; who waits longest moves up and is told', async () => {
    const activity = await laid();
    const people = await on.people(16);
    const answers = await Promise.all([...people, ...people].map((who) => join(activity, who)));
    expect(new Set(answers.map(({ memberId, state, turn }) => `${memberId} ${state} ${turn}`)).size).toBe(16);
    expect(await read(activity)).toMatchObject({ participants: 5, participantsWaiting: 11, helpers: 0 });
    const waiting = (await read(activity)).people.filter(({ state }) => state === 'waiting');
    expect(waiting.map(({ turn }) => turn)).toEqual(Array.from({ length: 11 }, (_, index) => index + 1));
    const placed = people.filter(({ memberId }) => !waiting.some((one) => one.memberId === memberId));
    await Promise.all(placed.slice(0, 3).map((who) => leave(activity, who)));
    expect(await read(activity)).toMatchObject({ participants: 5, participantsWaiting: 8 });
    expect((await told(activity)).map(([kind, member]) => `${kind} ${member}`).sort()).toEqual(
      waiting
        .slice(0, 3)
        .map(({ memberId }) => `activities/placed ${memberId}`)
        .sort(),
    );
    // More places, and one whose member leaves the bank.
    await put(
      { ...inputOf(), startsAt: activity.startsAt, endsAt: activity.endsAt, version: 1, participantPlaces: 7 },
      activity.activityId,
    );
    const leaver = placed[4]?.memberId ?? '';
    await city.get(UnitOfWork).run([city.bankId], () => city.get(MemberPlans).end(desk.actor, city.bankId, leaver));
    expect(await read(activity)).toMatchObject({ participants: 7, participantsWaiting: 5 });
    expect(await read(activity, placed[3])).toMatchObject({ people: [], own: { as: 'participant', state: 'placed' } });
  });

  it('take as helpers whom the gate lets through, and nobody twice, too late or for another', async () => {
    const activity = await laid();
    const [helper, other] = (await on.people(2)) as [TestPerson, TestPerson];
    const client = await city.client();
    await expect(join(activity, client, 'helper')).rejects.toMatchObject({ code: 'members/not_a_volunteer' });
    expect(await join(activity, client)).toMatchObject({ as: 'participant', state: 'placed' });
    await expect(join(activity, client, 'helper', desk)).rejects.toMatchObject({ code: 'activities/other_part' });
    await expect(join(activity, helper, 'helper', other)).rejects.toMatchObject(refusal('access/not_allowed'));
    await city.planned(desk, other, await city.client(), new Date(Date.parse(activity.startsAt) + 60 * 60_000));
    await expect(join(activity, other, 'helper')).rejects.toMatchObject({
      code: 'visits/overlapping_plan',
      parameters: { gate: ['overlaps'] },
    });
    expect(await join(activity, helper, 'helper', desk)).toMatchObject({ as: 'helper', state: 'placed' });
    await expect(join(await laid(), helper, 'helper')).rejects.toMatchObject({ code: 'activities/overlaps' });
    await expect(leave(activity, other)).rejects.toMatchObject({ code: 'activities/no_place' });
    expect(await leave(activity, helper)).toMatchObject({ state: 'withdrawn' });
    expect((await leave(activity, helper)).state).toBe('withdrawn');
    expect(await join(activity, helper)).toMatchObject({ as: 'participant', state: 'placed' });
    await cancel(activity);
    expect((await cancel(activity)).state).toBe('cancelled');
    expect((await told(activity)).filter(([kind]) => kind === 'activities/cancelled')).toHaveLength(2);
    for (const late of [join(activity, other), leave(activity, helper), cancel(activity, 'Snow'), close(activity)])
      await expect(late).rejects.toMatchObject({ code: 'activities/over' });
    const past = await laid();
    to(past, 120);
    await expect(join(past, other)).rejects.toMatchObject({ code: 'activities/over' });
  });

  it('know by the code of a screen or from paper who was there, and pay from the pool those who helped: once, and not who closes', async () => {
    const activity = await laid();
    const [scans, onPaper, guest] = (await on.people(3)) as [TestPerson, TestPerson, TestPerson];
    for (const who of [scans, onPaper]) await join(activity, who, 'helper');
    await join(activity, guest);
    await expect(checkIn(activity, scans, await on.codeNow())).rejects.toMatchObject({ code: 'activities/not_now' });
    to(activity, -30);
    const old = await on.codeNow();
    await expect(checkIn(activity, colleague, old)).rejects.toMatchObject({ code: 'activities/no_place' });
    await expect(checkIn(activity, scans, 'ABCD-EFGH')).rejects.toMatchObject({ code: 'visits/unknown_card' });
    expect((await checkIn(activity, scans, old)).own?.attendedAt).toBe(instant(0));
    await expect(writeDown(activity, [guest])).rejects.toMatchObject({ code: 'activities/not_now' });
    to(activity, 30);
    await expect(writeDown(activity, [guest, colleague])).rejects.toMatchObject({ code: 'activities/no_place' });
    await expect(writeDown(activity, [guest], scans)).rejects.toMatchObject({ code: 'access/not_allowed' });
    expect((await read(activity)).people.filter(({ attendedAt }) => attendedAt)).toHaveLength(1);
    await writeDown(activity, [guest, onPaper, scans]);
    const there = (await read(activity)).people;
    expect(there.map(({ memberId, byCode, recordedBy }) => [memberId, byCode, recordedBy !== null]).sort()).toEqual(
      [
        [scans.memberId, true, false],
        [onPaper.memberId, false, true],
        [guest.memberId, false, true],
      ].sort(),
    );
    await expect(leave(activity, scans)).rejects.toMatchObject({ code: 'activities/was_there' });
    await expect(close(activity)).rejects.toMatchObject({ code: 'activities/not_over' });
    to(activity, 120);
    await expect(close(activity)).rejects.toMatchObject(refusal('activities/second_closes'));
    const before = await poolMinutes();
    const closed = await close(activity, colleague);
    expect(closed).toMatchObject({ state: 'closed', helpers: 2 });
    expect(await close(activity, colleague)).toEqual(closed);
    expect([await minutesOf(scans), await minutesOf(onPaper), await minutesOf(guest)]).toEqual([120, 120, 0]);
    expect(Number(before) - Number(await poolMinutes())).toBe(240);
    expect((await told(activity)).filter(([kind]) => kind === 'activities/credited')).toHaveLength(2);
    await expect(writeDown(activity, [guest])).rejects.toMatchObject({ code: 'activities/over' });
    expect(await city.faults()).toEqual([]);
  });

  it('are not closed by who helped, nor with a pool that is short: then nothing is done; the fund pays where policy says so', async () => {
    const activity = await laid({ endsAt: instant(3 * dayMinutes + 200) });
    const helper = await city.person('volunteer');
    for (const who of [helper, colleague]) await join(activity, who, 'helper');
    to(activity);
    await writeDown(activity, [helper, colleague]);
    to(activity, 200);
    await expect(close(activity, colleague)).rejects.toMatchObject(refusal('access/not_allowed'));
    const third = await city.person('coordinator', 'volunteer');
    const before = await poolMinutes();
    await expect(close(activity, third)).rejects.toMatchObject({ code: 'ledger/overdraft', parameters: { payer: 'pool' } });
    expect([await minutesOf(helper), (await read(activity)).state, await poolMinutes()]).toEqual([0, 'over', before]);
    await city.policy(desk, 'activityHoursFrom', 'fund');
    on.fresh();
    const next = await laid();
    await join(next, helper, 'helper');
    to(next);
    await writeDown(next, [helper]);
    to(next, 120);
    await close(next, third);
    expect(await minutesOf(helper)).toBe(120);
    expect(await city.faults()).toEqual([]);
  });

  it('keep who helped in the bank until they are closed, by the code that is typed too', async () => {
    const activity = await laid();
    const [types, onPaper, comes] = (await on.people(3)) as [TestPerson, TestPerson, TestPerson];
    await put({ ...inputOf(), startsAt: activity.startsAt, endsAt: activity.endsAt, version: 1, helperPlaces: 3 }, activity.activityId);
    for (const who of [types, onPaper, comes]) await join(activity, who, 'helper');
    const [unit, plans] = [city.get(UnitOfWork), city.get(MemberPlans)];
    const end = ({ memberId }: TestPerson) => unit.run([city.bankId], () => plans.end(desk.actor, city.bankId, memberId));
    const underWay = ({ memberId }: TestPerson) => unit.run([city.bankId], () => plans.underWay(memberId));
    to(activity);
    const { typed } = await on.shownNow();
    await expect(checkIn(activity, types, '0000-0000')).rejects.toMatchObject({ code: 'visits/unknown_card' });
    expect((await checkIn(activity, types, typed ?? '')).own?.attendedAt).toBe(instant(0));
    const refused = refusal('settlements/activity_not_closed', { activityId: activity.activityId });
    expect([await underWay(types), await underWay(comes)]).toMatchObject([refused, null]);
    await expect(end(types)).rejects.toMatchObject(refused);
    await end(comes);
    to(activity, 120);
    await expect(end(onPaper)).rejects.toMatchObject(refused);
    await writeDown(activity, [onPaper]);
    await close(activity, colleague);
    for (const who of [types, onPaper]) await end(who);
    expect([await minutesOf(types), await minutesOf(onPaper)]).toEqual([120, 120]);
    expect(await city.faults()).toEqual([]);
  });

  it('stand beside visits: who helps at one takes no visit at its time, here or elsewhere, nor two at once, whoever asks first', async () => {
    const activity = await laid();
    const start = new Date(activity.startsAt);
    const at = (minutes: number) => new Date(start.getTime() + minutes * 60_000);
    const [helper, waits, second] = (await on.people(3)) as [TestPerson, TestPerson, TestPerson];
    await put({ ...inputOf({ startsAt: activity.startsAt, endsAt: activity.endsAt, helperPlaces: 1 }), version: 1 }, activity.activityId);
    for (const who of [helper, waits]) await join(activity, who, 'helper');
    const client = await city.client();
    const over = await city.request(desk, client, at(119));
    const plan = (who: TestPerson, requestId = over, by = desk) =>
      city.get(PlanVisit).run(by.actor, city.bankId, newId(), { requestId, volunteerId: who.memberId });
    const refused = { code: 'activities/overlaps', parameters: { activityId: activity.activityId, gate: ['overlaps'] } };
    for (const who of [helper, waits]) for (const by of [desk, who]) await expect(plan(who, over, by)).rejects.toMatchObject(refused);
    expect((await city.get(ForYou).run(helper.actor, 50)).items.map(({ requestId }) => requestId)).not.toContain(over);
    expect((await plan(helper, await city.request(desk, client, at(120)))).first).toBe(true);
    await leave(activity, waits);
    expect((await plan(waits)).first).toBe(true);
    await cancel(activity);
    expect((await plan(helper, await city.request(desk, await city.client(), at(30)))).first).toBe(true);
    // Both at the same moment.
    for (let round = 0; round < 3; round += 1) {
      const pair = await Promise.all([laid({ name: `One ${round}` }), laid({ name: `Two ${round}` })]);
      const request = await city.request(desk, await city.client(), new Date(pair[0].startsAt));
      const tries = await Promise.allSettled([join(pair[0], second, 'helper'), join(pair[1], second, 'helper'), plan(second, request)]);
      expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      on.later(4 * dayMinutes);
    }
  });

  it('that have begun are not moved, nor called off once somebody was there; and nobody waits for what has no places', async () => {
    await expect(put(inputOf({ endsAt: new Date(Date.parse(inputOf().startsAt) + 59_999).toISOString() }))).rejects.toMatchObject({
      code: 'activities/wrong_order',
    });
    const activity = await laid({ participantPlaces: 0 });
    const [helper] = (await on.people(1)) as [TestPerson];
    await expect(join(activity, helper)).rejects.toMatchObject(refusal('activities/no_places'));
    await join(activity, helper, 'helper');
    to(activity, 1);
    const input = { ...inputOf({ participantPlaces: 0 }), version: 1 };
    await expect(put(input, activity.activityId)).rejects.toMatchObject({ code: 'activities/begun' });
    const longer = { ...input, startsAt: activity.startsAt, endsAt: instant(180) };
    expect((await put(longer, activity.activityId)).value.minutes).toBe(181);
    await writeDown(activity, [helper]);
    await expect(cancel(activity)).rejects.toMatchObject(refusal('activities/begun'));
    expect((await read(activity)).state).toBe('open');
  });

  it('tell the desk once that helpers are lacking, and list them until there are enough', async () => {
    const activity = await laid();
    const warn = () => city.get(WarnShort).run(city.bankId);
    const short = async () => (await city.get(ReadActivities).list(desk.actor, city.bankId, { limit: 50, short: 'yes' })).items;
    expect([await warn(), (await short()).length]).toEqual([0, 0]);
    on.later(dayMinutes);
    expect((await Promise.all([warn(), warn()])).sort()).toEqual([0, 1]);
    expect(await warn()).toBe(0);
    expect(await short()).toMatchObject([{ activityId: activity.activityId, isShort: true }]);
    expect(await told(activity)).toEqual([['activities/short', null]]);
    for (const who of await on.people(2)) await join(activity, who, 'helper');
    expect(await short()).toEqual([]);
  });
});
