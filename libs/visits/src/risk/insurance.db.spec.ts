import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Actor } from '@timebank/access';
import type { InsuranceInput } from '@timebank/contract';
import { localDate, newId } from '@timebank/kernel';
import { openCity, refusal, type TestCity, type TestDay, type TestPerson } from '@timebank/testing';
import { ForYou } from '@timebank/care';
import { ListDisclosures } from '@timebank/members';
import { ListRequests } from '@timebank/requests';
import { ListInsurances, ListInsured, PlanVisit, PutInsurance, ReadCandidate, ShowHome } from '@timebank/visits';

describe('the gate over insurances', () => {
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
    await city.rooms.database.query('delete from insurance');
    ({ volunteer, client, time } = await city.nextDay(coordinator));
    await city.give(client, 2_000);
    await city.policy(coordinator, 'insuranceRequired', 'all');
  });
  afterAll(() => city.close());

  const dayIn = (days: number) => localDate(new Date(time(0).getTime() + days * 86_400_000), 'Asia/Shanghai');
  const lay = (more: Partial<InsuranceInput> = {}, insuranceId = newId()) => {
    const whole = { insurer: 'PICC', number: 'P 1', from: dayIn(-10), until: dayIn(10), kinds: null };
    return city.get(PutInsurance).run(city.bankId, insuranceId, { ...whole, ...more });
  };
  const gate = async (kind = 'company') => {
    const requestId = await city.request(coordinator, client, time(0), 60, kind);
    return (await city.get(ReadCandidate).run(coordinator.actor, city.bankId, requestId, volunteer.memberId)).gate;
  };

  it('stops what is not insured, whoever gives or takes it, and nothing where policy asks for none', async () => {
    const requestId = await city.request(coordinator, client, time(0));
    const plan = (by: TestPerson) =>
      city.get(PlanVisit).run(by.actor, city.bankId, newId(), { requestId, volunteerId: volunteer.memberId });
    const refused = { code: 'gate/not_insured', parameters: { serviceKind: 'company', day: dayIn(0), gate: ['not_insured'] } };
    for (const by of [volunteer, coordinator]) await expect(plan(by)).rejects.toMatchObject(refused);
    await city.policy(coordinator, 'insuranceRequired', 'risky');
    expect(await gate()).toEqual([]);
    await city.policy(coordinator, 'insuranceRequired', 'off');
    expect((await plan(volunteer)).first).toBe(true);
  });

  it.each<[string, () => Partial<InsuranceInput>, boolean]>([
    ['begins on the day', () => ({ from: dayIn(0) }), true],
    ['begins the day after', () => ({ from: dayIn(1) }), false],
    ['ends on the day', () => ({ until: dayIn(0) }), true],
    ['ended the day before', () => ({ until: dayIn(-1) }), false],
    ['was ended on the day', () => ({ ended: { on: dayIn(0), note: 'Another insurer' } }), true],
    ['was ended the day before', () => ({ ended: { on: dayIn(-1), note: 'Another insurer' } }), false],
    ['covers the kind', () => ({ kinds: ['meal', 'company'] }), true],
    ['covers other kinds', () => ({ kinds: ['meal'] }), false],
  ])('lets through by one that %s: %s', async (_, more, passes) => {
    await lay(more());
    expect(await gate()).toEqual(passes ? [] : ['not_insured']);
  });

  it('asks for each day of a visit over midnight, and lists show a volunteer nothing that it then refuses', async () => {
    const midnight = new Date(`${dayIn(1)}T00:00:00+08:00`);
    const at = (minutes: number) => new Date(midnight.getTime() + minutes * 60_000);
    await lay({ until: dayIn(0) });
    const [before, over] = [await city.request(coordinator, client, at(-60)), await city.request(coordinator, client, at(-59))];
    const isMine = (requestId: string) => [before, over].includes(requestId);
    const open = async () =>
      (await city.get(ListRequests).run(volunteer.actor, city.bankId, { limit: 200, state: 'open' })).items.map(
        ({ requestId }) => requestId,
      );
    const forYou = async () => (await city.get(ForYou).run(volunteer.actor, 50)).items.map(({ requestId }) => requestId).filter(isMine);
    const reasons = async () => (await city.get(ReadCandidate).run(coordinator.actor, city.bankId, over, volunteer.memberId)).reasons;
    expect(await reasons()).toMatchObject([{ reason: 'not_insured', parameters: { day: dayIn(1) } }]);
    expect([await open(), await forYou()]).toEqual([[before], [before]]);
    await lay({ number: 'P 2', from: dayIn(1) });
    expect([await reasons(), (await open()).length, (await forYou()).length]).toEqual([[], 2, 2]);
  });

  it('keeps corrections and ends apart by version, and lists the latest to end first', async () => {
    const insuranceId = newId();
    expect((await lay({}, insuranceId)).first).toBe(true);
    expect((await lay({}, insuranceId)).first).toBe(false);
    await expect(lay({ number: 'P 2' }, insuranceId)).rejects.toMatchObject(refusal('insurances/stale'));
    expect((await lay({ number: 'P 2', version: 1 }, insuranceId)).value).toMatchObject({ number: 'P 2', version: 2 });
    await expect(lay({ number: 'P 2' })).rejects.toMatchObject(refusal('insurances/same_number'));
    for (const on of [dayIn(10), dayIn(-12)])
      await expect(lay({ number: 'P 2', version: 2, ended: { on, note: 'Too far' } }, insuranceId)).rejects.toMatchObject(
        refusal('insurances/wrong_end'),
      );
    await expect(lay({ kinds: ['no_such'] })).rejects.toMatchObject(refusal('service_kinds/not_found'));
    await lay({ number: 'P 3', until: dayIn(20) });
    const { items } = await city.get(ListInsurances).run(city.bankId, { limit: 50 });
    expect(items.map(({ number }) => number)).toEqual(['P 3', 'P 2']);
  });

  it('lists who helps on a day with what they are insured by, and keeps who took the list', async () => {
    await lay({ insurer: '=PICC()', kinds: ['meal'] });
    await city.policy(coordinator, 'insuranceRequired', 'off');
    await city.planned(coordinator, volunteer, client, time(0));
    await city.plan(volunteer, volunteer, await city.request(coordinator, client, new Date(time(0).getTime() + 120 * 60_000), 60, 'meal'));
    const admin: Actor = { personId: coordinator.actor.personId, roles: [{ role: 'admin', bankId: city.bankId, memberId: null }] };
    const { name, text } = await city.get(ListInsured).csv(admin, city.bankId, dayIn(0), 'en');
    expect(name).toContain(dayIn(0));
    const lines = text.trim().split('\r\n').slice(1);
    expect(lines.map((line) => line.split(',').slice(4).join())).toEqual(['Not insured,', "'=PICC(),P 1"]);
    expect((await city.get(ListInsured).csv(admin, city.bankId, dayIn(40), null)).text.trim().split('\r\n')).toHaveLength(1);
    const { items } = await city.get(ListDisclosures).run(city.bankId, { limit: 50 });
    expect(items).toMatchObject([
      { kind: 'insured_list', people: 0, onDay: dayIn(40) },
      { kind: 'insured_list', people: 1, onDay: dayIn(0), memberId: null },
    ]);
  });

  it('tells those who answer for the bank what ends within 30 days, until another one carries it on', async () => {
    const admin: Actor = { personId: newId(), roles: [{ role: 'admin', bankId: city.bankId, memberId: null }] };
    const near = async () => (await city.get(ShowHome).run(admin, { bankId: city.bankId })).desk?.deadlines?.insurances;
    time(0);
    await lay({ until: dayIn(31) });
    expect(await near()).toEqual({ ending: 0, until: null });
    await lay({ number: 'P 2', from: dayIn(-5), until: dayIn(30), kinds: ['meal'] });
    expect(await near()).toEqual({ ending: 0, until: null });
    await lay({ number: 'P 3', from: dayIn(-5), until: dayIn(33), ended: { on: dayIn(30), note: 'Too dear' } });
    await city.rooms.database.query(`delete from insurance where number = 'P 1'`);
    expect(await near()).toEqual({ ending: 2, until: dayIn(30) });
    await lay({ number: 'P 4', from: dayIn(31), until: dayIn(90), kinds: ['meal'] });
    expect(await near()).toEqual({ ending: 1, until: dayIn(30) });
  });
});
