import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { GetRequest } from '@timebank/requests';
import { openCity, refusal, type TestCity, type TestPerson } from '@timebank/testing';
import { CloseForgottenVisits, EnterTimes, GetVisit, ScanCard } from '@timebank/visits';

let city: TestCity;
let coordinator: TestPerson;
beforeAll(async () => {
  city = await openCity();
  coordinator = await city.person('coordinator');
});
afterAll(() => city.close());

const close = () => city.get(CloseForgottenVisits).run(city.bankId);
const read = (visitId: string) => city.get(GetVisit).run(coordinator.actor, city.bankId, visitId);

it('a visit that nobody ended is closed four hours after its plan, worth nothing until a person says so', async () => {
  const [volunteer, client] = [await city.person('volunteer'), await city.client(60)];
  const card = await city.card(coordinator, client);
  const visitId = await city.planned(coordinator, volunteer, client, city.at(0));
  await city.scan(volunteer, visitId, 'in', card.url);
  city.at(60 + 240);
  expect(await close()).toEqual({ closed: 0, noShows: 0 });
  city.at(60 + 241);
  expect((await Promise.all([close(), close()])).reduce((sum, { closed }) => sum + closed, 0)).toBe(1);
  expect(await read(visitId)).toMatchObject({ state: 'needs_fix', lane: 'red', creditedMinutes: 0, capturedOut: null });
  expect((await read(visitId)).exceptions.map(({ code }) => code)).toEqual(['MISSING_OUT', 'STATIC_ONLY']);
  const out = (clientTime?: string) =>
    city.get(ScanCard).run(volunteer.actor, city.bankId, visitId, newId(), { kind: 'out', card: card.url, clientTime });
  await expect(out()).rejects.toMatchObject(refusal('visits/not_scannable', { state: 'needs_fix' }));
  expect((await out('2026-03-02T02:00:00Z')).value).toMatchObject({ state: 'needs_ack', creditedMinutes: 60 });
});

it('C10: a visit that began late is closed four hours after it began; its true times are taken then, untrue ones are not', async () => {
  const [colleague, volunteer, client] = [await city.person('coordinator'), await city.person('volunteer'), await city.client(60)];
  const card = await city.card(coordinator, client);
  const start = 1_000;
  const visitId = await city.planned(coordinator, volunteer, client, city.at(start));
  const time = (minutes: number) => city.at(start + minutes).toISOString();
  const begun = time(60 + 241);
  await city.scan(volunteer, visitId, 'in', card.url);
  city.at(start + 60 + 242);
  expect((await close()).closed).toBe(0);
  city.at(start + 60 + 241 + 241);
  expect((await close()).closed).toBe(1);
  const enter = (from: string, to: string) => {
    city.at(start + 600);
    return city
      .get(EnterTimes)
      .run(coordinator.actor, city.bankId, visitId, { startedAt: from, endedAt: to, reasonCode: 'forgot_scan_out' });
  };
  await expect(enter(time(0), time(60))).rejects.toMatchObject({ code: 'visits/manual_interval', path: 'body.endedAt' });
  await expect(enter(begun, time(60 + 242 + 60))).rejects.toMatchObject({ code: 'visits/manual_interval', path: 'body.endedAt' });
  expect((await enter(begun, time(60 + 241 + 60))).value).toMatchObject({ state: 'needs_ack', class: 'manual', creditedMinutes: 60 });
  expect(await city.approve(colleague, [visitId], { acknowledge: ['MANUAL_ENTRY'] })).toMatchObject([{ outcome: 'approved' }]);
});

it('a visit that nobody began is a no-show when it can no longer be recorded, and its minutes are free', async () => {
  const [volunteer, client] = [await city.person('volunteer'), await city.client(60)];
  const requestId = await city.request(coordinator, client, city.at(0));
  const visitId = await city.plan(volunteer, volunteer, requestId);
  city.at(14 * 24 * 60);
  expect(await close()).toEqual({ closed: 0, noShows: 0 });
  city.at(15 * 24 * 60);
  expect(await close()).toEqual({ closed: 0, noShows: 1 });
  expect((await read(visitId)).state).toBe('no_show');
  expect(await city.balance(client)).toEqual({ balanceMinutes: 60, heldOutMinutes: 0 });
  expect((await city.get(GetRequest).run(coordinator.actor, city.bankId, requestId)).state).toBe('lapsed');
});

it('leaves a sound ledger behind', async () => {
  expect(await city.faults()).toEqual([]);
});
