import { newId } from '@timebank/kernel';
import type { ClosingCity, WholeBank } from './closing-city';
import type { TestMember } from './test-app';

/** A course that is closed and one that is called off; kinds of qualification, an extension that is undone, a mentor. */
export async function liveCourse(at: ClosingCity, { base, coordinator, volunteer }: WholeBank, other: TestMember): Promise<void> {
  const { clock } = at.two.city;
  const [courseId, sessionId] = [newId(), newId()];
  const desk = coordinator.caller;
  const begun = clock.now().getTime();
  const day = (minutes: number) => new Date(clock.now().getTime() + minutes * 60_000).toISOString();
  const course = { title: 'Lifting', place: 'Ninghai Road 12', places: 3, teachers: [other.memberId], closesAt: day(60) };
  const sessions = [{ sessionId, day: day(24 * 60).slice(0, 10), startTime: '23:00', endTime: '23:30' }];
  await desk.put(`${base}/courses/${courseId}`, { ...course, sessions }).expect(201);
  await desk.patch(`${base}/courses/${courseId}`, { version: 1, title: 'Lifting well' }).expect(200);
  const place = `${base}/courses/${courseId}/places/${volunteer.memberId}`;
  await volunteer.caller.put(place).expect(201);
  await volunteer.caller.delete(place).expect(200);
  await volunteer.caller.put(place).expect(200);
  const { body: laid } = await desk.get(`${base}/courses/${courseId}`).expect(200);
  const [{ endsAt }] = (laid as { sessions: [{ endsAt: string }] }).sessions;
  clock.advance(61);
  await desk.post(`${base}/courses/${courseId}/draw`).expect(200);
  clock.advance(Math.ceil((Date.parse(endsAt) - clock.now().getTime()) / 60_000));
  await desk.put(`${base}/courses/${courseId}/sessions/${sessionId}/attendance/${volunteer.memberId}`).expect(201);
  const there = `${base}/courses/${courseId}/sessions/${sessionId}/attendance/${volunteer.memberId}`;
  await desk.post(`${there}/take-back`, { note: 'Another person' }).expect(200);
  await desk.put(there).expect(200);
  await desk.post(`${base}/courses/${courseId}/close`, { passed: [volunteer.memberId] }).expect(200);
  const next = [{ sessionId: newId(), day: day(5 * 24 * 60).slice(0, 10), startTime: '09:00', endTime: '10:00' }];
  const given = `${base}/courses/${newId()}`;
  await desk.put(given, { ...course, closesAt: day(60), sessions: next }).expect(201);
  await desk.post(`${given}/cancel`, { note: 'Nobody can teach' }).expect(200);
  await at.admin.put('/api/qualification-kinds/lifting', { names: { 'zh-Hans': 'Lifting' }, validityMonths: 12 }).expect(201);
  const extension = `${base}/qualification-extensions/${newId()}`;
  const lasting = { code: 'first_aid', from: '2026-01-01', to: '2030-01-01', validUntil: '2031-01-01', note: 'Courses were closed' };
  await desk.put(extension, lasting).expect(201);
  await desk.delete(extension).expect(200);
  await desk.put(`${base}/mentors/${other.memberId}`).expect(201);
  await desk.delete(`${base}/mentors/${other.memberId}`).expect(200);
  // What comes after it counts on the time of day.
  const elapsed = Math.round((clock.now().getTime() - begun) / 60_000);
  clock.advance(24 * 60 - (elapsed % (24 * 60)));
}
