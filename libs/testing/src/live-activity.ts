import { newId } from '@timebank/kernel';
import type { ClosingCity, WholeBank } from './closing-city';
import type { TestMember } from './test-app';

/** An activity at which a volunteer helped and that is closed, and one that is called off; from the fund, for nothing was donated. */
export async function liveActivity(at: ClosingCity, { base, coordinator, admin, volunteer }: WholeBank, other: TestMember): Promise<void> {
  const { clock } = at.two.city;
  const begun = clock.now().getTime();
  const instant = (minutes: number) => new Date(begun + minutes * 60_000).toISOString();
  const desk = coordinator.caller;
  const policy = { key: 'activityHoursFrom', value: 'fund', validFrom: instant(0).slice(0, 10), source: 'test' };
  await at.admin.put(`${base}/policies/${newId()}`, policy).expect(201);
  const activity = `${base}/activities/${newId()}`;
  const input = { name: 'Singing', startsAt: instant(60), endsAt: instant(120), participantPlaces: 3, helperPlaces: 1 };
  await desk.put(activity, input).expect(201);
  await desk.put(activity, { ...input, version: 1, place: 'Hall' }).expect(200);
  await volunteer.caller.put(`${activity}/places/${volunteer.memberId}`, { as: 'helper' }).expect(201);
  await other.caller.put(`${activity}/places/${other.memberId}`, { as: 'participant' }).expect(201);
  await other.caller.delete(`${activity}/places/${other.memberId}`).expect(200);
  clock.advance(60);
  await desk.put(`${activity}/attendance`, { memberIds: [volunteer.memberId] }).expect(200);
  clock.advance(60);
  await admin.caller.post(`${activity}/close`).expect(200);
  const called = `${base}/activities/${newId()}`;
  await desk.put(called, { ...input, startsAt: instant(1_000), endsAt: instant(1_060) }).expect(201);
  await desk.post(`${called}/cancel`, { note: 'Rain' }).expect(200);
  // What comes after it counts on the time of day.
  clock.advance(24 * 60 - 120);
}
