import { rowsXml, sheetEnd, sheetStart, workbookParts } from '@timebank/paper';
import { newId } from '@timebank/kernel';
import { strToU8, zipSync } from 'fflate';
import { Random } from '../random';

/** A row of a file; `right` is what it should have said, null where it should not be there at all. */
export type MadeRow = { cells: string[]; right: string[] | null; fault: string | null };
export type MadeFile = { heads: string[]; rows: MadeRow[] };

const surnames = '\u8d75\u94b1\u5b59\u674e\u5468\u5434\u90d1\u738b\u51af\u9648';
const given = '\u5b89\u5e73\u548c\u660e\u7389\u6885\u5170\u82b3\u82f1\u534e';
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** The number of an identity card of nobody: district 000000. `wrong`: its check digit is another one. */
function identity(birthDate: string, serial: number, wrong = false): string {
  const digits = `000000${birthDate.replaceAll('-', '')}${String(serial % 1_000).padStart(3, '0')}`;
  const sum = weights.reduce((total, weight, index) => total + weight * Number(digits[index]), wrong ? 1 : 0);
  return digits + '10X98765432'[sum % 11];
}

const birthOf = (index: number) => new Date(Date.UTC(1930, 0, 1) + (index % 20_000) * 86_400_000).toISOString().slice(0, 10);
/** Nobody shares name and birth date: the name goes on where the days begin again. */
const nameOf = (index: number) =>
  [
    surnames[index % 10],
    given[Math.floor(index / 10) % 10],
    given[Math.floor(index / 20_000) % 10],
    given[Math.floor(index / 100) % 10],
  ].join('');
const numberOf = (index: number) => `A${String(index).padStart(6, '0')}`;
const tomorrow = () => new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);

type Spoil = (cells: string[], index: number) => string[] | null;
const at =
  (place: number, text: string): Spoil =>
  (cells) =>
    cells.with(place, text);

const memberHeads = [
  '\u4f1a\u5458\u53f7',
  '\u59d3\u540d',
  '\u51fa\u751f\u65e5\u671f',
  '\u8eab\u4efd\u8bc1\u53f7',
  '\u7535\u8bdd',
  '\u7c7b\u522b',
  '\u751f\u6d3b\u60c5\u51b5',
];
const memberFaults: Record<string, Spoil> = {
  born_1899: (cells) => cells.with(2, '1899-12-31').with(3, ''),
  born_tomorrow: (cells) => cells.with(2, tomorrow()).with(3, ''),
  no_such_day: (cells) => cells.with(2, '1948-02-30').with(3, ''),
  check_digit: (cells, index) => cells.with(3, identity(cells[2] as string, index, true)),
  other_identity: (cells, index) => cells.with(3, identity('1955-05-05', index)),
  bad_phone: at(4, '12-34'),
  bell_in_name: (cells) => cells.with(1, `${cells[1]}\u0007`),
  no_name: at(1, ''),
  unknown_role: at(5, '\u5382\u957f'),
  unknown_circumstances: at(6, '\u5bcc\u88d5'),
};
const balanceHeads = ['No', 'Name', 'Minutes'];
const balanceFaults: Record<string, Spoil> = {
  negative: at(2, '-60'),
  no_minutes: at(2, 'many'),
  unknown_number: (cells) => cells.with(0, 'Z999999').with(1, ''),
  other_name: at(1, '\u738b\u738b\u738b\u738b'),
  above_cap: at(2, '9000000'),
};
const visitHeads = ['Volunteer number', 'Client number', 'Service', 'Date', 'Start', 'End'];
const visitFaults: Record<string, Spoil> = {
  ends_before: (cells) => cells.with(4, '11:00').with(5, '10:00'),
  unknown_volunteer: at(0, 'Z1'),
  oneself: (cells) => cells.with(1, cells[0] as string),
  in_future: (cells) => cells.with(3, tomorrow()),
  no_day: at(3, 'Monday'),
};
/** Twenty kinds of fault. */
export const faultKinds = [...Object.keys(memberFaults), ...Object.keys(balanceFaults), ...Object.keys(visitFaults)];

