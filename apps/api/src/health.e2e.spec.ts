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
});
