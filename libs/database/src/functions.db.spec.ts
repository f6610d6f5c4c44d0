import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createTestDatabase, linesOf, listsInHistory, type TestDatabase } from '@timebank/testing';
import { migrate } from './migrations';
import { onDatabase } from './on-database';
import { roleNamesInDatabase } from './roles';
import { readSchemaFiles, refuseForeignSchema, refuseOtherSchema, SchemaFault } from './schema-state';

const folder = resolve('prisma-free-migrations');
const list = 'prisma-free-migrations/functions.sha256';
const files = readdirSync(`${folder}/functions`).sort();
const read = (file: string) => readFileSync(`${folder}/functions/${file}`, 'utf8');
const lineOf = (file: string) => `${createHash('sha256').update(read(file)).digest('hex')}  functions/${file}`;
const newestOf = (lines: string[], file: string) => lines.findLast((line) => line.endsWith(`  functions/${file}`));

/** Its body says by how much a restored ledger counts on, and is written by `count_transactions_on`: a file would set it back. */
const kept = ['transaction_offset'];
/** Those of the audit trail are made by `keep_trail`, one a table. */
const isKept = (name: string) => kept.includes(name) || name.startsWith('trail_of_');

describe('the files of functions', () => {
  it('are on the list in the form that they have; `npm run generate` adds what is not', () => {
    const lines = linesOf(readFileSync(list, 'utf8'));
    if (process.env['GENERATE'] === 'on') {
      const news = files.filter((file) => newestOf(lines, file) !== lineOf(file)).map(lineOf);
      writeFileSync(list, [...lines, ...news, ''].join('\n'));
    }
    const listed = linesOf(readFileSync(list, 'utf8'));
    expect(files.filter((file) => newestOf(listed, file) !== lineOf(file))).toEqual([]);
    // A form that comes again would look older than what came between.
    expect(listed).toEqual([...new Set(listed)]);
  });

  it('keep every form on the list that ever was, in as much of its history as is here', () => {
    const listed = linesOf(readFileSync(list, 'utf8'));
    for (const before of listsInHistory(list)) expect(listed.filter((line) => before.includes(line))).toEqual(before);
  });
});

describe('a database and its functions', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  const definitions = `select p.oid::regprocedure::text as name, pg_get_functiondef(p.oid) as text, p.proacl::text as grants, p.proowner::regrole::text as owner
    from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prokind <> 'a'
     and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e') order by 1`;
  const bringUp = () => migrate(database.ownerUrl, roleNamesInDatabase, folder);

  it('have one file for each, which makes nothing else', async () => {
    const there = (await database.query<{ name: string }>(definitions)).map(({ name }) => name.split('(')[0] as string);
    expect(there.filter((name) => !isKept(name))).toEqual(files.map((file) => file.replace('.sql', '')));
    const made = files.map((file) =>
      [...read(file).matchAll(/^create (?:or replace )?(?:function|procedure) (\w+)/gm)].map(([, name]) => `${name}.sql`),
    );
    expect(made.flat()).toEqual(files);
  });

  it('are what the files say: to apply them again, with their bodies checked, changes none', async () => {
    const again = await onDatabase(database.ownerUrl, async (client) => {
      await client.query('begin');
      await client.query(`select set_config('timebank.app_role', $1, true), set_config('timebank.import_role', $2, true)`, [
        roleNamesInDatabase.app,
        roleNamesInDatabase.import,
      ]);
      for (const file of files) await client.query(read(file));
      const { rows } = await client.query(definitions);
      await client.query('rollback');
      return rows;
    });
    expect(again).toEqual(await database.query(definitions));
  });

  describe('of another version', () => {
    const before = 'a'.repeat(64);
    const record = (name: string, checksum: string) =>
      database.query('update function_checksum set checksum = $2 where name = $1', [name, checksum]);
    beforeEach(async () => {
      await database.query('delete from function_checksum');
      await bringUp();
    });

    it('are brought up where they are older, and whoever does not bring them up refuses', async () => {
      const sound = await database.query(definitions);
      await database.query(`create or replace function each_bank(banks uuid[]) returns text language sql as 'select null'`);
      await database.query(`delete from function_checksum where name = 'each_bank'`);
      await expect(refuseOtherSchema(database.url, folder)).rejects.toThrow(
        /older .* 1 functions are older, .* each_bank. .* npx timebank migrate/,
      );
      expect(await bringUp()).toEqual(['functions']);
      expect(await database.query(definitions)).toEqual(sound);
      expect(await bringUp()).toEqual([]);
      await refuseOtherSchema(database.url, folder);
    });

    it('are refused by everybody where they are newer, and nothing is changed', async () => {
      await record('each_bank', before);
      for (const met of [bringUp(), refuseOtherSchema(database.ownerUrl, folder), refuseOtherSchema(database.url, folder)]) {
        await expect(met).rejects.toThrow(/brought up by another version .* the function each_bank that this version does not know/);
      }
      await database.query(`insert into function_checksum values ('what_comes', $1)`, [before]);
      await record('each_bank', lineOf('each_bank.sql').slice(0, 64));
      await expect(bringUp()).rejects.toThrow(/another version .* what_comes/);
      expect(await database.query(`select checksum from function_checksum where name = 'what_comes'`)).toEqual([{ checksum: before }]);
    });

    it('are told apart from a file that was edited here, which is named', () => {
      const { numbered, functions } = readSchemaFiles(folder);
      const recorded = { numbered: [...numbered], functions: [...functions] };
      const edited = functions.map((file) => (file.name === 'each_bank' ? { ...file, checksum: before } : file));
      expect(() => refuseForeignSchema({ numbered, functions: edited }, recorded)).toThrow(/functions\/each_bank\.sql is not the one/);
      const renewed = functions.map((file) =>
        file.name === 'each_bank' ? { ...file, checksum: before, forms: [...file.forms, before] } : file,
      );
      refuseForeignSchema({ numbered, functions: renewed }, recorded);
    });

    it('may have one more that a numbered file takes away, and none without', async () => {
      await database.query(`insert into function_checksum values ('each_day', $1)`, [before]);
      await expect(bringUp()).rejects.toThrow(SchemaFault);
      const next = mkdtempSync(join(tmpdir(), 'timebank-next-'));
      cpSync(folder, next, { recursive: true });
      writeFileSync(join(next, '9001-no-days.sql'), 'drop function if exists each_day();\n');
      expect(await migrate(database.ownerUrl, roleNamesInDatabase, next)).toEqual([expect.stringContaining('9001-no-days')]);
      expect(await database.query(`select from function_checksum where name = 'each_day'`)).toEqual([]);
      await refuseOtherSchema(database.url, next);
      rmSync(next, { recursive: true });
    });
  });
});
