import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { openTwoBanks, type TestMember, type TwoBanks } from '@timebank/testing';

describe('activities over HTTP', () => {
  let two: TwoBanks;
  let volunteer: TestMember;
  let client: TestMember;
  beforeAll(async () => {
    two = await openTwoBanks();
    volunteer = await two.city.register(two.admin, two.host.bankId, 'volunteer');
    client = await two.city.register(two.admin, two.host.bankId, 'client');
  });
  afterAll(() => two.city.close());

  const later = (minutes: number) => new Date(two.city.clock.now().getTime() + minutes * 60_000).toISOString();
  const input = (more: object = {}) => ({
    name: 'Singing',
    startsAt: later(600),
    endsAt: later(720),
    participantPlaces: 1,
    helperPlaces: 1,
    ...more,
  });
  const put = (body: object, activityId = newId(), by = two.host.coordinator.caller) =>
    by.put(`${two.host.base}/activities/${activityId}`, body);

  it('are laid down by the desk, seen and taken by members, and unknown to other banks', async () => {
    const activityId = newId();
    const at = `${two.host.base}/activities/${activityId}`;
    const { body: laid } = await put(input(), activityId).expect(201);
    expect(laid).toMatchObject({ activityId, state: 'open', version: 1, people: [], own: null, minutes: 120 });
    await put(input({ version: 1, note: 'Bring a cup' }), activityId, two.admin).expect(200);
    await put(input(), activityId, volunteer.caller).expect(403);
    await put(input(), activityId, two.home.coordinator.caller).expect(404);
    for (const path of [at, `${two.host.base}/activities`]) await two.home.coordinator.caller.get(path).expect(404);
    await volunteer.caller.put(`${at}/places/${volunteer.memberId}`, { as: 'helper' }).expect(201);
    await volunteer.caller.put(`${at}/places/${volunteer.memberId}`, { as: 'helper' }).expect(200);
    await volunteer.caller.put(`${at}/places/${client.memberId}`, { as: 'participant' }).expect(403);
    await client.caller.put(`${at}/places/${client.memberId}`, { as: 'participant' }).expect(201);
    const { body: waits } = await two.host.coordinator.caller
      .put(`${at}/places/${two.host.coordinator.memberId}`, { as: 'participant' })
      .expect(201);
    expect(waits).toMatchObject({ as: 'participant', state: 'waiting', turn: 1 });
    const { body: listed } = await client.caller.get(`${two.host.base}/activities?from=2000-01-01`).expect(200);
    expect(listed).toMatchObject({
      items: [{ activityId, own: { as: 'participant', state: 'placed' }, helpers: 1, participantsWaiting: 1 }],
    });
    const { body: seen } = await client.caller.get(at).expect(200);
    expect(seen).toMatchObject({ people: [], note: 'Bring a cup' });
    await client.caller.delete(`${at}/places/${client.memberId}`).expect(200);
    const { body: moved } = await two.host.coordinator.caller.get(at).expect(200);
    expect(moved).toMatchObject({ participants: 1, participantsWaiting: 0 });
    for (const path of ['close', 'cancel'])
      await volunteer.caller.post(`${at}/${path}`, path === 'close' ? {} : { note: 'No' }).expect(403);
    await client.caller.put(`${at}/attendance`, { memberIds: [client.memberId] }).expect(403);
  });

  it('refuse what cannot be by a code, and never fail', async () => {
    const bad: [object, number][] = [
      [input({ participantPlaces: -1 }), 400],
      [input({ helperPlaces: 1.5 }), 400],
      [input({ startsAt: 'tomorrow' }), 400],
      [input({ name: '\u0000' }), 400],
      [input({ more: 1 }), 400],
      [input({ version: 0 }), 400],
      [input({ endsAt: later(599) }), 422],
      [input({ startsAt: later(-1) }), 422],
    ];
    for (const [body, status] of bad) {
      const { body: refused } = await put(body).expect(status);
      expect(refused).toMatchObject({ code: expect.stringMatching(/^[a-z_]+\/[a-z_]+$/) });
    }
    const desk = two.host.coordinator.caller;
    const nowhere = `${two.host.base}/activities/${newId()}`;
    await desk.get(nowhere).expect(404);
    await desk.post(`${nowhere}/close`).expect(404);
    await desk.put(`${nowhere}/places/${newId()}`, { as: 'guest' }).expect(400);
    await desk.put(`${nowhere}/attendance`, {}).expect(400);
    await desk.put(`${nowhere}/attendance`, { code: 'x', memberIds: [newId()] }).expect(400);
    await desk.get(`${two.host.base}/activities?from=yesterday`).expect(400);
  });
});
