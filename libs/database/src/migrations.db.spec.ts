import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, linesOf, listsInHistory, type TestDatabase } from '@timebank/testing';
import { migrate } from './migrations';
import { roleNamesInDatabase } from './roles';
import { refuseOtherSchema } from './schema-state';

const folder = resolve('prisma-free-migrations');
const list = 'prisma-free-migrations/released.sha256';
const numbered = readdirSync(folder).filter((file) => /^\d{4}-/.test(file));
const released = linesOf(readFileSync(list, 'utf8'));

describe('the numbered files', () => {
  it('F12: are as they were released', () => {
    const here = new Map(
      numbered.map((file) => [
        file,
        createHash('sha256')
          .update(readFileSync(`${folder}/${file}`))
          .digest('hex'),
      ]),
    );
    expect(released.length).toBeGreaterThanOrEqual(38);
    expect(released.filter((line) => here.get(line.slice(66)) !== line.slice(0, 64))).toEqual([]);
  });

  it('F12: are all on the list up to the newest that was released', () => {
    const names = released.map((line) => line.slice(66));
    const newest = names.at(-1) as string;
    expect(names).toEqual(names.toSorted());
    expect(numbered.filter((file) => file <= newest && !names.includes(file))).toEqual([]);
  });

  it('F12: never had another line on that list, in as much of its history as is here', () => {
    for (const before of [released, ...listsInHistory(list)]) expect(before.filter((line) => !released.includes(line))).toEqual([]);
  });
});

describe('a database of another version', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  const bringUp = () => migrate(database.ownerUrl, roleNamesInDatabase, folder);
  /** What every program says that meets this database, whether it migrates or only works with it. */
  const complaints = () =>
    Promise.all(
      [bringUp(), refuseOtherSchema(database.ownerUrl, folder), refuseOtherSchema(database.url, folder)].map((met) =>
        met.then(
          () => 'nothing',
          (fault: Error) => fault.message,
        ),
      ),
    );
  const three = (sentence: RegExp) => Array.from({ length: 3 }, () => expect.stringMatching(sentence));

  it('F12: is none when every file has run', async () => {
    expect(await bringUp()).toEqual([]);
    expect(await complaints()).toEqual(['nothing', 'nothing', 'nothing']);
  });

  it('F12: is refused by whoever does not bring it up when it is older, with the way to do so', async () => {
    const [newest] = await database.query<{ name: string; checksum: string }>(
      'select * from migration_checksum order by name desc limit 1',
    );
    await database.query('delete from migration_checksum where name = $1', [newest?.name]);
    await expect(refuseOtherSchema(database.url, folder)).rejects.toThrow(/older .* 1 migrations .* npx timebank migrate/);
    await database.query('insert into migration_checksum values ($1, $2)', [newest?.name, newest?.checksum]);
    await database.query(`revoke select on migration_checksum from ${roleNamesInDatabase.app}`);
    await expect(refuseOtherSchema(database.url, folder)).rejects.toThrow(/older .* npx timebank migrate/);
    await database.query(`grant select on migration_checksum to ${roleNamesInDatabase.app}`);
  });

  it('F12: is refused by everybody when it is newer, and nothing is changed', async () => {
    await database.query(`insert into migration_checksum values ('9001-what-comes', 'x')`);
    expect(await complaints()).toEqual(three(/brought up by another version .* 9001-what-comes/));
    await database.query(`delete from migration_checksum where name = '9001-what-comes'`);
  });

  it('F12: is refused by everybody when a file was edited, which is named', async () => {
    await database.query(`update migration_checksum set checksum = 'x' where name = '0010-ledger-chain'`);
    expect(await complaints()).toEqual(three(/0010-ledger-chain\.sql is not the one .*released\.sha256/));
  });
});
