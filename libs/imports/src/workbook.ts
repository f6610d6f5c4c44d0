import { refuse } from '@timebank/contract';
import { Parser } from 'saxen';
import { bounds } from './bounds';
import { columnAt, dayOfNumber, isDateFormat, type Merge, mergeOf, plainNumber, unescaped } from './sheet-cells.rules';
import type { Table, TableRow } from './table-row';
import { readZip, textOf, Unpacking, wholeText, type ZipEntry } from './zip';

type Heard = {
  open?: (name: string, attributes: () => Record<string, string>) => void;
  close?: (name: string) => void;
  text?: (text: string) => void;
};

/** Of names with the prefix of a namespace the prefix does not count: programs differ in it. */
const bare = (name: string) => name.slice(name.indexOf(':') + 1);

/** Hears the parts of well-formed XML. A document that declares entities of its own is no workbook. Refuses `imports/not_a_workbook`. */
function hear(xml: string, { open, close, text }: Heard): void {
  const parser = new Parser();
  parser.on('error', () => {
    throw refuse('imports/not_a_workbook');
  });
  parser.on('openTag', (name, attributes, decode) => {
    open?.(bare(name), () => Object.fromEntries(Object.entries(attributes()).map(([key, value]) => [key, decode(value)])));
  });
  parser.on('closeTag', (name) => close?.(bare(name)));
  parser.on('text', (said, decode) => text?.(decode(said)));
  parser.on('cdata', (said) => text?.(said));
  parser.parse(xml);
}

/** Whole elements of one name from a text that comes in stretches, as many as each stretch completes. */
async function* elements(stretches: AsyncIterable<string>, name: 'row' | 'si'): AsyncGenerator<string> {
  const end = new RegExp(`</(?:\\w+:)?${name}>`, 'g');
  const start = new RegExp(`<(?:\\w+:)?${name}[\\s>/]`);
  let rest = '';
  for await (const stretch of stretches) {
    rest += stretch;
    let last = -1;
    for (const found of rest.matchAll(end)) last = found.index + found[0].length;
    if (last < 0) {
      if (rest.length > bounds.sharedCharacters) throw refuse('imports/too_packed');
      continue;
    }
    const whole = rest.slice(0, last);
    rest = rest.slice(last);
    const from = whole.search(start);
    if (from >= 0) yield `<all>${whole.slice(from)}</all>`;
  }
}

type Book = { shared: string[]; dateStyles: boolean[]; epoch: 1900 | 1904 };

/** The texts that cells name by number. */
async function sharedOf(entry: ZipEntry | undefined, unpacking: Unpacking): Promise<string[]> {
  const shared: string[] = [];
  if (!entry) return shared;
  let characters = 0;
  let [said, isSpoken, phonetic] = ['', false, 0];
  for await (const xml of elements(textOf(entry, unpacking), 'si')) {
    hear(xml, {
      open: (name) => {
        if (name === 'si') said = '';
        if (name === 'rPh') phonetic += 1;
        isSpoken = name === 't';
      },
      close: (name) => {
        isSpoken = false;
        if (name === 'rPh') phonetic -= 1;
        if (name !== 'si') return;
        characters += said.length;
        if (characters > bounds.sharedCharacters) throw refuse('imports/too_packed');
        shared.push(unescaped(said));
      },
      // How characters are pronounced stands beside them and is no part of the text.
      text: (text) => {
        if (isSpoken && phonetic === 0) said += text;
      },
    });
  }
  return shared;
}

function dateStylesOf(xml: string): boolean[] {
  const codes = new Map<number, string>();
  const styles: boolean[] = [];
  let isOfCells = false;
  if (xml !== '') {
    hear(xml, {
      open: (name, attributes) => {
        if (name === 'cellXfs') isOfCells = true;
        if (name !== 'numFmt' && !(name === 'xf' && isOfCells)) return;
        const { numFmtId = '0', formatCode } = attributes();
        if (name === 'numFmt') codes.set(Number(numFmtId), formatCode ?? '');
        else styles.push(isDateFormat(Number(numFmtId), codes.get(Number(numFmtId))));
      },
      close: (name) => {
        if (name === 'cellXfs') isOfCells = false;
      },
    });
  }
  return styles;
}

/** Ranges of merged cells stand behind all rows. */
async function mergesOf(entry: ZipEntry, unpacking: Unpacking): Promise<Merge[]> {
  const merges: Merge[] = [];
  let tail = '';
  for await (const stretch of textOf(entry, unpacking)) {
    const seen = tail + stretch;
    for (const [, range] of seen.matchAll(/<(?:\w+:)?mergeCell [^>]*?ref="([A-Z0-9:]+)"[^>]*>/g)) {
      const merge = mergeOf(range as string);
      if (merge) merges.push(merge);
      if (merges.length > bounds.merges) throw refuse('imports/too_packed');
    }
    const open = seen.lastIndexOf('<');
    tail = open >= 0 && seen.indexOf('>', open) < 0 ? seen.slice(open) : '';
    if (tail.length > bounds.cellCharacters) tail = '';
  }
  return merges;
}

function cellText(raw: string, type: string | undefined, style: string | undefined, book: Book): string {
  if (type === 's') return book.shared[Number(raw)] ?? '';
  if (type === 'inlineStr' || type === 'str') return unescaped(raw);
  if (type === 'b') return raw === '1' ? 'true' : 'false';
  // An error, and a formula that nobody has worked out, begin like this; no field takes it.
  if (type === 'e') return raw.startsWith('#') ? raw : `#${raw}`;
  if (type === 'd')
    return raw
      .slice(0, 16)
      .replace('T', ' ')
      .replace(/ 00:00$/, '');
  if (raw !== '' && style !== undefined && book.dateStyles[Number(style)]) return dayOfNumber(Number(raw), book.epoch) ?? raw;
  return plainNumber(raw);
}

