import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type DocumentLanguage, documentLanguages } from '@timebank/contract';
import { asImporter, openRooms, type TestRooms } from '@timebank/testing';
import { DocumentsModule, KeepDigests, SearchDocuments } from './index';

type Question = { question: string; document: string; section: string };

const questions = documentLanguages.flatMap((language) =>
  (JSON.parse(readFileSync(`libs/documents/catalogue/questions.${language}.json`, 'utf8')) as Question[]).map((asked) => ({
    language,
    ...asked,
  })),
);

describe('what readers ask', () => {
  let rooms: TestRooms;
  beforeAll(async () => {
    rooms = await openRooms([DocumentsModule]);
    await asImporter(rooms.database, (importer) => importer.get(KeepDigests, { strict: false }).run());
  });
  afterAll(() => rooms.close());

  const search = (q: string, language: DocumentLanguage, limit = 10) => rooms.get(SearchDocuments).run({ q, language, limit });

  it('has ten questions in each of the four languages', () => {
    for (const language of documentLanguages) expect(questions.filter((asked) => asked.language === language)).toHaveLength(10);
  });

  it.each(questions)('finds the right section first: $language $question', async ({ language, question, document, section }) => {
    const { items } = await search(question, language);
    const [first] = items;
    expect({ document: first?.document, section: first?.section }).toEqual({ document, section });
  });
});
