import { refuse } from '@timebank/contract';
import { bounds } from './bounds';
import { csvRows, readText, separatorOf } from './csv.rules';
import type { Table } from './table-row';
import { openWorkbook } from './workbook';

const startsWith = (bytes: Uint8Array, ...signs: number[]) => signs.every((sign, index) => bytes[index] === sign);

/** A file as a table, by what it holds and not by what it is called. Refuses what `readText`, `csvRows` and `openWorkbook` refuse, and `imports/old_workbook`. */
export async function openTable(bytes: Uint8Array): Promise<Table> {
  if (bytes.byteLength > bounds.fileBytes) throw refuse('request/too_large', { mostBytes: bounds.fileBytes });
  if (startsWith(bytes, 0x50, 0x4b)) return openWorkbook(bytes);
  // What spreadsheets wrote until 2007, and what they write behind a password.
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) throw refuse('imports/old_workbook');
  const { text, encoding } = readText(bytes);
  const separator = separatorOf(text);
  return { format: 'csv', encoding, separator, sheet: null, epoch: null, rows: csvRows(text, separator) };
}
