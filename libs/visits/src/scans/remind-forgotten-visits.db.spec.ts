import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { openCity, openRooms, mainLine, type TestCity, type TestPerson, type TestRooms } from '@timebank/testing';
import { CloseForgottenVisits, RemindForgottenVisits } from '@timebank/visits';

let city: TestCity;
let beside: TestRooms;
let coordinator: TestPerson;
beforeAll(async () => {
  city = await openCity();
  beside = await openRooms(mainLine(), city.rooms);
  coordinator = await city.person('coordinator');
});
afterAll(async () => {
  await beside.close();
  await city.close();
});

const remind = (rooms: TestRooms = city.rooms) => rooms.get(RemindForgottenVisits).run(city.bankId);
/** Two processes at once. */
const together = async () => (await Promise.all([remind(), remind(beside), remind()])).reduce((sum, { reminded }) => sum + reminded, 0);
const told = async (visitId: string) =>
  (
    await city.rooms.database.query<{ reminder: number }>(
      `select (payload->>'reminder')::int as reminder from outbox where kind = 'visits/scan_out_due' and payload->>'visitId' = $1 order by event_id`,
      [visitId],
    )
  ).map(({ reminder }) => reminder);

it('a volunteer is reminded a quarter of an hour after the plan and after an hour, once each', async () => {
  const { volunteer, client, card, time } = await city.nextDay(coordinator);
  const visitId = await city.planned(coordinator, volunteer, client, time(0));
  await city.scan(volunteer, visitId, 'in', card.code);
  const told14 = (time(60 + 14), await together());
  const told15 = (time(60 + 15), await together());
  const told59 = (time(60 + 59), await together());
  const told60 = (time(60 + 60), await together());
  const told200 = (time(60 + 200), await together());
  expect([told14, told15, told59, told60, told200]).toEqual([0, 1, 0, 1, 0]);
  expect(await told(visitId)).toEqual([1, 2]);
});

it('nobody is reminded once they have scanned out, of a visit not begun, or of one that the clock has closed', async () => {
  const { volunteer, client, card, time } = await city.nextDay(coordinator);
  const done = await city.planned(coordinator, volunteer, client, time(0));
  await city.scan(volunteer, done, 'in', card.code);
  time(60 + 15);
  expect(await together()).toBe(1);
  await city.scan(volunteer, done, 'out', card.code);
  const planned = await city.planned(coordinator, volunteer, client, time(120));
  const open = await city.planned(coordinator, volunteer, client, time(240));
  await city.scan(volunteer, open, 'in', card.code);
  time(24 * 60);
  await city.get(CloseForgottenVisits).run(city.bankId);
  expect(await together()).toBe(0);
  expect([await told(done), await told(planned), await told(open)]).toEqual([[1], [], []]);
});

it('whoever was not reminded in time is reminded once, and by the policy of the day', async () => {
  const { volunteer, client, card, time } = await city.nextDay(coordinator);
  await city.policy(coordinator, 'remindAfterMinutes', 5);
  await city.policy(coordinator, 'remindAgainAfterMinutes', 20);
  const visitId = await city.planned(coordinator, volunteer, client, time(0));
  await city.scan(volunteer, visitId, 'in', card.code);
  const told4 = (time(60 + 4), await together());
  const told20 = (time(60 + 20), await together());
  expect([told4, told20, await together()]).toEqual([0, 1, 0]);
  expect(await told(visitId)).toEqual([2]);
});