/** The rows that stand whole in a stretch of a sheet. */
function rowsIn(xml: string, book: Book, before: number): TableRow[] {
  const rows: TableRow[] = [];
  let line = before;
  let [cells, column, raw] = [[] as string[], -1, ''];
  let cell: Record<string, string> = {};
  let [isValue, isFormula, hasValue] = [false, false, false];
  const open = (name: string, attributes: () => Record<string, string>) => {
    if (name === 'row') {
      line = Number(attributes()['r'] ?? line + 1);
      [cells, column] = [[], -1];
      if (!(line <= bounds.lastLine)) throw refuse('imports/too_many_rows', { mostRows: bounds.rows });
    } else if (name === 'c') {
      cell = attributes();
      column = cell['r'] === undefined ? column + 1 : columnAt(cell['r']);
      [raw, isFormula, hasValue] = ['', false, false];
    } else if (name === 'f') isFormula = true;
    isValue = name === 'v' || name === 't';
    if (isValue) hasValue = true;
  };
  const close = (name: string) => {
    isValue = false;
    if (name === 'c' && column >= 0 && column < bounds.columns) {
      const text = isFormula && !hasValue ? '#N/A' : cellText(raw, cell['t'], cell['s'], book);
      while (cells.length < column) cells.push('');
      cells[column] = text;
    } else if (name === 'row') rows.push({ line, cells });
  };
  const text = (said: string) => {
    if (isValue && raw.length <= bounds.cellCharacters) raw += said;
  };
  hear(xml, { open, close, text });
  return rows;
}

/** Each merged range's later rows say what its first says. */
class Filling {
  private readonly byLine = new Map<number, Merge[]>();
  private open: (Merge & { text: string })[] = [];

  constructor(merges: readonly Merge[]) {
    for (const merge of merges) this.byLine.set(merge.from, [...(this.byLine.get(merge.from) ?? []), merge]);
  }

  fill({ line, cells }: TableRow): void {
    this.open = this.open.filter(({ to }) => to >= line);
    for (const { column, text } of this.open) {
      while (cells.length <= column) cells.push('');
      if (cells[column] === '') cells[column] = text;
    }
    for (const merge of this.byLine.get(line) ?? []) this.open.push({ ...merge, text: cells[merge.column] ?? '' });
  }
}

async function* sheetRows(entry: ZipEntry, unpacking: Unpacking, book: Book, merges: readonly Merge[]): AsyncGenerator<TableRow> {
  const filling = new Filling(merges);
  let line = 0;
  for await (const xml of elements(textOf(entry, unpacking), 'row')) {
    for (const row of rowsIn(xml, book, line)) {
      ({ line } = row);
      filling.fill(row);
      yield row;
    }
  }
}

/** Name and file of the first sheet that is not hidden. */
async function firstSheet(entries: Map<string, ZipEntry>, book: string, unpacking: Unpacking): Promise<{ name: string; entry: ZipEntry }> {
  const sheets: { name: string; id: string; isHidden: boolean }[] = [];
  hear(book, {
    open: (element, attributes) => {
      if (element !== 'sheet') return;
      const { name = '', state, ...others } = attributes();
      sheets.push({
        name,
        id: others['r:id'] ?? Object.entries(others).find(([key]) => key.endsWith(':id'))?.[1] ?? '',
        isHidden: state !== undefined && state !== 'visible',
      });
    },
  });
  const chosen = sheets.find(({ isHidden }) => !isHidden) ?? sheets[0];
  const targets = new Map<string, string>();
  hear(await wholeText(entries.get('xl/_rels/workbook.xml.rels'), unpacking), {
    open: (element, attributes) => {
      if (element === 'Relationship') targets.set(attributes()['Id'] ?? '', attributes()['Target'] ?? '');
    },
  });
  const target = chosen && targets.get(chosen.id);
  const entry = target && entries.get(target.startsWith('/') ? target.slice(1) : `xl/${target}`);
  if (!chosen || !entry) throw refuse('imports/not_a_workbook');
  return { name: chosen.name, entry };
}

/**
 * The first visible sheet of a workbook, row by row. Days come as days whichever way they were counted, formulas as what they were last worked out to,
 * merged cells filled downwards. Refuses `imports/not_a_workbook`, `imports/locked`, `imports/too_packed`, `imports/too_many_rows`.
 */
export async function openWorkbook(bytes: Uint8Array): Promise<Table> {
  const entries = readZip(bytes);
  const unpacking = new Unpacking(bytes.byteLength);
  const main = await wholeText(entries.get('xl/workbook.xml'), unpacking);
  if (main === '') throw refuse('imports/not_a_workbook');
  let epoch: 1900 | 1904 = 1900;
  hear(main, {
    open: (name, attributes) => {
      if (name === 'workbookPr' && /^(1|true|on)$/.test(attributes()['date1904'] ?? '')) epoch = 1904;
    },
  });
  const { name: sheet, entry } = await firstSheet(entries, main, unpacking);
  const dateStyles = dateStylesOf(await wholeText(entries.get('xl/styles.xml'), unpacking));
  const book: Book = { shared: await sharedOf(entries.get('xl/sharedStrings.xml'), unpacking), dateStyles, epoch };
  const merges = await mergesOf(entry, new Unpacking(bytes.byteLength));
  return { format: 'xlsx', encoding: null, separator: null, sheet, epoch, rows: sheetRows(entry, unpacking, book, merges) };
}
