import { buffer, text } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { type Language, languages, wordFor } from '@timebank/contract';
import { unprintable } from '@timebank/paper';
import { newId } from '@timebank/kernel';
import type { ProveEntries } from '@timebank/ledger';
import type { Statement } from './open-statement';
import { ProveStatement } from './prove-statement';
import { pdfText } from './spec-pdf-text';
import { csvCells, xlsxCells } from './spec-read-back';
import { statementCsv } from './statement-csv';
import type { DrawnEntry } from './statement-entry.rules';
import { statementFileName } from './statement-file-name.rules';
import { statementPdf } from './statement-pdf';
import type { StatementSeal } from './statement-seal.rules';
import { statementWords } from './statement-words';
import { statementXlsx } from './statement-xlsx';

const names = [
  '=HYPERLINK("http://x")',
  '+1',
  '-2',
  '@sum',
  'O\u2019Neil, "Pat"',
  'two\nlines',
  '<b>&amp;</b> _x0041_',
  '\u0001 bell',
  '\u{20BB7}',
];
const amounts = [60, -45, 30, -1, 90, 7, -20, 120, -3];

const seal: StatementSeal = {
  number: 12,
  fingerprint: 'fe'.repeat(32),
  root: 'ab'.repeat(32),
  signature: 'c'.repeat(88),
  publicKeyId: '0123456789abcdef'.repeat(2),
  address: 'https://timebank.example/c/0193a1f0-0000-7000-8000-000000000000/12',
};

/** Sixty entries in two stretches: grants, services of both classes, reversals, names that nobody is called. */
function year(count = 60): { statement: Statement; entries: DrawnEntry[] } {
  let balance = 100;
  const entries = Array.from({ length: count }, (_, index): DrawnEntry => {
    const minutes = amounts[index % amounts.length] as number;
    balance += minutes;
    return {
      version: index + 8,
      transferId: newId(),
      kind: index % 4 === 0 ? 'gift' : 'service',
      class: index % 4 === 0 ? null : index % 4 === 1 ? 'manual' : 'verified',
      visitId: index % 4 === 0 ? null : newId(),
      reversesId: null,
      at: new Date(Date.UTC(2026, 2, 2, 1, index)).toISOString(),
      effectiveAt: '2026-03-02T00:00:00.000Z',
      otherAccountId: newId(),
      otherAccountKind: index % 9 === 8 ? 'pool' : 'member',
      otherName: index % 9 === 8 ? null : (names[index % names.length] as string),
      minutes,
      balanceAfterMinutes: balance,
      isSealed: index < 58,
      serviceKind: index % 4 === 0 ? null : { 'zh-Hans': 'In Chinese', en: 'Company' },
    };
  });
  const statement: Statement = {
    bank: { bankId: newId(), name: 'Drum Tower', timeZone: 'Asia/Shanghai', zone: 'Asia/Shanghai' },
    account: { accountId: newId(), kind: 'member', ownerId: newId(), ownerName: 'Wang Xiaoming', memberNumber: '001000007' },
    period: {
      firstDay: '2026-03-01',
      lastDay: '2026-03-31',
      from: new Date('2026-02-28T16:00:00Z'),
      to: new Date('2026-03-31T16:00:00Z'),
    },
    issuedAt: new Date('2026-03-20T01:00:00Z'),
    openingMinutes: 100,
    closingMinutes: balance,
    aboveVersion: 7,
    throughVersion: 7 + count,
    seal,
    async *stretches() {
      yield entries.slice(0, count >> 1);
      yield entries.slice(count >> 1);
    },
  };
  return { statement, entries };
}

type Figures = { opening: number; entries: [number, number][]; totals: number[]; closing: number };

/** The figures of a table under the columns of CSV and workbook. */
function figuresOf(rows: (string | number)[][], lines: Record<string, string>): Figures {
  const cell = (row: (string | number)[], column: number) => Number(row[column]);
  const line = (name: string) => rows.find((row) => row[0] === lines[name]) as (string | number)[];
  const totals = Object.keys(lines).filter((name) => name.endsWith('Minutes'));
  return {
    opening: cell(line('opening'), 6),
    entries: rows.filter((row) => row[0] === lines['entry']).map((row) => [cell(row, 5), cell(row, 6)]),
    totals: totals.map((name) => cell(line(name), 5)),
    closing: cell(line('closing'), 6),
  };
}

