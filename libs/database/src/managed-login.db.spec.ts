import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { asRole, makeRoles, mayCreateRoles, mayReadMarks, migrate, newRolePasswords, roleNamesOf, UnsafeRoles } from '@timebank/database';
import { createTestDatabase, type TestDatabase } from '@timebank/testing';
import { Client } from 'pg';

/** As on a managed server: the login may create roles and owns its database, and is no superuser. */
describe('a login that may create roles and is no superuser', () => {
  const name = `managed_${randomBytes(6).toString('hex')}`;
  const foreign = `${name}_foreign`;
  const passwords = newRolePasswords();
  let server: TestDatabase;
  const address = (database: string) =>
    Object.assign(new URL(server.superuserUrl), { pathname: `/${database}`, username: name, password: 'managed' }).href;
  beforeAll(async () => {
    server = await createTestDatabase();
    await server.query(`create role ${name} login createrole password 'managed'`);
    await server.query(`create database ${name} owner ${name} template template0`);
    await server.query(`create database ${foreign} template template0`);
  });
  afterAll(async () => {
    for (const database of [name, foreign]) {
      await server.query(`drop database ${database} with (force)`);
      for (const role of ['owner', 'app', 'import']) await server.query(`drop role if exists ${database}_${role}`);
    }
    await server.query(`drop role ${name}`);
    await server.drop();
  });

  it('F8: makes the three roles, twice, and the owner lays the schema down', async () => {
    const url = address(name);
    expect(await mayCreateRoles(url)).toBe(true);
    const roles = await roleNamesOf(url);
    await makeRoles(url, passwords, roles);
    await makeRoles(url, passwords, roles);
    expect(await mayReadMarks(url)).toBe(true);
    const ownerUrl = asRole(url, 'owner', passwords, roles);
    expect((await migrate(ownerUrl, roles, resolve('prisma-free-migrations'))).length).toBeGreaterThan(30);
    expect([await mayReadMarks(url), await mayReadMarks(ownerUrl)]).toEqual([false, true]);
    const app = new Client({ connectionString: asRole(url, 'app', passwords, roles) });
    await app.connect();
    await expect(app.query('select count(*) from bank')).resolves.toMatchObject({ rowCount: 1 });
    await expect(app.query('create table mine ()')).rejects.toMatchObject({ code: '42501' });
    await expect(app.query('create temporary table mine ()')).rejects.toMatchObject({ code: '42501' });
    await app.end();
  });

  it('F8: is told in one sentence that the database has to be its own', async () => {
    const url = address(foreign);
    const made = makeRoles(url, passwords, await roleNamesOf(url));
    await expect(made).rejects.toThrow(UnsafeRoles);
    await expect(made).rejects.toThrow(new RegExp(`alter database "${foreign}" owner to "${name}";$`));
  });
});
