import { type DocumentLanguage, documentLanguages } from '@timebank/contract';
import { DocumentsImportModule, KeepDigests } from '@timebank/documents';
import { RunningClock } from '@timebank/kernel';
import { Client } from 'pg';
import { ApiProcess } from './api-process';
import { openRooms } from './bench-rooms';
import { HttpCaller } from './http-caller';
import { rateOf, spreadOf, timesOf } from './load';
import { makeDocuments, MadeWords } from './made-documents';
import { PrivateDatabase } from './private-database';
import { Random } from './random';
import { type Measurement, type Progress, summarise } from './report';
import { cityAdmin } from './small-city';

const secondsARound = 20;
/** At most; on a busy machine less, so that what is measured is an answer and not a queue. */
const searchesASecond = 40;
const warmUps = 200;

type Ask = { isSearch: boolean; path: string; slug: string };

/** Questions of two to six words in every language, and reads of one row by its primary key, by turns. */
function asksOf(count: number, documents: number, words: MadeWords, random: Random): Ask[] {
  return Array.from({ length: count }, (_, index) => {
    const language = documentLanguages[Math.floor(index / 2) % documentLanguages.length] as DocumentLanguage;
    const question = words.text(language, random.integer(2, 6)).slice(0, 200);
    return {
      isSearch: index % 2 === 0,
      path: `/api/documents/search?language=${language}&q=${encodeURIComponent(question)}`,
      slug: `made-${random.integer(0, documents - 1)}`,
    };
  });
}

/**
 * p95 of a search over many documents through HTTP, in milliseconds, and how many times as long that is as the p95 of reading one
 * text's row by its primary key on a bare connection; both asked for by turns in one open loop.
 */
export async function measureDocumentSearch(
  load: { documents: number; rounds: number },
  progress: Progress,
): Promise<(readonly [string, Measurement])[]> {
  const database = await PrivateDatabase.open();
  const bare = new Client({ connectionString: database.url });
  try {
    const random = new Random(17);
    const words = new MadeWords(random);
    progress(`writing ${load.documents} documents`);
    const rooms = await openRooms(database.importUrl, new RunningClock(), [DocumentsImportModule]);
    await rooms.get(KeepDigests).run(makeDocuments(load.documents, words));
    await rooms.close();
    await database.analyze();
    await bare.connect();
    const api = await ApiProcess.start({ databaseUrl: database.url, admin: cityAdmin });
    const caller = new HttpCaller(api.origin);
    const readRow = (slug: string) =>
      bare.query({
        name: 'row',
        text: `select passages from document_text where document_slug = $1 and section_slug = 'first' and language = 'en' and source = 'digest'`,
        values: [slug],
      });
    try {
      const send = async ({ isSearch, path, slug }: Ask) => void (await (isSearch ? caller.must('GET', path) : readRow(slug)));
      const asks = (count: number) => asksOf(count, load.documents, words, random);
      const openRate = Math.min(searchesASecond * 2, Math.ceil((await rateOf(asks(warmUps), 4, send)) / 3));
      const rounds: { search: number; ratio: number; text: string }[] = [];
      for (let round = 1; round <= load.rounds; round += 1) {
        progress(`searching, ${round} of ${load.rounds}`);
        const asked = asks(openRate * secondsARound);
        const times = await timesOf(asked, openRate, send);
        const of = (isSearch: boolean) => spreadOf(times.filter((_, index) => asked[index]?.isSearch === isSearch));
        const [search, row] = [of(true), of(false)];
        rounds.push({
          search: search.p95,
          ratio: search.p95 / row.p95,
          text: `${search.p50}/${search.p95} and ${row.p50}/${row.p95}, dropped ${search.dropped}`,
        });
      }
      return figuresOf(load.documents, openRate, rounds);
    } finally {
      caller.close();
      await api.end();
    }
  } finally {
    await bare.end().catch(() => undefined);
    await database.close();
  }
}

function figuresOf(
  documents: number,
  openRate: number,
  rounds: readonly { search: number; ratio: number; text: string }[],
): (readonly [string, Measurement])[] {
  const [search, ratio] = [summarise(rounds.map((round) => round.search)), summarise(rounds.map((round) => round.ratio))];
  const how = `p50/p95 ms of searches and of rows by primary key, open loop at ${openRate}/s by turns: ${rounds.map(({ text }) => text).join('; ')}`;
  return [
    ['documents.search', { value: Number(search.median.toFixed(1)), note: `${search.text} at ${documents} documents; ${how}` }],
    ['documents.ratio', { value: Number(ratio.median.toFixed(1)), note: `${ratio.text}, the same run` }],
  ];
}
