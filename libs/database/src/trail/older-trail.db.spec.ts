import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { openRooms, type TestDatabase, type TestRooms } from '@timebank/testing';
import { migrate } from '../migrations';
import { onDatabase } from '../on-database';
import { makeRoles, roleNamesInDatabase } from '../roles';
import { UnitOfWork } from '../unit-of-work';
import { CheckTrail, cityId } from './check-trail';

const folder = resolve('prisma-free-migrations');

/** The numbered files before 0083, and the functions that they do not make themselves. */
function olderFiles(): string {
  const older = mkdtempSync(join(tmpdir(), 'timebank-older-'));
  cpSync(folder, older, { recursive: true });
  for (const file of readdirSync(older).filter((name) => /^\d{4}-/.test(name) && name >= '0083')) rmSync(join(older, file));
  for (const name of ['keep_trail', 'lay_trail', 'lay_standing', 'erase_trail', 'transactions_behind'])
    rmSync(join(older, `functions/${name}.sql`));
  return older;
}

describe('a trail in two tables', () => {
  const older = olderFiles();
  const name = `older_${newId().slice(-12)}`;
  let newer: TestRooms;
  let server: TestDatabase;
  let rooms: TestRooms;
  const of = (url: string) => Object.assign(new URL(url), { pathname: `/${name}` }).href;
  const query = (sql: string) =>
    onDatabase(of(server.superuserUrl), async (client) => (await client.query<Record<string, unknown>>(sql)).rows);

  beforeAll(async () => {
    newer = await openRooms([]);
    server = newer.database;
    await server.query(`create database ${name} template template0`);
    const passwordOf = (url: string) => decodeURIComponent(new URL(url).password);
    const passwords = { owner: passwordOf(server.ownerUrl), app: passwordOf(server.url), import: passwordOf(server.importUrl) };
    await makeRoles(of(server.superuserUrl), passwords);
    await migrate(of(server.ownerUrl), roleNamesInDatabase, older);
  });
  afterAll(async () => {
    await rooms.close();
    await server.query(`drop database ${name} with (force)`);
    await newer.close();
    rmSync(older, { recursive: true, force: true });
  });

  it('becomes one: what was told and erased stays so, each row is as its trail says, and it goes on', async () => {
    const [one, two] = [newId(), newId()];
    await query(`set timebank.who = '{"work": "spec"}';
      insert into person (person_id, sign_in_phone, created_at) values ('${one}', '13800000001', now()), ('${two}', '13800000002', now());
      update person set sign_in_phone = '13800000003' where person_id = '${one}';
      update person set sign_in_phone = '13800000004' where person_id = '${two}';
      insert into role (person_id, role, granted_at) values ('${one}', 'auditor', now());
      update person set sign_in_phone = null where person_id = '${two}';
      select erase_trail('${cityId}', 'person', '${two}')`);
    const sealed =
      'select bank_id, number, recorded_xid::text, happened_at, work, act, row_keys, states, told from audit_trail order by number';
    const before = await query(sealed);
    expect(before.length).toBeGreaterThan(5);

    expect(await migrate(of(server.ownerUrl), roleNamesInDatabase, folder)).toEqual(expect.arrayContaining(['functions']));
    expect((await query(sealed)).slice(0, before.length)).toEqual(before);
    const database = { ...server, url: of(server.url), query: query as TestDatabase['query'] };
    rooms = await openRooms([], { ...newer, database });
    const check = () => rooms.get(CheckTrail).run(cityId);
    expect(await check()).toEqual([]);
    await rooms.get(UnitOfWork).run([], () => rooms.get(UnitOfWork).query('delete from role where person_id = $1', [one]));
    await query(`set timebank.who = '{"work": "spec"}'; select erase_trail('${cityId}', 'person', '${one}')`);
    expect(JSON.stringify(await query(`select changes from audit_trail where table_name = 'person'`))).not.toContain('138');
    expect(await check()).toEqual([]);
    await query(`set session_replication_role = replica; update person set disabled_at = now() where person_id = '${two}'`);
    expect(await check()).toEqual([{ fault: 'wrong_row', id: `person ${two}` }]);
  });
});
