import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { AvailabilityInput, GateReason } from '@timebank/contract';
import { localDate, newId } from '@timebank/kernel';
import { Availability } from '@timebank/members';
import { openCity, type TestCity, type TestDay, type TestPerson } from '@timebank/testing';
import { PlanVisit, ReadCandidate } from '@timebank/visits';

const days = 24 * 60;

describe("the gate over a volunteer's own word", () => {
  let city: TestCity;
  let coordinator: TestPerson;
  let volunteer: TestPerson;
  let client: TestPerson;
  let time: TestDay['time'];
  beforeAll(async () => {
    city = await openCity();
    coordinator = await city.person('coordinator');
  });
  beforeEach(async () => {
    ({ volunteer, client, time } = await city.nextDay(coordinator));
    await city.give(client, 2_000);
  });
  afterAll(() => city.close());

  const says = (said: Partial<AvailabilityInput>) =>
    city.get(Availability).put(city.bankId, volunteer.memberId, { weekly: [], pauses: [], languages: [], kinds: [], ...said });
  const ask = (inDays = 0) => city.request(coordinator, client, new Date(time(0).getTime() + inDays * days * 60_000));
  const gateOf = async (requestId: string) =>
    (await city.get(ReadCandidate).run(coordinator.actor, city.bankId, requestId, volunteer.memberId)).gate;
  const plan = (requestId: string, by = coordinator, overrules?: GateReason[]) =>
    city.get(PlanVisit).run(by.actor, city.bankId, newId(), {
      requestId,
      volunteerId: volunteer.memberId,
      ...(overrules ? { overruleNote: 'Asked by phone', overrules } : {}),
    });
  const dayIn = (inDays: number) => localDate(new Date(time(0).getTime() + inDays * days * 60_000), 'Asia/Shanghai');

  it('keeps visits out of a break, its first and last day included, also with a reason', async () => {
    await says({ pauses: [{ from: dayIn(1), to: dayIn(2) }] });
    for (const inDays of [1, 2]) expect(await gateOf(await ask(inDays))).toEqual(['paused']);
    const requestId = await ask(2);
    await expect(plan(requestId, coordinator, ['paused'])).rejects.toMatchObject({ code: 'gate/paused' });
    await expect(plan(requestId, volunteer)).rejects.toMatchObject({ code: 'gate/paused' });
    for (const inDays of [0, 3]) expect(await gateOf(await ask(inDays))).toEqual([]);
  });

  it('keeps to the most in a week, Monday to Sunday, unless a coordinator has a reason', async () => {
    await says({ weekMinutes: 119 });
    // From Monday on, so that the next days are of the same week.
    const toMonday = (8 - (time(0).getUTCDay() || 7)) % 7;
    await plan(await ask(toMonday));
    const sixDaysOn = await ask(toMonday + 6);
    expect(await gateOf(sixDaysOn)).toEqual(['week_wish']);
    await expect(plan(sixDaysOn, volunteer)).rejects.toMatchObject({
      code: 'gate/week_wish',
      parameters: { limitMinutes: 119, plannedMinutes: 60 },
    });
    expect(await gateOf(await ask(toMonday + 7))).toEqual([]);
    await says({ weekMinutes: 120 });
    expect(await gateOf(sixDaysOn)).toEqual([]);
    await says({ weekMinutes: 119 });
    expect((await plan(sixDaysOn, coordinator, ['week_wish'])).first).toBe(true);
  });
});
