import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '@timebank/testing';
import { Client } from 'pg';
import { EmbeddedPostgres } from './embedded-postgres';
import { asRole, makeRoles, newRolePasswords, roleNamesInDatabase, roleNamesOf, RolesInUse } from './roles';

describe('two installations on one server', () => {
  const names = ['one', 'two'].map((name) => `${name}_${randomBytes(4).toString('hex')}`);
  let database: TestDatabase;
  const urlOf = (name: string) => Object.assign(new URL(database.superuserUrl), { pathname: `/${name}` }).href;
  const signIn = async (url: string) => {
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.end();
  };

  beforeAll(async () => {
    database = await createTestDatabase();
    for (const name of names) await database.query(`create database ${name}`);
  });
  afterAll(async () => {
    for (const name of names) {
      await database.query(`drop database if exists ${name} with (force)`);
      for (const role of ['owner', 'app', 'import']) await database.query(`drop role if exists ${name}_${role}`);
    }
    await database.drop();
  });

  it('F10: have roles of their own, named after their databases, and leave each other in peace', async () => {
    const made = [];
    for (const name of names) {
      const roles = await roleNamesOf(urlOf(name));
      expect(roles).toEqual({ owner: `${name}_owner`, app: `${name}_app`, import: `${name}_import` });
      const passwords = newRolePasswords();
      await makeRoles(urlOf(name), passwords, roles);
      made.push({ url: urlOf(name), passwords, roles });
    }
    for (const { url, passwords, roles } of made) {
      // Again, as every start does.
      await makeRoles(url, passwords, roles);
      for (const role of ['owner', 'app', 'import'] as const) await signIn(asRole(url, role, passwords, roles));
    }
    const [one, two] = made as [(typeof made)[number], (typeof made)[number]];
    await expect(signIn(asRole(two.url, 'app', two.passwords, one.roles))).rejects.toMatchObject({ code: '28P01' });
  });

  it('F10: that were made with shared roles keep them, and neither takes the password of the other', async () => {
    expect(await roleNamesOf(database.superuserUrl)).toEqual(roleNamesInDatabase);
    await expect(makeRoles(database.superuserUrl, newRolePasswords())).rejects.toThrow(RolesInUse);
    for (const url of [database.url, database.ownerUrl, database.importUrl]) await signIn(url);
  });

  it('F10: know a copied DATA_DIR before the server of the original is touched', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'timebank-copied-'));
    try {
      const { port, password } = new URL(database.superuserUrl);
      writeFileSync(join(folder, 'postgres.json'), JSON.stringify({ port: Number(port), password: decodeURIComponent(password) }));
      const copy = await EmbeddedPostgres.prepare(folder);
      await expect(copy.start({ adopt: true })).rejects.toThrow(/DATA_DIR was copied/);
      await copy.stop();
      await signIn(database.url);
    } finally {
      const where = join(folder, 'where');
      if (existsSync(where)) rmSync(readFileSync(where, 'utf8').trim(), { recursive: true, force: true });
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
