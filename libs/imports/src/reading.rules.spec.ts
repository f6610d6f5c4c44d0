import { describe, expect, it } from '@jest/globals';
import { Refusal } from '@timebank/kernel';
import { strToU8, zipSync } from 'fflate';
import {
  readBirthDate,
  readCircumstances,
  readDay,
  readHours,
  readIdentity,
  readLine,
  readMinutes,
  readRelation,
  readRoles,
  readTime,
} from './cells.rules';
import { foldHeader, guessColumns, guessKind, missingFields } from './columns.rules';
import { csvRows, readText, separatorOf } from './csv.rules';
import { openTable } from './read-table';
import { columnAt, dayOfNumber, isDateFormat, mergeOf, plainNumber } from './sheet-cells.rules';
import type { TableRow } from './table-row';

const bytes = (...values: number[]) => new Uint8Array(values);
const rowsOf = (text: string) => [...csvRows(text, separatorOf(text))].map(({ line, cells }) => [line, ...cells]);
const said = (read: object) => Object.values(read)[0] as unknown;
async function refusalOf(work: () => unknown): Promise<unknown[]> {
  try {
    await work();
  } catch (error) {
    if (error instanceof Refusal) return [error.code, error.parameters];
    throw error;
  }
  return [];
}

/** A workbook of one sheet, as the rows and parts say. */
function workbook(sheet: string, parts: { workbookPr?: string; styles?: string; shared?: string; behind?: string } = {}): Uint8Array {
  const r = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  return zipSync({
    'xl/workbook.xml': strToU8(
      `<workbook xmlns:r="${r}">${parts.workbookPr ?? ''}<sheets><sheet name="Old" state="hidden" sheetId="1" r:id="r1"/><sheet name="A &amp; B" sheetId="2" r:id="r2"/></sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': strToU8(
      `<Relationships><Relationship Id="r1" Target="worksheets/none.xml"/><Relationship Id="r2" Target="worksheets/sheet2.xml"/></Relationships>`,
    ),
    'xl/styles.xml': strToU8(`<styleSheet>${parts.styles ?? ''}</styleSheet>`),
    ...(parts.shared === undefined ? {} : { 'xl/sharedStrings.xml': strToU8(`<sst>${parts.shared}</sst>`) }),
    'xl/worksheets/sheet2.xml': strToU8(`<worksheet><sheetData>${sheet}</sheetData>${parts.behind ?? ''}</worksheet>`),
  });
}

async function sheetRows(file: Uint8Array): Promise<unknown[][]> {
  const rows: TableRow[] = [];
  for await (const row of (await openTable(file)).rows) rows.push(row);
  return rows.map(({ line, cells }) => [line, ...cells]);
}

describe('a CSV file', () => {
  it('is read in UTF-8 with or without its mark, UTF-16 and GB18030, and nothing else', async () => {
    expect(readText(bytes(0xef, 0xbb, 0xbf, 0x41))).toEqual({ text: 'A', encoding: 'utf-8' });
    expect(readText(bytes(0xd0, 0xd5, 0xc3, 0xfb))).toEqual({ text: '\u59d3\u540d', encoding: 'gb18030' });
    expect(readText(bytes(0xff, 0xfe, 0x59, 0x54))).toEqual({ text: '\u5459', encoding: 'utf-16' });
    expect(await refusalOf(() => readText(bytes(0x41, 0xff, 0xff, 0x41)))).toEqual(['imports/encoding', {}]);
    expect(await refusalOf(() => readText(bytes(0x41, 10, 0x42, 0, 0x41)))).toEqual(['imports/nul_byte', { line: 2 }]);
  });

  it('parts cells by comma, semicolon or tab, and keeps what stands in quotes', async () => {
    expect(rowsOf('a;b\n"x;""y""";2,5')).toEqual([
      [1, 'a', 'b'],
      [2, 'x;"y"', '2,5'],
    ]);
    expect(rowsOf('a\tb\r\n"two\nlines"\tc\r\nlast\td')).toEqual([
      [1, 'a', 'b'],
      [2, 'two\nlines', 'c'],
      [4, 'last', 'd'],
    ]);
    expect(rowsOf('a,b\r\rc')).toEqual([
      [1, 'a', 'b'],
      [2, ''],
      [3, 'c'],
    ]);
    expect(await refusalOf(() => rowsOf('a,b\n1,2\nx,"open\nand on'))).toEqual(['imports/quote_open', { line: 3 }]);
  });
});

describe('a workbook', () => {
  it('gives days of both epochs, shared, inline and computed texts, and numbers as they were typed', async () => {
    const styles = `<numFmts><numFmt numFmtId="170" formatCode="yyyy&quot;y&quot;mm"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/></cellXfs>`;
    const sheet =
      `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>Birth_x0041_</t></is></c></row>` +
      `<row r="3"><c r="A3" s="1"><v>17654</v></c><c r="B3" t="str"><f>A1&amp;1</f><v>text</v></c><c r="D3"><v>1.38E10</v></c><c r="E3"><v>0.30000000000000004</v></c></row>` +
      `<row r="4"><c r="A4" s="2"><v>17654.5</v></c><c r="B4"><f>1/0</f></c><c r="C4" t="e"><v>#REF!</v></c><c r="D4" t="b"><v>1</v></c></row>`;
    const shared = `<si><r><t>Na</t></r><r><t>me</t></r><rPh><t>no</t></rPh></si>`;
    expect(await sheetRows(workbook(sheet, { styles, shared }))).toEqual([
      [1, 'Name', 'BirthA'],
      [3, '1948-05-01', 'text', '', '13800000000', '0.3'],
      [4, '1948-05-01 12:00', '#N/A', '#REF!', 'true'],
    ]);
    const from1904 = await sheetRows(workbook(sheet, { styles, shared, workbookPr: '<workbookPr date1904="1"/>' }));
    expect(from1904[1]?.[1]).toBe('1952-05-02');
  });

  it('fills merged cells downwards, and reads other programs’ prefixes', async () => {
    const row = (line: number, a: string) =>
      `<x:row r="${line}"><x:c r="A${line}" t="str"><x:v>${a}</x:v></x:c><x:c r="B${line}"><x:v>${line}</x:v></x:c></x:row>`;
    const file = workbook(row(1, 'Head') + row(2, 'One') + row(3, '') + row(4, ''), {
      behind: '<x:mergeCells><x:mergeCell ref="A2:A3"/></x:mergeCells>',
    });
    expect((await sheetRows(file)).map((cells) => cells[1])).toEqual(['Head', 'One', 'One', '']);
  });

  it('is refused when it is broken, locked, old, or made to fill a memory', async () => {
    const whole = workbook('<row r="1"/>');
    expect(await refusalOf(() => sheetRows(whole.subarray(0, whole.length - 30)))).toEqual(['imports/not_a_workbook', {}]);
    expect(await refusalOf(() => sheetRows(bytes(0xd0, 0xcf, 0x11, 0xe0, 1)))).toEqual(['imports/old_workbook', {}]);
    const bomb = zipSync({
      'xl/workbook.xml': strToU8('<workbook/>'.padEnd(100 * 1_024 * 1_024, ' ')),
    });
    expect(bomb.length).toBeLessThan(200_000);
    expect(await refusalOf(() => sheetRows(bomb))).toEqual(['imports/too_packed', {}]);
    expect(await refusalOf(() => sheetRows(workbook('<row r="2000000"><c r="A2000000"><v>1</v></c></row>')))).toEqual([
      'imports/too_many_rows',
      { mostRows: 300_000 },
    ]);
    expect(await refusalOf(() => sheetRows(workbook('<row r="1"><c><v>&lt</c></row>')))).toEqual(['imports/not_a_workbook', {}]);
  });

  it('knows formats of days from others, and columns by their letters', () => {
    expect([14, 22, 31, 57].map((id) => isDateFormat(id, undefined))).toEqual([true, true, true, true]);
    expect([
      isDateFormat(1, undefined),
      isDateFormat(170, '0.00 "days"'),
      isDateFormat(171, '[$-804]yyyy-mm'),
      isDateFormat(172, 'General'),
    ]).toEqual([false, false, true, false]);
    expect([dayOfNumber(1, 1900), dayOfNumber(61, 1900), dayOfNumber(0.375, 1900), dayOfNumber(-1, 1900), dayOfNumber(0, 1904)]).toEqual([
      '1900-01-01',
      '1900-03-01',
      '09:00',
      null,
      '1904-01-01',
    ]);
    expect([columnAt('A1'), columnAt('AA7'), columnAt('7')]).toEqual([0, 26, -1]);
    expect([mergeOf('B2:C9'), mergeOf('B2:D2')]).toEqual([{ column: 1, from: 2, to: 9 }, null]);
    expect([plainNumber('1e3'), plainNumber('007'), plainNumber('12.50')]).toEqual(['1000', '007', '12.5']);
  });
});

