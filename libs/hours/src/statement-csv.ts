import type { Language } from '@timebank/contract';
import { csvMark, writeCsv } from './csv.rules';
import type { Statement } from './open-statement';
import { sealSentence, type StatementSeal } from './statement-seal.rules';
import { type Cell, statementRows } from './statement-table.rules';
import { noTotals, withEntry } from './statement-totals.rules';
import { statementWords, vocabularyOf } from './statement-words';

const plain = (cell: Cell) => (typeof cell === 'object' && cell !== null ? cell.wallClock : cell);
const written = (...rows: Cell[][]) => writeCsv(rows.map((row) => row.map(plain)));

/**
 * A statement as CSV, a stretch at a time: opening, entries, closing, totals, whose account it is, the seal. Without a language
 * its names are codes, for programs; the columns are the same in every language. No cell can run as a formula.
 */
export async function* statementCsv(statement: Statement, seal: StatementSeal | null, language: Language | null): AsyncGenerator<string> {
  const rows = statementRows(statement, vocabularyOf(language));
  let totals = noTotals;
  yield csvMark + written(rows.header(), rows.opening());
  for await (const entries of statement.stretches()) {
    totals = entries.reduce(withEntry, totals);
    yield written(...entries.map(rows.entry));
  }
  const sentence = sealSentence(statement, seal, language === null ? null : statementWords(language));
  yield written(rows.closing(), ...rows.totals(totals), ...rows.about(), ...rows.seal(seal, sentence));
}
