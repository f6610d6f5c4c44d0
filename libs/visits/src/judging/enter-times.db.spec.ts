import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Card } from '@timebank/contract';
import { openCity, refusal, type TestCity, type TestDay, type TestPerson } from '@timebank/testing';
import { EnterTimes } from '@timebank/visits';

describe('times entered by hand', () => {
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

  const at = (minutes: number) => new Date(time(minutes)).toISOString();
  const enter = (
    by: TestPerson,
    visitId: string,
    from: string,
    to: string,
    now = 61,
    reasonCode: 'forgot_scan_in' | 'no_phone' = 'forgot_scan_in',
  ) => {
    time(now);
    return city.get(EnterTimes).run(by.actor, city.bankId, visitId, { startedAt: from, endedAt: to, reasonCode });
  };

  it('make a red visit decidable by a second person, as class manual', async () => {
    const visitId = await city.planned(coordinator, volunteer, client, time(0));
    const capturedOut = at(60);
    await city.scan(volunteer, visitId, 'out', card.url);
    const { first, value } = await enter(coordinator, visitId, at(5), at(60));
    expect(first).toBe(true);
    expect(value).toMatchObject({
      state: 'needs_ack',
      lane: 'yellow',
      class: 'manual',
      assurance: 'A0',
      creditedMinutes: 55,
      capturedIn: null,
      capturedOut,
      exceptions: [{ code: 'MANUAL_ENTRY', lane: 'yellow' }],
    });
    expect((await enter(coordinator, visitId, at(5), at(60))).first).toBe(false);
    await expect(enter(coordinator, visitId, at(6), at(60))).rejects.toMatchObject(refusal('visits/id_reused'));
    const acknowledge = { acknowledge: ['MANUAL_ENTRY' as const] };
    expect(await city.approve(coordinator, [visitId], acknowledge)).toMatchObject([{ code: 'visits/second_person_needed' }]);
    expect(await city.approve(colleague, [visitId], acknowledge)).toMatchObject([{ outcome: 'approved' }]);
    const { class: entered } = await city.one<{ class: string }>('select class from transfer where visit_id = $1', [visitId]);
    expect(entered).toBe('manual');
  });

  it('are taken for a visit that was never scanned', async () => {
    const visitId = await city.planned(coordinator, volunteer, client, time(0));
    expect((await enter(coordinator, visitId, at(0), at(60), 61, 'no_phone')).value).toMatchObject({
      state: 'needs_ack',
      creditedMinutes: 60,
    });
  });

  it('are refused outside the plan, in the future, and before the visit begins', async () => {
    const visitId = await city.planned(coordinator, volunteer, client, time(0));
    const refused = { code: 'visits/manual_interval' };
    await expect(enter(coordinator, visitId, at(-31), at(60))).rejects.toMatchObject(refused);
    await expect(enter(coordinator, visitId, at(0), at(61), 62)).rejects.toMatchObject(refused);
    await expect(enter(coordinator, visitId, at(30), at(30))).rejects.toMatchObject(refused);
    await expect(enter(coordinator, visitId, at(0), at(40), 30)).rejects.toMatchObject(refused);
    await expect(enter(coordinator, visitId, at(-20), at(-10), -5)).rejects.toMatchObject({ code: 'visits/not_fixable' });
    await expect(enter(coordinator, visitId, at(0), at(60), 15 * 24 * 60)).rejects.toMatchObject({ code: 'visits/recording_deadline' });
  });

  it("are not entered for one's own visit", async () => {
    const visitId = await city.planned(coordinator, coordinator, client, time(0));
    await expect(enter(coordinator, visitId, at(0), at(60))).rejects.toMatchObject(refusal('visits/own_visit'));
    expect((await enter(colleague, visitId, at(0), at(60))).first).toBe(true);
  });
});
