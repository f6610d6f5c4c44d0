import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { RepairClock } from '@timebank/ledger';
import { openApp, type TestApp } from '@timebank/testing';

describe('health', () => {
  let city: TestApp;
  beforeAll(async () => {
    city = await openApp({ env: { METRICS_TOKEN: 'a token for the figures' } });
  });
  afterAll(() => city.close());

  it("is ready, and tells the product's time", async () => {
    const { body } = await city.anybody.get('/api/health/ready').expect(200);
    expect(body).toEqual({ status: 'ok', now: city.clock.now().toISOString(), sealing: 'ok', rolledBack: false });
  });

  it('B9: shows its figures to who carries the token, with route patterns and no ids, and to nobody else, however near', async () => {
    await city.anybody.get('/api/banks/00000000-0000-4000-8000-000000000000').expect(401);
    const ask = () => city.anybody.get('/api/health/metrics');
    await ask().expect(404);
    await ask().set('authorization', 'Bearer a wrong token').expect(404);
    const { text } = await ask()
      .set('authorization', 'Bearer a token for the figures')
      .expect(200)
      .expect('content-type', /text\/plain/);
    expect(text).toContain('route="/api/banks/:bankId"');
    expect(text).not.toContain('00000000-0000');
  });

  it('F4: is not ready, says why and takes nothing in while something is recorded well ahead of the machine, and reads go on', async () => {
    const admin = await city.signInAsCityAdmin();
    const start = city.clock.now();
    city.clock.advance(40 * 24 * 60);
    const bankId = await city.openBank(admin);
    const storedUntil = city.clock.now().toISOString();
    city.clock.set(start);
    city.clock.isMachines = true;
    const refused = { code: 'service/unavailable', parameters: { reason: 'clock_behind', storedUntil } };
    expect((await city.anybody.get('/api/health/ready').expect(503)).body).toMatchObject(refused);
    const figures = await city.anybody.get('/api/health/metrics').set('authorization', 'Bearer a token for the figures').expect(200);
    expect(figures.text).toContain('timebank_clock{state="behind"} 1');
    const bank = { name: 'Bell Tower', phone: '025-83330001', timeZone: 'Asia/Shanghai' };
    expect((await admin.put(`/api/banks/${newId()}`, bank).expect(503)).body).toMatchObject(refused);
    await admin.get(`/api/banks/${bankId}`).expect(200);
    await city.app.get(RepairClock, { strict: false }).run({ saidBy: 'Shen', reason: 'the host was ahead' });
    await city.anybody.get('/api/health/ready').expect(200);
    await admin.put(`/api/banks/${newId()}`, bank).expect(201);
  });
});
