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

  it('gives the list of the insured as a file to those who answer for the bank, and each look is read by them alone', async () => {
    const { base } = two.host;
    const cover = { insurer: 'PICC', number: 'P 1', from: '2026-01-01', until: '2026-12-31', kinds: ['roofs'] };
    const insurance = `${base}/insurances/${newId()}`;
    await two.host.coordinator.caller.put(insurance, cover).expect(403);
    await two.admin.put(insurance, cover).expect(201);
    await two.admin.put(insurance, cover).expect(200);
    await two.admin.put(insurance, { ...cover, until: '2025-12-31' }).expect(400);
    await two.host.coordinator.caller.get(`${base}/insured.csv?day=2026-03-02`).expect(403);
    for (const bad of ['', '?day=2026-02-30', '?day=x']) await two.admin.get(`${base}/insured.csv${bad}`).expect(400);
    const { text, headers } = await two.admin.get(`${base}/insured.csv?day=2026-03-02&language=en`).expect(200);
    expect(headers['content-type']).toContain('text/csv');
    expect(text.trim().split('\r\n').slice(1)).toHaveLength(1);
    expect(text).toContain('PICC');
    const { body } = await two.admin.get(`${base}/disclosures`).expect(200);
    expect(body).toMatchObject({ items: [{ kind: 'insured_list', people: 1, onDay: '2026-03-02', memberName: null }], nextCursor: null });
    await two.host.coordinator.caller.get(`${base}/disclosures`).expect(403);
    expect((await two.guest.caller.get('/api/me/disclosures').expect(200)).body).toEqual({ items: [], nextCursor: null });
  });
});
