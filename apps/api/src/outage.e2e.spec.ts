import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { asRole, EmbeddedPostgres, makeRoles, migrate, newRolePasswords, roleNamesInDatabase } from '@timebank/database';
import { cityAdmin, openApp, type TestApp, type TestCaller, type TestDatabase } from '@timebank/testing';

describe('while the database is away', () => {
  let folder: string;
  let server: EmbeddedPostgres;
  let city: TestApp;
  let admin: TestCaller;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'timebank-outage-'));
    server = await EmbeddedPostgres.prepare(folder, { fsync: 'off' });
    await server.start();
    await server.createDatabase('city');
    const passwords = newRolePasswords();
    await makeRoles(server.url('city'), passwords);
    await migrate(asRole(server.url('city'), 'owner', passwords), roleNamesInDatabase, resolve('prisma-free-migrations'));
    const database = { url: asRole(server.url('city'), 'app', passwords), drop: async () => undefined } as TestDatabase;
    city = await openApp({ database });
    admin = await city.signInAsCityAdmin();
  });
  afterAll(async () => {
    await city?.close();
    await server.stop('SIGQUIT');
    const where = join(folder, 'where');
    if (existsSync(where)) rmSync(readFileSync(where, 'utf8').trim(), { recursive: true, force: true });
    rmSync(folder, { recursive: true, force: true });
  });

  it('answers 503 with a time to come back, stays alive, and recovers by itself', async () => {
    await admin.get('/api/me').expect(200);
    await server.stop('SIGQUIT');
    for (const answer of [
      await admin.get('/api/me'),
      await admin.get('/api/banks'),
      await city.anybody.post('/api/sessions', cityAdmin),
      await city.anybody.get('/api/health/ready'),
    ]) {
      expect([answer.status, answer.body]).toEqual([503, { code: 'service/unavailable', parameters: { retryAfterSeconds: 2 } }]);
      expect(answer.headers['retry-after']).toBe('2');
    }
    await city.anybody.get('/api/health/live').expect(200);
    await city.anybody.get('/api/me').expect(401);
    await server.start();
    await city.anybody.get('/api/health/ready').expect(200);
    await admin.get('/api/me').expect(200);
    await city.openBank(admin);
  });

  it('is left to another process without keeping this one from ending', async () => {
    const held = () => process.getActiveResourcesInfo().filter((name) => name === 'ProcessWrap').length;
    const before = held();
    expect(before).toBeGreaterThan(0);
    await server.leave();
    expect([held(), server.pid]).toEqual([before - 1, null]);
    server = await EmbeddedPostgres.prepare(folder);
    await server.start({ adopt: true });
    await city.anybody.get('/api/health/ready').expect(200);
  });
});
