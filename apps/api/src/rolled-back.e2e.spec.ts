import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cityId } from '@timebank/database';
import { newId } from '@timebank/kernel';
import { SealCheckpoints } from '@timebank/ledger';
import { backUpLedger, cityAdmin, openApp, settleLedger, type TestApp, type TestCaller, type TestMember } from '@timebank/testing';

const figuresToken = 'a token for the figures';

describe('a city whose database was brought back from an older backup', () => {
  const home = mkdtempSync(join(tmpdir(), 'timebank-city-back-'));
  const said = { saidBy: 'Shen of the city office', reason: 'the disk broke on Sunday' };
  let city: TestApp;
  let admin: TestCaller;
  let bankId: string;
  let fund: string;
  let client: TestMember;

  const grant = () =>
    admin.put(`/api/banks/${bankId}/transfers/${newId()}`, {
      kind: 'grant',
      fromAccountId: fund,
      toAccountId: client.accountId,
      minutes: 60,
    });
  const seal = async () => {
    // The city's trail too: what the backup lacks of it would be another number gone.
    for (const id of [bankId, cityId]) await settleLedger(city.database, id);
    await city.app.get(SealCheckpoints, { strict: false }).run();
  };

  beforeAll(async () => {
    city = await openApp({ env: { DATA_DIR: home, METRICS_TOKEN: figuresToken } });
    admin = await city.signInAsCityAdmin();
    bankId = await city.openBank(admin);
    client = await city.register(admin, bankId, 'client');
    fund = ((await admin.get(`/api/banks/${bankId}`).expect(200)).body as { accounts: { fund: string } }).accounts.fund;
    await admin
      .put(`/api/policies/${newId()}`, { key: 'issueLimitMinutes', value: 100_000, validFrom: '2026-03-02', source: 'test' })
      .expect(201);
    await seal();
    const backup = await backUpLedger(city.database);
    await grant().expect(201);
    await seal();
    await backup.restore();
  });
  afterAll(async () => {
    await city.close();
    rmSync(home, { recursive: true, force: true });
  });

  it('F1: is ready and says so, lets people look, and takes nothing in', async () => {
    expect((await city.anybody.get('/api/health/ready').expect(200)).body).toMatchObject({ sealing: 'rolled_back', rolledBack: true });
    const figures = city.anybody.get('/api/health/metrics').set('authorization', `Bearer ${figuresToken}`);
    expect((await figures.expect(200)).text).toContain('timebank_books{sealing="rolled_back"} 1');
    const { body } = await grant().expect(503);
    expect(body).toEqual({ code: 'service/rolled_back', parameters: { bankId, fromNumber: 2, throughNumber: 2 } });
    await client.caller.get(`/api/banks/${bankId}/accounts/${client.accountId}/entries`).expect(200);
    await city.anybody.get(`/api/banks/${bankId}/checkpoints/1`).expect(200);
  });

  it('F1: goes on when a city admin has said so, who can still sign in for that, and nobody else', async () => {
    const { caller } = client;
    expect((await caller.post('/api/restores', said).expect(403)).body.code).toBe('access/not_allowed');
    const again = await city.signIn(cityAdmin.phone, cityAdmin.password);
    await again.post('/api/restores', { ...said, saidBy: '' }).expect(400);
    const first = (await again.post('/api/restores', said).expect(200)).body;
    expect(first).toMatchObject({ items: [{ statement: { bankId, voidFrom: 2, voidThrough: 2, ...said } }] });
    expect((await again.post('/api/restores', said).expect(200)).body).toEqual(first);
    expect((await again.post('/api/restores', { ...said, reason: 'another' }).expect(409)).body.code).toBe('ledger/not_rolled_back');
    expect(await city.database.query(`select table_name from audit_trail where work = 'sayRestored'`)).toEqual([]);
    await grant().expect(201);
    expect((await city.anybody.get('/api/health/ready').expect(200)).body).toMatchObject({ sealing: 'ok', rolledBack: false });
  });

  it('F1: tells everybody which number is void, by whom, when and why', async () => {
    const told = { ...said, saidAt: city.clock.now().toISOString(), voidFrom: 2, voidThrough: 2 };
    expect((await city.anybody.get(`/api/banks/${bankId}/checkpoints/2`).expect(200)).body).toMatchObject({ voided: told });
    expect((await city.anybody.get(`/api/banks/${bankId}/checkpoints/1`).expect(200)).body).toMatchObject({ voided: null });
    expect((await city.anybody.get(`/api/banks/${bankId}/restores`).expect(200)).body).toMatchObject({ items: [{ statement: said }] });
    await seal();
    expect((await city.anybody.get(`/api/banks/${bankId}/checkpoints`).expect(200)).body).toMatchObject({
      items: [{ statement: { number: 3, previousNumber: 1 } }, { statement: { number: 1 } }],
    });
  });
});
