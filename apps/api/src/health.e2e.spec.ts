import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
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

  it('shows its figures to this machine, with route patterns and no ids', async () => {
    await city.anybody.get('/api/banks/00000000-0000-4000-8000-000000000000').expect(401);
    const { text } = await city.anybody
      .get('/api/health/metrics')
      .expect(200)
      .expect('content-type', /text\/plain/);
    expect(text).toContain('route="/api/banks/:bankId"');
    expect(text).not.toContain('00000000-0000');
  });

  it('shows them to others only with the token', async () => {
    const ask = () => city.anybody.get('/api/health/metrics').set('x-forwarded-for', '203.0.113.7');
    await ask().expect(404);
    await ask().set('authorization', 'Bearer a wrong token').expect(404);
    await ask().set('authorization', 'Bearer a token for the figures').expect(200);
  });
});
