import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { openTwoBanks, type TestMember, type TwoBanks } from '@timebank/testing';

describe('courses and qualifications over HTTP', () => {
  let two: TwoBanks;
  let volunteer: TestMember;
  beforeAll(async () => {
    two = await openTwoBanks();
    volunteer = await two.city.register(two.admin, two.host.bankId, 'volunteer');
  });
  afterAll(() => two.city.close());

  const later = (days: number) => new Date(two.city.clock.now().getTime() + days * 86_400_000).toISOString();
  const session = (more: object = {}) => ({
    sessionId: newId(),
    day: later(9).slice(0, 10),
    startTime: '09:00',
    endTime: '11:00',
    ...more,
  });
  const course = (more: object = {}) => ({
    title: 'First aid',
    place: 'Hall',
    places: 2,
    sessions: [session()],
    closesAt: later(2),
    ...more,
  });
  const put = (body: object, courseId = newId(), by = two.host.coordinator.caller) => by.put(`${two.host.base}/courses/${courseId}`, body);

  it('is laid down by the desk, seen and taken by volunteers, and unknown to other banks', async () => {
    const courseId = newId();
    const body = course({ qualification: 'first_aid' });
    const { body: laid } = await put(body, courseId).expect(201);
    expect(laid).toMatchObject({ courseId, state: 'open', seed: null, qualificationNames: { en: 'First aid' }, tickets: [], own: null });
    await put(body, courseId).expect(200);
    await put(body, courseId, volunteer.caller).expect(403);
    await put(body, courseId, two.home.coordinator.caller).expect(404);
    const place = `${two.host.base}/courses/${courseId}/places`;
    const { body: taken } = await volunteer.caller.put(`${place}/${volunteer.memberId}`).expect(201);
    expect(taken).toEqual({ courseId, memberId: volunteer.memberId, ticket: 1, state: 'signed_up', turn: null });
    await volunteer.caller.put(`${place}/${volunteer.memberId}`).expect(200);
    await volunteer.caller.put(`${place}/${newId()}`).expect(403);
    const { body: mine } = await volunteer.caller.get('/api/me/courses').expect(200);
    expect(mine).toMatchObject({ items: [{ courseId, own: { ticket: 1, state: 'signed_up' }, signedUp: 1 }] });
    const { body: seen } = await volunteer.caller.get(`${two.host.base}/courses/${courseId}`).expect(200);
    expect(seen).toMatchObject({ learners: [], tickets: [{ ticket: 1, lot: null }] });
    await volunteer.caller.post(`${two.host.base}/courses/${courseId}/draw`).expect(403);
    expect((await two.host.coordinator.caller.post(`${two.host.base}/courses/${courseId}/draw`).expect(409)).body).toMatchObject({
      code: 'courses/sign_up_open',
    });
    two.city.clock.advance(3 * 24 * 60);
    const { body: drawn } = await two.host.coordinator.caller.post(`${two.host.base}/courses/${courseId}/draw`).expect(200);
    expect(drawn).toMatchObject({ state: 'drawn', seed: expect.stringMatching(/^[0-9a-f]{64}$/), placed: 1 });
    const again = await two.host.coordinator.caller.post(`${two.host.base}/courses/${courseId}/draw`).expect(409);
    expect(again.body).toMatchObject({ code: 'courses/already_drawn' });
    const { body: listed } = await volunteer.caller.get(`${two.host.base}/courses?state=drawn`).expect(200);
    expect((listed as { items: object[] }).items).toHaveLength(1);
  });

  it('refuses what no course can be by a code, and never fails', async () => {
    const bad: [object, number][] = [
      [course({ places: -1 }), 400],
      [course({ places: 0 }), 400],
      [course({ qualification: 'a'.repeat(41) }), 400],
      [course({ serviceKinds: ['a'.repeat(41)] }), 400],
      [course({ sessions: [] }), 400],
      [course({ sessions: [session({ startTime: '24:00' })] }), 400],
      [course({ closesAt: 'tomorrow' }), 400],
      [course({ more: 1 }), 400],
      [course({ title: '\u0000' }), 400],
      [course({ sessions: [session({ endTime: '08:59' })] }), 422],
      [course({ qualification: 'no_such' }), 422],
      [course({ serviceKinds: ['no_such'] }), 422],
    ];
    for (const [body, status] of bad) {
      const { body: refused } = await put(body).expect(status);
      expect(refused).toMatchObject({ code: expect.stringMatching(/^[a-z_]+\/[a-z_]+$/) });
    }
    const desk = two.host.coordinator.caller;
    const nowhere = `${two.host.base}/courses/${newId()}`;
    await desk.get(nowhere).expect(404);
    await desk.post(`${nowhere}/draw`).expect(404);
    await desk.post(`${nowhere}/close`, { passed: [] }).expect(404);
    await desk.put(`${nowhere}/sessions/${newId()}/attendance/${newId()}`, { code: 'x'.repeat(201) }).expect(400);
    await desk.get(`${two.host.base}/courses?state=no_such`).expect(400);
  });

  it('keeps the kinds of qualification for the city, and tells people what they have', async () => {
    const kind = { names: { 'zh-Hans': 'Night watch' }, validityMonths: 6 };
    await two.host.coordinator.caller.put('/api/qualification-kinds/night_watch', kind).expect(403);
    await two.admin.put('/api/qualification-kinds/night_watch', kind).expect(201);
    await two.admin.put(`/api/qualification-kinds/${'n'.repeat(41)}`, kind).expect(400);
    await two.admin.put('/api/qualification-kinds/nobody', { ...kind, validityMonths: -1 }).expect(400);
    const held = `${two.host.base}/members/${volunteer.memberId}/qualifications/night_watch`;
    await two.host.coordinator.caller.put(held, { validUntil: later(10).slice(0, 10) }).expect(201);
    const { body } = await volunteer.caller.get('/api/me/qualifications').expect(200);
    expect(body).toMatchObject({ items: [{ code: 'night_watch', names: { 'zh-Hans': 'Night watch' }, status: 'ends_soon' }] });
    const ending = `${two.host.base}/qualifications?code=night_watch&from=2026-01-01&to=2099-01-01`;
    expect((await two.host.coordinator.caller.get(ending).expect(200)).body).toMatchObject({ items: [{ memberId: volunteer.memberId }] });
    await two.host.coordinator.caller.get(`${two.host.base}/losing-helpers`).expect(200);
    await volunteer.caller.get(`${two.host.base}/losing-helpers`).expect(403);
    await two.home.coordinator.caller.get(`${two.host.base}/mentors`).expect(404);
  });
});
