import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { asImporter, openRooms, type TestRooms } from '@timebank/testing';
import { Client } from 'pg';
import { catalogue, languageFiles } from './catalogue';
import { DocumentsModule, ImportNewsletter, KeepDigests, ListDocuments, ReadDocument, SearchDocuments } from './index';

const tables = [
  'document',
  'document_section',
  'document_text',
  'document_figure',
  'document_problem',
  'document_label',
  'document_word',
  'document_measure',
  'document_release',
];

describe('the documents in the database', () => {
  let rooms: TestRooms;
  const keep = (digests?: Parameters<KeepDigests['run']>[0]) =>
    asImporter(rooms.database, (importer) => importer.get(KeepDigests, { strict: false }).run(digests));
  const importFile = (text: string | Uint8Array) =>
    asImporter(rooms.database, (importer) =>
      importer.get(ImportNewsletter, { strict: false }).run(typeof text === 'string' ? new TextEncoder().encode(text) : text),
    );
  /** Which rows exist, and which transaction wrote each. */
  const state = () =>
    rooms.database.query(
      tables.map((table) => `select '${table}' as "table", xmin::text, to_jsonb(t)::text as row from ${table} t`).join(' union all ') +
        ' order by 1, 3',
    );

  beforeAll(async () => {
    rooms = await openRooms([DocumentsModule]);
  });
  afterAll(() => rooms.close());

  it('are laid down once; the same again touches no row', async () => {
    expect(await keep()).toBe(true);
    const before = await state();
    expect(await keep()).toBe(false);
    expect(await state()).toEqual(before);
  });

  it('are laid down once by two processes at the same moment', async () => {
    await rooms.database.query('delete from document_release');
    expect((await Promise.all([keep(), keep(), keep()])).filter(Boolean)).toHaveLength(1);
    const [{ texts }] = (await rooms.database.query<{ texts: number }>('select texts from document_measure')) as [{ texts: number }];
    expect(texts).toBe(43 * 4);
  });

  it('follow a release that tells them differently', async () => {
    const en = structuredClone(languageFiles.en);
    const azuki = en.documents['azuki-foundation'];
    if (azuki) azuki.title = 'Small beans';
    expect(await keep({ catalogue, files: { ...languageFiles, en } })).toBe(true);
    expect((await rooms.get(ReadDocument).run('azuki-foundation', { language: 'en' })).title).toBe('Small beans');
    expect(await keep()).toBe(true);
    expect((await rooms.get(ReadDocument).run('azuki-foundation', { language: 'en' })).title).not.toBe('Small beans');
  });

  it.each(tables)('refuses every write of the application to %s', async (table) => {
    const client = new Client({ connectionString: rooms.database.url });
    await client.connect();
    try {
      for (const write of [
        `insert into ${table} default values`,
        `delete from ${table}`,
        `truncate ${table}`,
        `drop table ${table}`,
        `alter table ${table} add column other text`,
      ]) {
        const refused = await client.query(write).catch((error: { code: string }) => error.code);
        expect({ write, refused }).toEqual({ write, refused: '42501' });
      }
      const [column] = (
        await client.query<{ name: string }>(`select column_name as name from information_schema.columns where table_name = $1 limit 1`, [
          table,
        ])
      ).rows;
      expect(
        await client.query(`update ${table} set ${column?.name} = ${column?.name}`).catch((error: { code: string }) => error.code),
      ).toBe('42501');
    } finally {
      await client.end();
    }
  });

  it('let the import write them and nothing else', async () => {
    const granted = await rooms.database.query<{ name: string }>(
      `select distinct table_name as name from information_schema.role_table_grants where grantee = 'timebank_import' order by 1`,
    );
    expect(granted.map(({ name }) => name)).toEqual([...tables].sort());
  });

  it.each([
    ['an empty file', '', 'empty'],
    ['blank lines', '\n\n \t\n', 'empty'],
    [
      'a picture',
      new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52, 0, 0, 1, 0]),
      'binary',
    ],
    ['another newsletter', 'Spring greetings\n\nThe garden club met in April and planted 40 roses.\n', 'not_this_newsletter'],
  ])('say of %s what it is, and change nothing', async (_, file, problem) => {
    const before = await state();
    const report = await importFile(file);
    expect(report).toMatchObject({ outcome: 'refused', problem, documents: [] });
    expect(await state()).toEqual(before);
  });

  it('tell figures with their unit, their year and where they come from, in every language', async () => {
    const shown = async (language: 'zh-Hans' | 'ja' | 'en' | 'ko') =>
      (await rooms.get(ListDocuments).figures({ language })).items.find(({ figure }) => figure === 'yicang-participants')?.shown;
    const letters = { 'zh-Hans': '1000\u4e07', ja: '1000\u4e07', en: '10 million', ko: '1000\ub9cc' };
    for (const [language, text] of Object.entries(letters)) expect(await shown(language as 'en')).toContain(text);
  });

  it('are found by names in their own letters, by numbers and by Latin words in any text', async () => {
    const first = async (q: string) => (await rooms.get(SearchDocuments).run({ q, language: 'en', limit: 3 })).items[0]?.section;
    const printed = (slug: string) => catalogue.people.find((person) => person.slug === slug)?.name ?? '';
    expect(await first(printed('okuda-tomoshi'))).toBe('case-houboku-housing');
    expect(await first(printed('zhao-gang'))).toBe('case-education-for-older-people');
    expect(await first('48.6')).toBe('keynote-korea-ageing');
    expect(await first('HUG IN')).toBe('case-hug-in');
    expect(await first('the of and')).toBeUndefined();
  });
});