describe('columns', () => {
  it('are known by exact names in five languages, then by parts, and by what was chosen before', () => {
    expect(guessColumns('members', ['\u59d3\u540d*', '\u51fa\u751f\u65e5\u671f\uff08\u5fc5\u586b\uff09', 'Mobile'])).toEqual({
      name: 0,
      birthDate: 1,
      phone: 2,
    });
    expect(guessColumns('members', ['\u6c0f\u540d', '\u751f\u5e74\u6708\u65e5'])).toEqual({ name: 0, birthDate: 1 });
    expect(guessColumns('members', ['\uc131\uba85', '\uc0dd\ub144\uc6d4\uc77c', '\uc8fc\uc18c'])).toEqual({
      name: 0,
      birthDate: 1,
      homeAddress: 2,
    });
    expect(guessColumns('members', ['Full name of the member', 'customer', 'Their birth date'])).toEqual({ name: 0, birthDate: 2 });
    expect(guessColumns('members', ['X1', 'X2'], { x1: 'name', x2: 'birthDate' })).toEqual({ name: 0, birthDate: 1 });
    expect(foldHeader(' Birth\u3000Date (required)* ')).toBe('birthdate');
  });

  it('tell the kind of a file, and what it lacks', () => {
    const kinds = ['members', 'balances', 'visits', 'relations', 'qualifications'] as const;
    expect(guessKind(['Member number', 'Minutes'], kinds)).toBe('balances');
    expect(guessKind(['Volunteer', 'Client', 'Service', 'Date', 'Minutes'], kinds)).toBe('visits');
    expect(guessKind(['Name', 'Relative', 'Relation'], kinds)).toBe('relations');
    expect(guessKind(['Nothing', 'Known'], kinds)).toBe('members');
    expect(missingFields('members', { name: 0 })).toEqual(['birthDate']);
    expect(missingFields('visits', { volunteerName: 0, serviceKind: 1, day: 2, hours: 3 })).toEqual([]);
  });
});

