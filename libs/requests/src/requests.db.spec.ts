import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { PutQualification } from '@timebank/members';
import { GetRequest, ListRequests, ListServiceKinds, PatchRequest, PutRequest } from '@timebank/requests';
import { openCity, refusal, testStart, type TestCity, type TestPerson } from '@timebank/testing';

describe('requests', () => {
  let city: TestCity;
  let coordinator: TestPerson;
  let volunteer: TestPerson;
  let client: TestPerson;
  let poorClient: TestPerson;
  beforeAll(async () => {
    city = await openCity();
    coordinator = await city.person('coordinator');
    volunteer = await city.person('volunteer');
    client = await city.client(1_000);
    poorClient = await city.client(0);
  });
  afterAll(() => city.close());

  const later = (minutes: number) => new Date(testStart.getTime() + minutes * 60_000);
  const input = (more = {}) => ({
    clientId: client.memberId,
    serviceKind: 'company',
    startsAt: later(60).toISOString(),
    minutes: 60,
    ...more,
  });
  const put = (by: TestPerson, more = {}, requestId = newId()) => city.get(PutRequest).run(by.actor, city.bankId, requestId, input(more));
  const get = (by: TestPerson, requestId: string) => city.get(GetRequest).run(by.actor, city.bankId, requestId);
  const list = async (by: TestPerson, query = {}) =>
    (await city.get(ListRequests).run(by.actor, city.bankId, { limit: 200, ...query })).items;
  const idsOf = async (by: TestPerson, query = {}) => (await list(by, query)).map(({ requestId }) => requestId);

  it('names the service kinds, those without a qualification first', async () => {
    const { items } = await city.get(ListServiceKinds).run();
    const needs = items.map(({ requiredQualification }) => requiredQualification !== null);
    expect(needs).toEqual([...needs].sort());
    expect(items.length).toBeGreaterThan(5);
  });

  it('are written down once, however often they are sent', async () => {
    const requestId = newId();
    const sent = await Promise.all(Array.from({ length: 5 }, () => put(coordinator, {}, requestId)));
    expect(sent.filter(({ first }) => first)).toHaveLength(1);
    expect(sent[0]?.value).toMatchObject({ requestId, state: 'open', version: 1, endsAt: later(120).toISOString(), visitId: null });
    await expect(put(coordinator, { minutes: 61 }, requestId)).rejects.toMatchObject(refusal('requests/id_reused'));
  });

  it('are asked by a client for themselves only', async () => {
    expect((await put(client)).first).toBe(true);
    await expect(put(poorClient)).rejects.toMatchObject(refusal('access/not_allowed'));
    await expect(put(volunteer)).rejects.toMatchObject(refusal('access/not_allowed'));
  });

  it.each([
    ['somebody unknown', { clientId: newId() }, refusal('members/not_found')],
    ['an unknown service', { serviceKind: 'gardening' }, refusal('requests/unknown_service_kind')],
    ['more than a day back', { startsAt: later(-24 * 60 - 1).toISOString() }, refusal('requests/starts_too_early', { hoursBack: 24 })],
    ['more than a year ahead', { startsAt: later(367 * 24 * 60).toISOString() }, refusal('requests/starts_too_late', { daysAhead: 366 })],
    ['more than the cap of a visit', { minutes: 241 }, refusal('requests/too_long', { limitMinutes: 240 })],
  ])('are refused for %s', async (_, more, refused) => {
    await expect(put(coordinator, more)).rejects.toMatchObject(refused);
  });

  it('are refused for a member who is no client, and taken a day back', async () => {
    await expect(put(coordinator, { clientId: volunteer.memberId })).rejects.toMatchObject(refusal('members/not_a_client'));
    expect((await put(coordinator, { startsAt: later(-24 * 60).toISOString() })).value.state).toBe('lapsed');
  });

  it("wait for minutes out of the volunteers' sight", async () => {
    const { value } = await put(coordinator, { clientId: poorClient.memberId });
    expect(value.state).toBe('waiting_for_minutes');
    expect(await idsOf(coordinator, { state: 'waiting_for_minutes' })).toEqual([value.requestId]);
    expect(await idsOf(coordinator, { state: 'open' })).not.toContain(value.requestId);
    expect(await idsOf(volunteer)).not.toContain(value.requestId);
    await expect(get(volunteer, value.requestId)).rejects.toMatchObject(refusal('requests/not_found'));
    expect((await get(poorClient, value.requestId)).state).toBe('waiting_for_minutes');
  });

  it('show a volunteer neither whole name nor place before they are taken', async () => {
    const requestId = newId();
    await put(coordinator, { place: 'Building 3', note: 'Ring twice' }, requestId);
    expect(await get(volunteer, requestId)).toMatchObject({ clientName: 'P*', place: null, note: null });
    expect(await get(client, requestId)).toMatchObject({ clientName: expect.stringMatching(/^Person /), place: 'Building 3' });
    await city.plan(volunteer, volunteer, requestId);
    expect(await get(volunteer, requestId)).toMatchObject({
      clientName: expect.stringMatching(/^Person /),
      place: 'Building 3',
      note: 'Ring twice',
      state: 'taken',
    });
    const another = await city.person('volunteer');
    await expect(get(another, requestId)).rejects.toMatchObject(refusal('requests/not_found'));
  });

  it('that need a qualification are seen by those who have it on that day', async () => {
    const { value } = await put(coordinator, { serviceKind: 'bathing' });
    expect(await idsOf(volunteer, { state: 'open' })).not.toContain(value.requestId);
    const nurse = await city.person('volunteer');
    const qualify = (until: string) =>
      city.get(PutQualification).run(coordinator.actor, city.bankId, nurse.memberId, 'personal_care', until);
    await qualify('2026-03-01');
    expect(await idsOf(nurse, { state: 'open' })).not.toContain(value.requestId);
    await qualify('2026-03-02');
    expect(await idsOf(nurse, { state: 'open' })).toContain(value.requestId);
  });

  it('of a volunteer who is a client too are theirs, not theirs to take', async () => {
    const both = await city.person('volunteer', 'client');
    await city.give(both, 60);
    const own = (await put(both, { clientId: both.memberId })).value.requestId;
    expect(await idsOf(both, { state: 'open' })).not.toContain(own);
    expect(await idsOf(both, { clientId: both.memberId })).toEqual([own]);
    expect(await idsOf(volunteer, { state: 'open' })).toContain(own);
  });

  it('are seen by their client and by no other', async () => {
    const mine = (await put(client)).value.requestId;
    expect(await idsOf(client)).toContain(mine);
    expect((await list(client)).every(({ clientId }) => clientId === client.memberId)).toBe(true);
    expect(await idsOf(poorClient)).not.toContain(mine);
  });

  it('come in pages by start', async () => {
    const all = await idsOf(coordinator);
    const paged: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await city.get(ListRequests).run(coordinator.actor, city.bankId, { limit: 3, ...(cursor ? { cursor } : {}) });
      paged.push(...page.items.map(({ requestId }) => requestId));
      cursor = page.nextCursor;
    }
    expect(paged).toEqual(all);
  });

  it('are changed while open, by whoever knows the latest version', async () => {
    const { requestId } = (await put(client)).value;
    const patch = (by: TestPerson, version: number, more = {}) =>
      city.get(PatchRequest).run(by.actor, city.bankId, requestId, { version, ...more });
    expect(await patch(client, 1, { minutes: 30, place: 'Gate 2' })).toMatchObject({
      minutes: 30,
      endsAt: later(90).toISOString(),
      place: 'Gate 2',
      version: 2,
    });
    expect(await patch(coordinator, 2, { place: null })).toMatchObject({ place: null, minutes: 30, version: 3 });
    await expect(patch(client, 2)).rejects.toMatchObject(refusal('requests/stale', { version: 3 }));
    await expect(patch(client, 3, { minutes: 300 })).rejects.toMatchObject(refusal('requests/too_long', { limitMinutes: 240 }));
    await expect(patch(poorClient, 3)).rejects.toMatchObject(refusal('requests/not_found'));
    await city.plan(await city.person('coordinator'), await city.person('volunteer'), requestId);
    await expect(patch(client, 4)).rejects.toMatchObject(refusal('requests/not_open', { state: 'taken' }));
  });

  it('lapse at their planned end', async () => {
    const requestId = newId();
    await put(coordinator, {}, requestId);
    city.at(119);
    expect((await get(coordinator, requestId)).state).toBe('open');
    city.at(120);
    expect((await get(coordinator, requestId)).state).toBe('lapsed');
    expect(await idsOf(volunteer, { state: 'open' })).not.toContain(requestId);
    expect(await idsOf(coordinator, { state: 'lapsed' })).toContain(requestId);
    city.at(0);
  });

  it('A4: are thirty open at most for a client, whoever writes them, also two at once; what lapsed, was taken or is sent again does not count', async () => {
    const asking = await city.client(0);
    const ask = (by: TestPerson, requestId = newId(), startsAt = later(3_000)) =>
      put(by, { clientId: asking.memberId, startsAt: startsAt.toISOString() }, requestId);
    const full = refusal('requests/too_many_open', { most: 30, open: 30 });
    const [lapsed, first] = [newId(), newId()];
    await ask(coordinator, lapsed, later(10));
    city.at(600);
    await ask(asking, first);
    for (let count = 1; count < 29; count += 1) await ask(count % 2 === 0 ? asking : coordinator);
    const together = await Promise.allSettled([ask(asking), ask(coordinator), ask(asking)]);
    expect(together.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
    expect(
      together.filter(({ status }) => status === 'rejected').map((refused) => (refused as PromiseRejectedResult).reason),
    ).toMatchObject([full, full]);
    await expect(ask(coordinator)).rejects.toMatchObject(full);
    await put(coordinator);
    expect((await ask(asking, first)).first).toBe(false);
    const ahead = { version: 1, startsAt: later(3_000).toISOString() };
    const move = () => city.get(PatchRequest).run(asking.actor, city.bankId, lapsed, ahead);
    await expect(move()).rejects.toMatchObject(full);
    await city.rooms.database.query(`update request set state = 'taken' where request_id = $1`, [first]);
    expect(await move()).toMatchObject({ state: 'waiting_for_minutes' });
    await expect(ask(asking)).rejects.toMatchObject(full);
    city.at(0);
  });
});