/** Three rows of a hundred are spoilt, in turns of every kind. */
function spoilt(heads: string[], rows: string[][], faults: Record<string, Spoil>, random: Random): MadeFile {
  const kinds = Object.entries(faults);
  let turn = 0;
  const made = rows.map((right, index): MadeRow => {
    if (random.integer(1, 100) > 3) return { cells: right, right, fault: null };
    const [fault, spoil] = kinds[(turn += 1) % kinds.length] as [string, Spoil];
    return { cells: spoil(right, index) ?? right, right, fault };
  });
  return { heads, rows: made };
}

const indexes = (count: number) => Array.from({ length: count }, (_, index) => index);

/** Members, what each of them had saved, and four visits for each. */
export function makeFiles(members: number, random: Random): Record<'members' | 'balances' | 'visits', MadeFile> {
  const people = indexes(members).map((index) => {
    const birthDate = birthOf(index);
    const role = index % 2 === 0 ? '\u5fd7\u613f\u8005' : '\u670d\u52a1\u5bf9\u8c61';
    const phone = `142${String(10_000_000 + index)}`;
    return [numberOf(index), nameOf(index), birthDate, identity(birthDate, index), phone, role, index % 5 === 0 ? '\u72ec\u5c45' : ''];
  });
  const balances = indexes(members).map((index) => [numberOf(index), nameOf(index), String(random.integer(1, 6_000))]);
  const visits = indexes(members * 4).map((index) => {
    const volunteer = index % members;
    const client = (volunteer + 1 + Math.floor(index / members)) % members;
    const day = new Date(Date.UTC(2018, 0, 1) + (index % 2_000) * 86_400_000).toISOString().slice(0, 10);
    return [numberOf(volunteer), numberOf(client), '\u966a\u4f34', day, '09:00', `10:${String(index % 60).padStart(2, '0')}`];
  });
  return {
    members: spoilt(memberHeads, people, memberFaults, random),
    balances: spoilt(balanceHeads, balances, balanceFaults, random),
    visits: spoilt(visitHeads, visits, visitFaults, random),
  };
}

/** Bytes of GBK for each character, learnt from the decoder. */
function gbkTable(): Map<string, [number, number]> {
  const table = new Map<string, [number, number]>();
  const decoder = new TextDecoder('gbk');
  for (let high = 0x81; high <= 0xfe; high += 1) {
    for (let low = 0x40; low <= 0xfe; low += 1) {
      const character = decoder.decode(new Uint8Array([high, low]));
      if ([...character].length === 1 && character !== '\ufffd' && !table.has(character)) table.set(character, [high, low]);
    }
  }
  return table;
}

export function asGbk(text: string): Buffer {
  const table = gbkTable();
  const bytes = Buffer.alloc(text.length * 2);
  let length = 0;
  for (const character of text) {
    if (character.charCodeAt(0) < 0x80) length = bytes.writeUInt8(character.charCodeAt(0), length);
    else for (const byte of table.get(character) ?? [0x3f]) length = bytes.writeUInt8(byte, length);
  }
  return bytes.subarray(0, length);
}

const csvCell = (cell: string) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
export const asCsv = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [heads, ...rows].map((cells) => cells.map(csvCell).join(',')).join('\n');

/** A workbook of one sheet. */
export function asXlsx(heads: readonly string[], rows: readonly (readonly string[])[]): Uint8Array {
  const parts: string[] = [
    sheetStart(
      heads.map(() => 14),
      1,
    ),
    rowsXml([heads], 1, true),
  ];
  for (let from = 0; from < rows.length; from += 2_000) parts.push(rowsXml(rows.slice(from, from + 2_000), from + 2));
  const sheet = parts.join('') + sheetEnd;
  const others = Object.entries(workbookParts(`Made ${newId().slice(-4)}`)).map(([name, text]) => [name, strToU8(text)] as const);
  return zipSync({ ...Object.fromEntries(others), 'xl/worksheets/sheet1.xml': strToU8(sheet) }, { level: 6 });
}
