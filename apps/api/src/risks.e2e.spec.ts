import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { openTwoBanks, type TwoBanks } from '@timebank/testing';

const kind = { names: { 'zh-Hans': 'Roofs' }, class: 'home_adaptation', riskLevel: 'high', usualMinutes: 60, position: 30 };

describe('risks that were read, over HTTP', () => {
  let two: TwoBanks;
  let version: string;
  beforeAll(async () => {
    two = await openTwoBanks();
    await two.befriend();
    const { body } = await two.admin.put('/api/service-kinds/roofs', { ...kind, riskText: { 'zh-Hans': 'You may fall.' } }).expect(201);
    ({ riskVersion: version } = body as { riskVersion: string });
  });
  afterAll(() => two.city.close());

  const take = (requestId: string) =>
    two.guest.caller.put(`${two.host.base}/visits/${newId()}`, { requestId, volunteerId: two.guest.memberId });
  const readOut = (by = two.host.coordinator.caller, of = two.guest.memberId) =>
    by.put(`${two.host.base}/members/${of}/risks/roofs`, { version });

  it('lets a guest take what they have read about, wherever they read it', async () => {
    const requestId = await two.openRequest(60, 'roofs', 60);
    expect((await take(requestId).expect(422)).body).toEqual({
      code: 'gate/risk_not_read',
      parameters: { serviceKind: 'roofs', riskVersion: version, gate: ['risk_not_read'] },
    });
    const { body } = await two.guest.caller.put('/api/me/risks/roofs', { version }).expect(201);
    expect(body).toEqual({ serviceKind: 'roofs', version, way: 'read', recordedAt: two.city.clock.now().toISOString() });
    await two.guest.caller.put('/api/me/risks/roofs', { version }).expect(200);
    await take(requestId).expect(201);
  });

  it('keeps what the bank where a guest helps has read out to them', async () => {
    await two.admin.put('/api/service-kinds/roofs', { ...kind, version: 1, riskText: { 'zh-Hans': 'You may fall far.' } }).expect(200);
    const { body } = await two.admin.get('/api/service-kinds').expect(200);
    const { items } = body as { items: { code: string; riskVersion: string | null }[] };
    const old = version;
    version = items.find(({ code }) => code === 'roofs')?.riskVersion ?? '';
    const requestId = await two.openRequest(60, 'roofs', 180);
    await take(requestId).expect(422);
    expect((await readOut().expect(201)).body).toMatchObject({ way: 'read_out' });
    await take(requestId).expect(201);
    const outdated = await two.guest.caller.put('/api/me/risks/roofs', { version: old }).expect(409);
    expect(outdated.body).toMatchObject({ code: 'service_kinds/risk_changed' });
  });

  it('is recorded by a coordinator of the bank alone, and of nobody who is not there', async () => {
    await readOut(two.guest.caller).expect(403);
    await readOut(two.client.caller).expect(403);
    await readOut(two.home.coordinator.caller).expect(404);
    await readOut(two.host.coordinator.caller, newId()).expect(404);
    await two.city.anybody.put('/api/me/risks/roofs', { version }).expect(401);
    const { caller } = two.guest;
    for (const bad of [{}, { version: 'x' }, { version: version.toUpperCase() }, { version, more: 1 }])
      await caller.put('/api/me/risks/roofs', bad).expect(400);
    await caller.put('/api/me/risks/no_such', { version }).expect(404);
    expect((await caller.put('/api/me/risks/company', { version }).expect(409)).body).toMatchObject({ code: 'service_kinds/risk_changed' });
  });
});
