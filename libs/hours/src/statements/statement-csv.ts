import type { Language } from '@timebank/contract';
import { csvMark, writeCsv } from '@timebank/kernel';
import type { Cell } from '@timebank/paper';
import type { Statement } from './open-statement';
import { statementRows } from './statement-table.rules';
import { emptySum, withEntry } from './statement-totals.rules';
import { statementWords, vocabularyOf } from './statement-words';

const plain = (cell: Cell) => (typeof cell === 'object' && cell !== null ? cell.wallClock : cell);
const written = (...rows: Cell[][]) => writeCsv(rows.map((row) => row.map(plain)));

/**
 * A statement as CSV, a stretch at a time: opening, entries, closing, totals, whose account it is, the seal. Without a language
 * its names are codes, for programs; the columns are the same in every language. No cell can run as a formula.
 */
export async function* statementCsv(statement: Statement, language: Language | null): AsyncGenerator<string> {
  const rows = statementRows(statement, vocabularyOf(language));
  let sum = emptySum;
  yield csvMark + written(rows.header(), rows.opening());
  for await (const entries of statement.stretches()) {
    sum = entries.reduce(withEntry, sum);
    yield written(...entries.map(rows.entry));
  }
  const sentences = language === null ? null : statementWords(language);
  yield written(rows.closing(), ...rows.totals(sum), ...rows.about(), ...rows.seal(sum, sentences));
}