describe('cells', () => {
  it.each([
    ['1948-05-01', '1948-05-01'],
    ['1948/5/1', '1948-05-01'],
    ['1948.05.01', '1948-05-01'],
    ['19480501', '1948-05-01'],
    ['\uff11\uff19\uff14\uff18\uff0f\uff15\uff0f\uff11', '1948-05-01'],
    ['1948\u5e745\u67081\u65e5', '1948-05-01'],
    ['1948\ub144 5\uc6d4 1\uc77c', '1948-05-01'],
    ['1948-05-01 00:00:00', '1948-05-01'],
    ['1948-02-30', 'unreadable_day'],
    ['5/1/48', 'unreadable_day'],
    ['17654', 'unreadable_day'],
  ])('%s is the day %s', (cell, day) => expect(said(readDay(cell, null))).toBe(day));

  it('read numbers of days only in a workbook, and birth dates of nobody not yet born', () => {
    expect([said(readDay('17654', 1900)), said(readDay('17654', 1904))]).toEqual(['1948-05-01', '1952-05-02']);
    expect(said(readBirthDate('1899-12-31', null, '2026-11-30'))).toBe('too_early');
    expect(said(readBirthDate('2026-12-01', null, '2026-11-30'))).toBe('in_future');
    expect(said(readBirthDate('2026-11-30', null, '2026-11-30'))).toBe('2026-11-30');
  });

  it('read amounts, times and numbers of identity cards', () => {
    expect(['90', '1,250', '\uff19\uff10', '90.0', '-5', '1.5', 'x', '99999999'].map((cell) => said(readMinutes(cell)))).toEqual([
      90,
      1_250,
      90,
      90,
      'negative',
      'unreadable_minutes',
      'unreadable_minutes',
      'too_many_minutes',
    ]);
    expect(['1.5', '1:30', '0.33', '12', '2,25', '1:75'].map((cell) => said(readHours(cell)))).toEqual([
      90,
      90,
      20,
      720,
      135,
      'unreadable_minutes',
    ]);
    expect(['9:05', '2024-03-01 09:05', '24:00', '25:00', '9'].map((cell) => said(readTime(cell)))).toEqual([
      '09:05',
      '09:05',
      '24:00',
      'unreadable_time',
      'unreadable_time',
    ]);
    expect(said(readIdentity('11010519491231002X'))).toEqual({ birthDate: '1949-12-31', gender: 'woman' });
    expect([said(readIdentity('110105194912310021')), said(readIdentity('123'))]).toEqual(['check_digit', 'unreadable_identity']);
  });

  it('read choices by any of their words, and refuse what cannot be shown', () => {
    expect(said(readRoles('\u5fd7\u613f\u8005\u3001 Client'))).toEqual(['client', 'volunteer']);
    expect(said(readCircumstances('\u72ec\u5c45; low income'))).toEqual(['living_alone', 'low_income']);
    expect([said(readRelation('wife')), said(readRelation('boss'))]).toEqual(['spouse', 'unknown_value']);
    expect([said(readLine('a\u202eb', 9)), said(readLine('\ufffd', 9)), said(readLine('#REF!', 9)), said(readLine('abcdef', 5))]).toEqual([
      'unprintable_text',
      'unprintable_text',
      'cell_error',
      'too_long',
    ]);
  });
});
