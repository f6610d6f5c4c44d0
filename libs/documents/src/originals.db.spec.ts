import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { documentLanguages } from '@timebank/contract';
import { asImporter, forumNewsletter, openRooms, type TestRooms } from '@timebank/testing';
import { catalogue, languageFiles } from './catalogue';
import { DocumentsModule, ImportNewsletter, KeepDigests, ReadDocument, SearchDocuments } from './index';
import { fold } from './words.rules';

const newsletter = forumNewsletter('the originals beside the digests');
const withNewsletter = newsletter === null ? describe['skip'] : describe;

withNewsletter('the originals beside the digests', () => {
  let rooms: TestRooms;
  const bytes = () => newsletter as Buffer;
  const importFile = (file: Uint8Array) =>
    asImporter(rooms.database, (importer) => importer.get(ImportNewsletter, { strict: false }).run(file));
  const rows = () =>
    rooms.database.query<{ section: string; xmin: string }>(
      `select document_slug || '/' || section_slug as section, xmin::text from document_text where source = 'original' order by 1`,
    );

  beforeAll(async () => {
    rooms = await openRooms([DocumentsModule]);
  });
  afterAll(() => rooms.close());

  it('come with every document, section and figure, and lay the digests down with them', async () => {
    expect(await importFile(bytes())).toMatchObject({
      outcome: 'imported',
      missing: [],
      incomplete: [],
      unplaced: [],
      notes: 20,
      figures: { found: catalogue.figures.length, missing: [] },
    });
    const sections = catalogue.documents.flatMap((document) => document.sections.map(({ slug }) => `${document.slug}/${slug}`));
    expect((await rows()).map(({ section }) => section)).toEqual(sections.sort());
  });

  it('stay as they are when the same file comes again', async () => {
    const before = await rows();
    expect((await importFile(bytes())).outcome).toBe('unchanged');
    expect(await rows()).toEqual(before);
  });

  it('stay as they are when a file comes that breaks off anywhere', async () => {
    const before = await rows();
    const whole = bytes();
    for (const share of [0.02, 0.2, 0.37, 0.5, 0.7, 0.93, 0.98]) {
      const report = await importFile(whole.subarray(0, Math.floor(whole.length * share)));
      expect({ share, outcome: report.outcome }).toEqual({ share, outcome: 'refused' });
      expect(report.problem !== null || report.missing.length + report.incomplete.length > 0).toBe(true);
    }
    expect(await rows()).toEqual(before);
  });

  it('stay when the digests are told anew', async () => {
    const en = structuredClone(languageFiles.en);
    en.forecast = 'foretold';
    await asImporter(rooms.database, (importer) =>
      importer.get(KeepDigests, { strict: false }).run({ catalogue, files: { ...languageFiles, en } }),
    );
    expect((await rows()).length).toBe(catalogue.documents.reduce((sum, { sections }) => sum + sections.length, 0));
    await asImporter(rooms.database, (importer) => importer.get(KeepDigests, { strict: false }).run());
    expect((await importFile(bytes())).outcome).toBe('unchanged');
  });

  it('are read passage by passage, each in its own language, with the marks of notes beside the text', async () => {
    const scale = await rooms.get(ReadDocument).section('social-organizations-going-overseas', 'scale', { language: 'zh-Hans' });
    expect(scale.original?.[0]).toMatchObject({ kind: 'heading', language: 'en', text: 'Scale' });
    const noted = scale.original?.find(({ notes }) => notes.length > 0);
    expect(noted?.notes.map(({ mark, at }) => [mark, noted.text.slice(at - 6, at)])).toEqual([
      [14, '767000'],
      [15, ' units'],
    ]);
    expect((await rooms.get(ReadDocument).run('azuki-foundation', { language: 'en' })).hasOriginal).toBe(true);
  });

  it('are found by their own words', async () => {
    const { items } = await rooms.get(SearchDocuments).run({ q: 'an ambiguous posture, perfunctory', language: 'ja', limit: 3 });
    expect(items[0]).toMatchObject({ section: 'national-security', source: 'original', excerptLanguage: 'en' });
    expect(items[0]?.excerpt.filter(({ hit }) => hit).map(({ text }) => text)).toEqual(
      expect.arrayContaining(['ambiguous', 'posture', 'perfunctory']),
    );
  });

  it('lend no sentence to the digests', () => {
    const original = fold(new TextDecoder().decode(bytes())).replace(/\s+/gu, '');
    const copied = documentLanguages.flatMap((language) =>
      Object.values(languageFiles[language].documents).flatMap(({ sections }) =>
        Object.values(sections).flatMap(({ digest }) =>
          digest.flatMap((paragraph) =>
            fold(paragraph)
              .split(/(?<=[.\u3002!?\uff01\uff1f])/u)
              .map((sentence) => sentence.replace(/\s+/gu, ''))
              .filter((sentence) => sentence.length >= 20 && original.includes(sentence)),
          ),
        ),
      ),
    );
    expect(copied).toEqual([]);
  });
});

withNewsletter('what readers ask, with the originals there too', () => {
  let rooms: TestRooms;
  beforeAll(async () => {
    rooms = await openRooms([DocumentsModule]);
    await asImporter(rooms.database, (importer) => importer.get(ImportNewsletter, { strict: false }).run(newsletter as Buffer));
  });
  afterAll(() => rooms.close());

  it.each(documentLanguages)('finds the right section first in %s', async (language) => {
    const asked = JSON.parse(readFileSync(`libs/documents/catalogue/questions.${language}.json`, 'utf8')) as {
      question: string;
      document: string;
      section: string;
    }[];
    const wrong: unknown[] = [];
    for (const { question, document, section } of asked) {
      const [first] = (await rooms.get(SearchDocuments).run({ q: question, language, limit: 5 })).items;
      if (first?.document !== document || first.section !== section) wrong.push({ question, section, found: first?.section });
    }
    expect(wrong).toEqual([]);
  });
});
