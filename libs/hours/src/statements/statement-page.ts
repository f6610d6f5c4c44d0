import { fill, hoursText, type Language, type StatementTotals } from '@timebank/contract';
import { localMinute } from '@timebank/kernel';
import { ink, type Paper } from '@timebank/paper';
import type { Statement } from './open-statement';
import type { StatementSeal } from './statement-seal.rules';
import { statementWords, type StatementWords, vocabularyOf } from './statement-words';

/** A line of the table; `small` stands under the time. */
export type PdfRow = { at: string; what: string; other: string; change: string; after: string; small: string };

export const page = { width: 595.28, height: 841.89, side: 42 };

export const rowHeight = 25;
const [firstTop, otherTop, footTop] = [250, 48, page.height - 40];
const sealHeight = 125;
const rowsBetween = (top: number) => Math.floor((footTop - 8 - top) / rowHeight) - 1;
export const room = { first: rowsBetween(firstTop), other: rowsBetween(otherTop), seal: Math.ceil(sealHeight / rowHeight) };
export const bodyTop = (index: number) => (index === 0 ? firstTop : otherTop);

const right = page.width - page.side;
const columns = {
  at: { left: page.side + 6, width: 92 },
  what: { left: page.side + 104, width: 128 },
  other: { left: page.side + 238, width: 106 },
  change: { left: page.side + 350, width: 76, align: 'right' },
  after: { left: page.side + 432, width: right - page.side - 438, align: 'right' },
} as const;

/** Whose account: the full name, and the number that tells namesakes apart. */
export function ownerOf({ account }: Statement, language: Language): string {
  const { ownerName, memberNumber, kind } = account;
  return [ownerName ?? vocabularyOf(language).accountKind(kind), memberNumber].filter((part) => part !== null).join(' \u00b7 ');
}

/** The first page's head: title, whose account and which days, and what it comes to. */
export function drawAbout(paper: Paper, statement: Statement, totals: StatementTotals, language: Language): void {
  const words = statementWords(language);
  const { bank, account, period } = statement;
  paper.write(words.title, page.side, 40, { size: 20, color: ink.lake, width: 290 });
  paper.write(bank.name, page.side + 300, 40, { size: 12, align: 'right', lines: 2 });
  const facts: [string, string][] = [
    [words.lines.owner, ownerOf(statement, language)],
    [words.lines.accountKind, vocabularyOf(language).accountKind(account.kind)],
    [words.lines.period, `${fill(words.to, { first: period.firstDay, last: period.lastDay })} (${bank.timeZone})`],
    [words.lines.issuedAt, localMinute(statement.issuedAt, bank.zone)],
  ];
  for (const [index, [name, value]] of facts.entries()) {
    paper.write(name, page.side, 78 + index * 16, { color: ink.soft, width: 88 });
    paper.write(value, page.side + 92, 78 + index * 16, { size: 10, lines: 1 });
  }
  drawSums(paper, statement, totals, language);
}

function drawSums(paper: Paper, { openingMinutes, closingMinutes }: Statement, totals: StatementTotals, language: Language): void {
  const words = statementWords(language);
  const top = 150;
  paper.document.roundedRect(page.side, top, right - page.side, 88, 6).fill(ink.tint);
  const sums: [string, number][] = [
    [words.lines.opening, openingMinutes],
    [words.lines.inMinutes, totals.inMinutes],
    [words.lines.outMinutes, totals.outMinutes],
    [words.lines.closing, closingMinutes],
  ];
  const width = (right - page.side - 24) / sums.length;
  for (const [index, [name, minutes]] of sums.entries()) {
    const left = page.side + 12 + index * width;
    paper.write(name, left, top + 9, { color: ink.soft, width: width - 6 });
    paper.write(hoursText(language, minutes), left, top + 24, { size: 14, width: width - 6 });
    paper.write(fill(words.minutes, { minutes: String(minutes).replace('-', '\u2212') }), left, top + 45, {
      size: 8,
      color: ink.soft,
      width: width - 6,
    });
  }
  const classes = ['verifiedInMinutes', 'verifiedOutMinutes', 'manualInMinutes', 'manualOutMinutes'] as const;
  for (const [index, name] of classes.entries()) {
    const left = page.side + 12 + index * width;
    paper.write(words.lines[name], left, top + 60, { size: 8, color: ink.soft, width: width - 6 });
    paper.write(hoursText(language, totals[name]), left, top + 71, { size: 8.5, width: width - 6 });
  }
}

/** The head of the table, repeated on every page. */
export function drawHeader(paper: Paper, top: number, { columns: names, change, balance }: StatementWords): void {
  paper.document.rect(page.side, top, right - page.side, rowHeight - 4).fill(ink.lake);
  const titles = [
    [columns.at, names.recordedAt],
    [columns.what, names.kind],
    [columns.other, names.otherName],
    [columns.change, change],
    [columns.after, balance],
  ] as const;
  for (const [column, text] of titles) paper.write(text, column.left, top + 4.5, { ...column, size: 8.5, color: '#ffffff' });
}

/** How many row heights a row needs: one height holds two lines, and a name is never cut. */
export function heightOf(paper: Paper, { what, other }: PdfRow): number {
  const lines = [paper.linesOf(other, 9, columns.other.width), paper.linesOf(what, 9, columns.what.width)].map(({ length }) => length);
  return Math.ceil(Math.max(1, ...lines) / 2);
}

export function drawRow(paper: Paper, row: PdfRow, top: number, heights: number): void {
  const lines = heights * 2;
  const base = top;
  for (const name of ['at', 'what', 'other', 'change', 'after'] as const) {
    paper.write(row[name], columns[name].left, base, { ...columns[name], size: 9, lines: name === 'other' || name === 'what' ? lines : 1 });
  }
  paper.write(row.small, columns.at.left, top + 12.5, { size: 6.5, color: ink.soft });
  paper.document
    .moveTo(page.side, top + heights * rowHeight - 3)
    .lineTo(right, top + heights * rowHeight - 3)
    .lineWidth(0.5)
    .stroke(ink.line);
}

/** The checkpoint that seals the ledger, and a code that leads to it. */
export function drawSeal(paper: Paper, top: number, seal: StatementSeal | null, sentence: string, words: StatementWords): void {
  const start = top + 10;
  paper.write(sentence, page.side, start, { width: right - page.side });
  if (seal === null) return;
  const facts: [string, string][] = [
    [words.lines.checkpoint, String(seal.number)],
    [words.lines.fingerprint, seal.fingerprint],
    [words.lines.root, seal.root],
    [words.lines.key, seal.publicKeyId],
    [words.lines.address, seal.address],
  ];
  for (const [index, [name, value]] of facts.entries()) {
    paper.write(name, page.side, start + 20 + index * 15, { size: 8, color: ink.soft, width: 64 });
    paper.write(value, page.side + 68, start + 20 + index * 15, { size: 8, width: right - page.side - 68 - 100 });
  }
  paper.drawCode(seal.address, right - 84, start + 14, 72);
  paper.write(words.seal.scan, right - 84, start + 89, { size: 8, color: ink.soft, width: 84 });
}

export function drawFooter(paper: Paper, numbered: string, whose: string): void {
  paper.write(whose, page.side, footTop + 6, { size: 7.5, color: ink.soft, width: 360 });
  paper.write(numbered, page.side + 370, footTop + 6, { size: 7.5, color: ink.soft, align: 'right' });
}
