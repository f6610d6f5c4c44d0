import type { Language } from '@timebank/contract';
import { strToU8, Zip, ZipDeflate } from 'fflate';
import type { Statement } from './open-statement';
import { statementRows } from './statement-table.rules';
import { emptySum, withEntry } from './statement-totals.rules';
import { statementWords, vocabularyOf } from './statement-words';
import { rowsXml, sheetEnd, sheetStart, workbookParts } from '@timebank/paper';

const widths = {
  reader: [22, 17, 17, 14, 12, 15, 15, 14, 20, 16, 16, 16, 40],
  program: [22, 17, 17, 14, 12, 15, 15, 14, 20, 38, 38, 38, 40],
};

/** Bytes of a zip file produced so far, until somebody takes them. */
function openZip(): { zip: Zip; taken(): Uint8Array } {
  let chunks: Uint8Array[] = [];
  const zip = new Zip((fault, chunk) => {
    if (fault) throw fault;
    chunks.push(chunk);
  });
  return {
    zip,
    taken: () => {
      const bytes = Buffer.concat(chunks);
      chunks = [];
      return bytes;
    },
  };
}

async function* sheetOf(statement: Statement, language: Language | null): AsyncGenerator<string> {
  const rows = statementRows(statement, vocabularyOf(language));
  let sum = emptySum;
  let next = 3;
  yield (
    sheetStart(language === null ? widths.program : widths.reader, 1) + rowsXml([rows.header()], 1, true) + rowsXml([rows.opening()], 2)
  );
  for await (const entries of statement.stretches()) {
    sum = entries.reduce(withEntry, sum);
    yield rowsXml(entries.map(rows.entry), next);
    next += entries.length;
  }
  yield (
    rowsXml(
      [rows.closing(), ...rows.totals(sum), ...rows.about(), ...rows.seal(sum, language === null ? null : statementWords(language))],
      next,
    ) + sheetEnd
  );
}

/**
 * A statement as a workbook of one sheet, in stretches: numbers as numbers, times as times, text that never runs. Without a language as for programs.
 */
export async function* statementXlsx(statement: Statement, language: Language | null): AsyncGenerator<Uint8Array> {
  const { zip, taken } = openZip();
  const add = (path: string) => {
    const file = new ZipDeflate(path, { level: 2 });
    zip.add(file);
    return file;
  };
  for (const [path, text] of Object.entries(workbookParts(language === null ? 'statement' : statementWords(language).sheet)))
    add(path).push(strToU8(text), true);
  const sheet = add('xl/worksheets/sheet1.xml');
  for await (const xml of sheetOf(statement, language)) {
    sheet.push(strToU8(xml));
    yield taken();
  }
  sheet.push(new Uint8Array(0), true);
  zip.end();
  yield taken();
}
