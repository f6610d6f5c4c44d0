import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, forumNewsletter, type TestDatabase } from '@timebank/testing';
import { run } from './spec-command-line';

const newsletter = forumNewsletter('the import of the real newsletter by command');
const withNewsletter = newsletter === null ? describe['skip'] : describe;

describe('timebank documents import', () => {
  let database: TestDatabase;
  const folder = mkdtempSync(join(tmpdir(), 'timebank-documents-'));
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(async () => {
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  const settings = () => ({
    DATA_DIR: folder,
    DATABASE_URL: database.url,
    DATABASE_OWNER_URL: database.ownerUrl,
    DATABASE_IMPORT_URL: database.importUrl,
  });
  function importFile(content: string | Uint8Array, ...options: string[]) {
    const file = join(folder, 'given.txt');
    writeFileSync(file, content);
    return run(['documents', 'import', file, ...options], settings());
  }
  const originals = () => database.query<{ count: number }>(`select count(*)::int from document_text where source = 'original'`);
  const real = () => (newsletter as Buffer).toString('utf8');

  it('needs a file that is there, and a login that may write', async () => {
    expect(await run(['documents', 'import', join(folder, 'nowhere.txt')], settings())).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('no such file'),
    });
    expect(await run(['documents', 'import'], settings())).toMatchObject({ status: 2, stderr: expect.stringContaining('file') });
    writeFileSync(join(folder, 'given.txt'), 'text');
    expect(await run(['documents', 'import', join(folder, 'given.txt')], { ...settings(), DATABASE_IMPORT_URL: '' })).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('DATABASE_IMPORT_URL'),
    });
    const stranger = new URL(database.importUrl);
    stranger.username = 'nobody_here';
    expect(await run(['migrate'], { ...settings(), DATABASE_IMPORT_URL: stranger.href })).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('create role "nobody_here"'),
    });
  });

  it.each([
    ['an empty file', '', 'empty'],
    ['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13, 0, 1, 2, 3]), 'no text'],
    ['another newsletter', 'The garden club met in April.\n', 'None of the known documents'],
  ])('says what is wrong with %s and imports nothing', async (_, content, word) => {
    const { status, stdout } = await importFile(content);
    expect({ status, stdout }).toEqual({ status: 1, stdout: expect.stringContaining(word) });
    expect(stdout).toContain('nothing was changed');
    expect(await originals()).toEqual([{ count: 0 }]);
  });

  withNewsletter('of the real newsletter', () => {
    it('says where a file breaks off, and imports nothing of it', async () => {
      const { status, stdout } = await importFile(real().slice(0, real().length / 2));
      expect(status).toBe(1);
      expect(stdout).toMatch(/not found: azuki-foundation/);
      expect(await originals()).toEqual([{ count: 0 }]);
    });

    it('imports the real newsletter once, whatever its line ends, and tells what it found', async () => {
      const { status, stdout } = await importFile(real());
      expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringContaining('documents: 3') });
      for (const word of ['lines that belong nowhere: 0', 'footnote marks: 20', 'figures found: 60', '✓ imported'])
        expect(stdout).toContain(word);
      const before = await originals();
      expect(await importFile(real().replaceAll('\n', '\r\n'))).toMatchObject({
        status: 0,
        stdout: expect.stringContaining('nothing was changed'),
      });
      expect(JSON.parse((await importFile(real(), '--json')).stdout)).toMatchObject({
        outcome: 'unchanged',
        unplaced: [],
        missing: [],
        incomplete: [],
      });
      expect(await originals()).toEqual(before);
    });
  });
});
