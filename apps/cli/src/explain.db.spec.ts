import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SchemaFault, UnfitPooler } from '@timebank/database';
import { createTestDatabase, type TestDatabase } from '@timebank/testing';
import { explain } from './explain';
import { program } from './program';

const folder = mkdtempSync(join(tmpdir(), 'timebank-explained-'));
const plain = { ...process.env };

function dataDirWith(name: string, content: string): string {
  const home = mkdtempSync(join(folder, 'home-'));
  writeFileSync(join(home, name), content);
  return home;
}

describe('what an operator reads when it cannot go on', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
    writeFileSync(join(folder, 'file'), 'no folder');
    mkdirSync(join(folder, 'nothing'));
  });
  afterAll(async () => {
    process.env = plain;
    rmSync(folder, { recursive: true, force: true });
    await database.drop();
  });

  /** One line on standard error and an exit code, as `main.ts` gives them. */
  async function said(args: string[], settings: Record<string, string>): Promise<string> {
    process.env = { ...plain, DATA_DIR: join(folder, 'nothing'), SECRET_KEY: 's'.repeat(32), ...settings };
    const { text, code } = await program.parseAsync(args, { from: 'user' }).then(() => ({ text: 'nothing', code: 0 }), explain);
    expect(code).toBeGreaterThan(0);
    expect(text.split('\n')).toHaveLength(1);
    expect(text).not.toMatch(/^\w*Error|\bat .*:\d+:\d+/);
    return text;
  }
  const on = (change: Partial<Record<'host' | 'password' | 'pathname', string>>) => ({
    DATABASE_URL: Object.assign(new URL(database.superuserUrl), change).href,
  });

  it.each([
    [
      'a server that is not there',
      () => ({ DATABASE_URL: 'postgres://a:b@127.0.0.1:1/c' }),
      'Nothing listens at 127.0.0.1:1: start the database',
    ],
    ['a wrong password', () => on({ password: 'wrong' }), 'The database refuses this login (password authentication failed'],
    ['a database that is not there', () => on({ pathname: '/nowhere' }), 'database "nowhere" does not exist: create it'],
    ['a data folder that is a file', () => ({ ...on({}), DATA_DIR: join(folder, 'file') }), 'and not a folder. Set DATA_DIR'],
    ['a data folder below a file', () => ({ ...on({}), DATA_DIR: join(folder, 'file/below') }), 'lies below a file'],
    [
      'kept passwords that are no JSON',
      () => ({ ...on({}), DATA_DIR: dataDirWith('roles.json', '{"owner":') }),
      'roles.json cannot be read: it is no JSON',
    ],
    [
      'a kept key that is no JSON',
      () => ({ ...on({}), SECRET_KEY: '', DATA_DIR: dataDirWith('secret.json', '') }),
      'secret.json cannot be read',
    ],
    ['a kept port that is no JSON', () => ({ DATA_DIR: dataDirWith('postgres.json', '[]') }), 'does not say {"port","password"}'],
    [
      "a fast clock on a database of one's own",
      () => ({ CLOCK_SPEED: '60', DATABASE_URL: 'postgres://a:b@127.0.0.1:1/c' }),
      'CLOCK_SPEED: only with the embedded database',
    ],
  ])('F15: of %s', async (_, settings, words) => {
    expect(await said(['migrate'], settings())).toContain(words);
  });

  it.each([
    [['grants', 'run', 'nobody', '2026-11'], 'No time bank has the id or the name nobody.'],
    [['grants', 'preview', 'nobody', '11/2026'], 'Not a month: 11/2026. Write it as 2026-11.'],
    [['admin', '12'], '12 is no phone number to sign in with.'],
    [['admin'], 'Name the phone of an admin, or --list.'],
    [['verify', 'nowhere.json'], 'nowhere.json: no such file'],
    [['verify', '.'], 'name a file'],
    [['documents', 'import', 'nowhere.txt'], 'nowhere.txt: no such file'],
    [['audit', '--checkpoints', 'nowhere'], 'nowhere: no such folder'],
    [['seal', '--after-restore'], '--after-restore needs --who NAME and --why TEXT'],
    [['keys', '--accept'], '--accept needs --who NAME and --why TEXT.'],
  ])('F15: of %s', async (args, words) => {
    const settings = { DATABASE_URL: database.url, DATABASE_OWNER_URL: database.ownerUrl };
    expect(await said(args, settings)).toContain(words);
  });

  it.each([
    [{ code: 'ENOTFOUND', hostname: 'db.example' }, 'There is no host db.example: look at DATABASE_URL.'],
    [{ code: 'EACCES', path: '/data/secret.json' }, '/data/secret.json may not be used by this user. Set DATA_DIR'],
    [{ code: 'EROFS', path: '/data/where' }, '/data/where lies on a disk that is read-only. Set DATA_DIR'],
    [{ code: 'ENOSPC', path: '/data/where' }, 'The disk is full (/data/where). Make room and try again.'],
    [{ errors: [Object.assign(new Error(''), { code: 'ECONNREFUSED', address: '::1', port: 5432 })] }, 'Nothing listens at ::1:5432'],
    [{ cause: Object.assign(new Error('too many clients'), { code: '53300' }) }, 'takes no more connections (too many clients)'],
  ])('F15: of a fault %o', async (fault, words) => {
    expect((await explain(Object.assign(new Error('raw'), fault))).text).toContain(words);
  });

  it('F15: asks for another start only where the operator has something to settle first', async () => {
    expect((await explain(new SchemaFault('older'))).code).toBe(2);
    expect((await explain(new UnfitPooler('shared'))).code).toBe(2);
    expect((await explain(Object.assign(new Error(''), { code: 'ECONNREFUSED', address: '::1', port: 5432 }))).code).toBe(1);
  });

  it('F15: keeps the stack of a fault of the program', async () => {
    expect(await explain(new TypeError('no such thing'))).toMatchObject({ code: 1, text: expect.stringContaining('explain.db.spec') });
  });
});
