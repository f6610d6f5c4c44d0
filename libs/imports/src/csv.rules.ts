import { refuse } from '@timebank/contract';
import { bounds } from './bounds';
import type { TableRow } from './table-row';

export type CsvText = { text: string; encoding: 'utf-8' | 'utf-16' | 'gb18030' };
const separators = [',', ';', '\t'] as const;
export type Separator = (typeof separators)[number];

function decoded(bytes: Uint8Array, label: string): string | null {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/**
 * The text of a file: UTF-8 with or without its mark, UTF-16 with its mark, else GB18030, of which GBK is a part. Refuses `imports/encoding` where
 * it is none of these, and `imports/nul_byte`, with the line.
 */
export function readText(bytes: Uint8Array): CsvText {
  const [first, second] = bytes;
  const wide = first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : null;
  const tried: [CsvText['encoding'], string][] = wide
    ? [['utf-16', wide]]
    : [
        ['utf-8', 'utf-8'],
        ['gb18030', 'gb18030'],
      ];
  for (const [encoding, label] of tried) {
    const text = decoded(bytes, label);
    if (text === null) continue;
    const nul = text.indexOf('\0');
    if (nul >= 0) throw refuse('imports/nul_byte', { line: text.slice(0, nul).split('\n').length });
    return { text, encoding };
  }
  throw refuse('imports/encoding');
}

/** The sign that parts cells: that of the first line with the most of one, outside quotes. */
export function separatorOf(text: string): Separator {
  for (const line of text.slice(0, 20_000).split(/\r\n|\r|\n/, bounds.linesAboveHead)) {
    const bare = line.replace(/"(?:[^"]|"")*"/g, '');
    const counts = separators.map((separator) => bare.split(separator).length - 1);
    const most = Math.max(...counts);
    if (most > 0) return separators[counts.indexOf(most)] as Separator;
  }
  return ',';
}

/**
 * Rows of a CSV file (RFC 4180) with the number of the line on which each begins. A quote in the middle of a bare cell is a sign like others. Refuses
 * `imports/quote_open` with the line on which the quote began.
 */
export function* csvRows(text: string, separator: Separator): Generator<TableRow> {
  let [at, line] = [0, 1];
  while (at < text.length) {
    const [row, begun] = [[] as string[], line];
    for (;;) {
      const cell = text[at] === '"' ? quotedCell(text, at, line) : bareCell(text, at, separator);
      row.push(cell.text);
      at = cell.end;
      line += cell.lines;
      if (text[at] !== separator) break;
      at += 1;
    }
    if (text[at] === '\r') at += 1;
    if (text[at] === '\n') at += 1;
    line += 1;
    yield { line: begun, cells: row };
  }
}

type ReadCell = { text: string; end: number; lines: number };

function bareCell(text: string, from: number, separator: Separator): ReadCell {
  let end = from;
  for (; end < text.length; end += 1) {
    const sign = text[end];
    if (sign === separator || sign === '\n' || sign === '\r') break;
  }
  return { text: text.slice(from, end), end, lines: 0 };
}

function quotedCell(text: string, from: number, line: number): ReadCell {
  let end = from + 1;
  for (;;) {
    const quote = text.indexOf('"', end);
    if (quote < 0) throw refuse('imports/quote_open', { line });
    end = quote + 1;
    if (text[end] !== '"') break;
    end += 1;
  }
  const inner = text.slice(from + 1, end - 1);
  const said = inner.includes('"') ? inner.replaceAll('""', '"') : inner;
  const lines = inner.includes('\n') ? inner.split('\n').length - 1 : inner.includes('\r') ? inner.split('\r').length - 1 : 0;
  // What stands behind the closing quote belongs to the cell all the same: programs that quote carelessly write it.
  let rest = end;
  while (rest < text.length && !/[,;\t\r\n]/.test(text[rest] as string)) rest += 1;
  return { text: said + text.slice(end, rest), end: rest, lines };
}
