import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GenerateSeries } from '@timebank/care';
import { JobRounds } from '@timebank/database';
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
    expect(body).toEqual({ status: 'ok', now: city.clock.now().toISOString(), jobs: 'ok', series: 'ok', sealing: 'ok', rolledBack: false });
  });

  it('says that series are late when their dates were not laid for more than a day', async () => {
    const admin = await city.signInAsCityAdmin();
    const bankId = await city.openBank(admin);
    const desk = await city.register(admin, bankId, 'coordinator');
    const client = await city.register(admin, bankId, 'client');
    const start = city.clock.now();
    const asked = { clientId: client.memberId, serviceKind: 'company', rule: 'FREQ=DAILY', startTime: '09:00', minutes: 10 };
    const startsOn = start.toISOString().slice(0, 10);
    await desk.caller.put(`/api/banks/${bankId}/series/${newId()}`, { ...asked, startsOn }).expect(201);
    const series = async () => ((await city.anybody.get('/api/health/ready').expect(200)).body as { series: string }).series;
    const figures = async () =>
      (await city.anybody.get('/api/health/metrics').set('authorization', 'Bearer a token for the figures').expect(200)).text;
    expect([await series(), await figures()]).toEqual(['ok', expect.stringContaining('timebank_series_behind_days 0')]);
    city.clock.advance(2 * 24 * 60);
    expect([await series(), await figures()]).toEqual(['late', expect.stringContaining('timebank_series_behind_days 2')]);
    await city.app.get(GenerateSeries, { strict: false }).run(bankId);
    expect(await series()).toBe('ok');
    city.clock.set(start);
  });

  it('F7: says that background work is late when it has begun nothing for five minutes, and counts its rounds and faults', async () => {
    const rounds = city.app.get(JobRounds, { strict: false });
    const figures = async () =>
      (await city.anybody.get('/api/health/metrics').set('authorization', 'Bearer a token for the figures').expect(200)).text;
    await rounds.begun('notices');
    await rounds.over('notices', 0);
    expect(await figures()).toMatch(/timebank_job_done_seconds\{round="notices"\} \d/);
    await rounds.over('notices', 2);
    expect(await figures()).toContain('timebank_job_faults{round="notices"} 2');
    const jobs = async () => ((await city.anybody.get('/api/health/ready').expect(200)).body as { jobs: string }).jobs;
    rounds.waitingSince -= 600_000;
    expect(await jobs()).toBe('ok');
    await city.database.query(`update job_round set begun_at = begun_at - interval '301 seconds'`);
    expect(await jobs()).toBe('late');
    await rounds.begun('all');
    expect(await jobs()).toBe('ok');
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

  it('F18: shows how many rows each table has, as the server estimates it', async () => {
    await city.database.query('analyze');
    const { text } = await city.anybody.get('/api/health/metrics').set('authorization', 'Bearer a token for the figures').expect(200);
    const rows = new Map([...text.matchAll(/^timebank_rows\{table="(\w+)"\} (\d+)$/gm)].map(([, table, count]) => [table, Number(count)]));
    const tables = await city.database.query<{ name: string }>(
      `select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`,
    );
    expect([...rows.keys()].sort()).toEqual(tables.map(({ name }) => name).sort());
    const [kinds] = await city.database.query<{ count: string }>('select count(*) as count from service_kind');
    expect(rows.get('service_kind')).toBe(Number(kinds?.count));
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

  // The last: apps of one process share the sign-in strategies of passport, and those of the newest count.
  it('F17: has browsers keep to https for this host alone, unless somebody says that all below it have it too', async () => {
    for (const [HSTS_SUBDOMAINS, words] of [
      ['off', 'max-age=31536000'],
      ['on', 'max-age=31536000; includeSubDomains'],
    ] as const) {
      const secure = await openApp({ database: city.database, env: { PUBLIC_URL: 'https://bank.example', HSTS_SUBDOMAINS } });
      const { headers } = await secure.anybody.get('/api/health/live').expect(200);
      expect(headers['strict-transport-security']).toBe(words);
      await secure.app.close();
    }
  });
});