function figuresOfPdf(pages: string[][], language: Language): Figures {
  const { lines, columns } = statementWords(language);
  const all = pages.flat();
  const pattern = new RegExp(`^([+\u2212]?)${wordFor(language, 'amounts', 'hours').replace(/\{\w+\}/g, '(\\d+)')}$`, 'u');
  /** Amounts stand in hours and minutes everywhere. */
  const number = (given: string | undefined) => {
    const [, sign, hours, minutes] = pattern.exec(given ?? '') ?? [];
    return (sign === '\u2212' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  };
  const borders = all.flatMap((given, index) => (given === lines.opening || given === lines.closing ? [index] : [])).slice(2);
  const times = all.flatMap((given, index) => (/^\d{4}-\d\d-\d\d \d\d:\d\d$/.test(given) ? [index] : [])).slice(1);
  const totals = Object.entries(lines).filter(([name]) => name.endsWith('Minutes'));
  return {
    opening: number(all[(borders[0] as number) + 1]),
    // What was done may take two lines; the figures stand right before when it happened.
    entries: times.map((index) => {
      const end = all.findIndex((given, place) => place > index && given.startsWith(columns.effectiveAt));
      return [number(all[end - 2]), number(all[end - 1])];
    }),
    totals: totals.map(([, name]) => number(all[all.indexOf(name) + 1])),
    closing: number(all[(borders[1] as number) + 1]),
  };
}

const jsonOf = (statement: Statement) => new ProveStatement({ run: async () => ({}) } as unknown as ProveEntries).run(statement);
const csvOf = (statement: Statement, language: Language | null) => text(Readable.from(statementCsv(statement, language)));
const xlsxOf = (statement: Statement, language: Language) => buffer(Readable.from(statementXlsx(statement, language)));

async function toldBy(statement: Statement): Promise<Figures> {
  const json = await jsonOf(statement);
  return {
    opening: json.openingMinutes,
    entries: json.entries.map((entry) => [entry.minutes, entry.balanceAfterMinutes]),
    totals: Object.values(json.totals),
    closing: json.closingMinutes,
  };
}

describe('the four forms of a statement', () => {
  it.each(languages)('have the same figures in %s', async (language) => {
    const { statement, entries } = year();
    const told = await toldBy(statement);
    expect(told.entries).toEqual(entries.map((entry) => [entry.minutes, entry.balanceAfterMinutes]));
    const { openingMinutes, totals, closingMinutes } = await jsonOf(statement);
    expect(openingMinutes + totals.inMinutes - totals.outMinutes).toBe(closingMinutes);
    const { lines } = statementWords(language);
    expect(figuresOf(csvCells(await csvOf(statement, language)), lines)).toEqual(told);
    expect(figuresOf(xlsxCells(await xlsxOf(statement, language)), lines)).toEqual(told);
    expect(unprintable(JSON.stringify(statementWords(language)))).toEqual([]);
  });

  // Korean takes two fonts, and the reader of this spec knows one.
  it.each(languages.filter((language) => language !== 'ko'))('have the same figures in the PDF in %s', async (language) => {
    const { statement } = year();
    const pdf = await statementPdf(statement, language);
    expect(figuresOfPdf(pdfText(pdf), language)).toEqual(await toldBy(statement));
  });

  it('name everything in codes where no language was asked for', async () => {
    const { statement } = year(4);
    const rows = csvCells(await csvOf(statement, null));
    const codes = Object.fromEntries(Object.keys(statementWords('en').lines).map((line) => [line, line]));
    expect(rows[0]?.slice(0, 7)).toEqual(['line', 'recordedAt', 'effectiveAt', 'kind', 'class', 'minutes', 'balanceAfterMinutes']);
    expect(rows[3]?.slice(0, 7)).toEqual(['entry', '2026-03-02 09:01', '2026-03-02 08:00', 'service', 'manual', '-45', '115']);
    expect(figuresOf(rows, codes).entries).toHaveLength(4);
  });

  it('never let a name run as a formula, and keep every letter of it', async () => {
    const { statement, entries } = year(9);
    const written = (await csvOf(statement, 'en')).split('\r\n');
    expect(written.join('\n')).not.toMatch(/(^|,)"?[=+@\t]/m);
    const other = csvCells(await csvOf(statement, 'en')).map((row) => row[8]);
    expect(other.slice(2, 6)).toEqual(['\'=HYPERLINK("http://x")', "'+1", "'-2", "'@sum"]);
    const file = await xlsxOf(statement, 'en');
    expect(
      xlsxCells(file)
        .slice(2, 10)
        .map((row) => row[8]),
    ).toEqual(entries.slice(0, 8).map((entry) => entry.otherName));
    expect(xlsxCells(file)[10]?.[7]).toBe(wordFor('en', 'accountKinds', 'pool'));
  });

  it('E6, E8: show the whole name and the member number in the PDF, hours in the headline, and no id', async () => {
    const { statement, entries } = year(9);
    const longest = 'The Time Bank of the Drum Tower District beside the River';
    const named = {
      ...statement,
      bank: { ...statement.bank, name: longest },
      async *stretches() {
        yield entries.map((entry) => ({ ...entry, otherName: longest }));
      },
    };
    const pages = pdfText(await statementPdf(named, 'en'));
    const all = pages.flat();
    expect(all.join(' ').split(longest).length - 1).toBeGreaterThan(9);
    expect(all.join(' ').replace(seal.address, '')).not.toMatch(/\u2026|[0-9a-f]{8}-[0-9a-f]{4}-/);
    expect(all).toContain('Wang Xiaoming \u00b7 001000007');
    const { inMinutes } = (await jsonOf(statement)).totals;
    expect(all).toContain(`${Math.floor(inMinutes / 60)} h ${inMinutes % 60} min`);
    expect(statementFileName(statement, 'en')).toBe('Statement Wang Xiaoming 2026-03-01 to 2026-03-31');
    const odd = { ...statement, account: { ...statement.account, ownerName: 'A/B\\C:"D"' } };
    expect(statementFileName(odd, 'en')).toBe('Statement A B C D 2026-03-01 to 2026-03-31');
  });

  it('E8: tell a reader in tables what was done, and hours, without an id; a program its ids and codes', async () => {
    const { statement, entries } = year(9);
    for (const rows of [csvCells(await csvOf(statement, 'en')), xlsxCells(await xlsxOf(statement, 'en'))]) {
      expect(rows[0]?.slice(9)).toEqual(['What was done', 'Change', 'Balance', 'Text']);
      expect(rows[3]?.slice(9, 12)).toEqual(['Company', '\u22120 h 45 min', '1 h 55 min']);
      const cells = rows.flat().map(String);
      expect(cells).toContain('001000007');
      expect(cells.filter((cell) => cell !== seal.address).join(' ')).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
    }
    for (const rows of [csvCells(await csvOf(statement, null)), xlsxCells(await buffer(Readable.from(statementXlsx(statement, null))))]) {
      expect(rows[0]?.slice(9)).toEqual(['transferId', 'visitId', 'reversesId', 'text']);
      expect(rows[3]?.slice(9, 11)).toEqual([entries[1]?.transferId, entries[1]?.visitId]);
      expect(rows.find(([line]) => line === 'account')?.[12]).toBe(statement.account.accountId);
    }
    expect(
      pdfText(await statementPdf(statement, 'en'))
        .flat()
        .join(' '),
    ).toContain('Service \u00b7 Company');
  });

  it.each([
    ['en', '+1 h 0 min', '1 h 55 min', '\u22120 h 45 min'],
    ['zh-Hans', '+1 \u5c0f\u65f6 0 \u5206', '1 \u5c0f\u65f6 55 \u5206', '\u22120 \u5c0f\u65f6 45 \u5206'],
  ] as const)(
    'E8: tell every amount of the PDF in hours and minutes in %s, in the rows as in the headline',
    async (language, came, after, went) => {
      const { statement } = year(9);
      const all = pdfText(await statementPdf(statement, language)).flat();
      const row = all.indexOf(went);
      expect([all.includes(came), all[row + 1]]).toEqual([true, after]);
      const { lines, minutes } = statementWords(language);
      for (const line of [lines.verifiedInMinutes, lines.manualOutMinutes])
        expect(all[all.indexOf(line) + 1]).toMatch(/\d+ (h|\u5c0f\u65f6) \d+ (min|\u5206)$/);
      const bare = new RegExp(`^${minutes.replace('{minutes}', '\u2212?\\d+')}$`);
      // Plain minutes stand small below the four sums alone; bare numbers are a name and the seal's.
      expect(all.filter((line) => bare.test(line))).toHaveLength(4);
      expect(all.filter((line) => /^[+\u2212]?\d+$/.test(line))).toEqual([names[1], String(seal.number)]);
    },
  );

  it('write times as the bank’s wall clock, in a workbook as times', async () => {
    const { statement } = year(1);
    const [, , row] = xlsxCells(await xlsxOf(statement, 'en'));
    const asInstant = new Date(Math.round((Number(row?.[1]) - 25_569) * 86_400) * 1_000).toISOString();
    expect(asInstant).toBe('2026-03-02T09:00:00.000Z');
    expect(csvCells(await csvOf(statement, 'en'))[2]?.[1]).toBe('2026-03-02 09:00');
  });

  it('quote the newest seal, or say that there is none', async () => {
    const { statement } = year(60);
    const csv = csvCells(await csvOf(statement, 'en'));
    const about = Object.fromEntries(csv.slice(63).map((row) => [row[0], row[12]]));
    expect(about).toMatchObject({
      Checkpoint: '12',
      Fingerprint: seal.fingerprint,
      Root: seal.root,
      Signature: seal.signature,
      'Check it at': seal.address,
    });
    expect(about['Seal']).toBe('58 of the 60 entries above are sealed; the next seal takes in the others.');
    const sealed = pdfText(await statementPdf(statement, 'zh-Hans')).at(-1);
    expect(sealed).toEqual(expect.arrayContaining(['12', seal.fingerprint, seal.root, seal.address]));
    const unsealed = pdfText(await statementPdf({ ...statement, seal: null }, 'zh-Hans')).at(-1);
    expect(unsealed).toContain(statementWords('zh-Hans').seal.none);
    expect(csvCells(await text(Readable.from(statementCsv({ ...statement, seal: null }, null)))).at(-1)).toEqual([
      'seal',
      ...Array(11).fill(''),
      'none',
    ]);
  });

  it('fill pages under a head that is repeated, numbered to the last', async () => {
    const { statement } = year(500);
    const pages = pdfText(await statementPdf(statement, 'en'));
    expect(pages.length).toBeGreaterThan(15);
    for (const [index, page] of pages.entries()) {
      expect(page.at(-1)).toBe(`Page ${index + 1} of ${pages.length}`);
      expect(page.filter((line) => line === 'Other side')).toHaveLength(1);
    }
  });
});
