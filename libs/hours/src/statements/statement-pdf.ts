import { setImmediate } from 'node:timers/promises';
import { fill, hoursText, type Language } from '@timebank/contract';
import { localMinute } from '@timebank/kernel';
import { openPaper } from '@timebank/paper';
import type { Statement } from './open-statement';
import { layoutStatement } from './statement-layout.rules';
import {
  bodyTop,
  drawAbout,
  drawFooter,
  drawHeader,
  drawRow,
  drawSeal,
  heightOf,
  ownerOf,
  page,
  rowHeight,
  room,
  type PdfRow,
} from './statement-page';
import type { DrawnEntry } from './statement-entry.rules';
import { sealSentence } from './statement-seal.rules';
import { emptySum, withEntry } from './statement-totals.rules';
import { statementWords, vocabularyOf } from './statement-words';

function rowsOf(statement: Statement, entries: readonly DrawnEntry[], language: Language): PdfRow[] {
  const vocabulary = vocabularyOf(language);
  const words = statementWords(language);
  const { zone } = statement.bank;
  const balance = (minutes: number) => hoursText(language, minutes);
  /** Above zero with a plus, below with a true minus; never red. */
  const signed = (minutes: number) => (minutes > 0 ? `+${balance(minutes)}` : balance(minutes));
  const border = (what: 'opening' | 'closing', at: string, minutes: number): PdfRow => ({
    at,
    what: vocabulary.line(what),
    other: '',
    change: '',
    after: balance(minutes),
    small: '',
  });
  const lines = entries.map((entry): PdfRow => {
    const [at, effective] = [localMinute(new Date(entry.at), zone), localMinute(new Date(entry.effectiveAt), zone)];
    const what = [vocabulary.kind(entry.kind), vocabulary.serviceKind(entry.serviceKind), vocabulary.class(entry.class)];
    return {
      at,
      what: what.filter((part) => part !== null).join(' \u00b7 '),
      other: entry.otherName ?? vocabulary.accountKind(entry.otherAccountKind),
      change: signed(entry.minutes),
      after: balance(entry.balanceAfterMinutes),
      small: at === effective ? '' : `${words.columns.effectiveAt} ${effective}`,
    };
  });
  return [
    border('opening', statement.period.firstDay, statement.openingMinutes),
    ...lines,
    border('closing', statement.period.lastDay, statement.closingMinutes),
  ];
}

/** A statement to print, A4: whose it is and what it comes to, every entry under a head that is repeated, the seal, page n of m. */
export async function statementPdf(statement: Statement, language: Language): Promise<Buffer> {
  const entries: DrawnEntry[] = [];
  for await (const stretch of statement.stretches()) entries.push(...stretch);
  const sum = entries.reduce(withEntry, emptySum);
  const rows = rowsOf(statement, entries, language);
  const words = statementWords(language);
  const paper = openPaper(`${words.title} \u00b7 ${ownerOf(statement, language)}`, language, [page.width, page.height]);
  const heights = rows.map((row) => heightOf(paper, row));
  const { rowsOnPage, pages } = layoutStatement(heights, room);
  let drawn = 0;
  for (const [index, count] of rowsOnPage.entries()) {
    if (index > 0) paper.nextPage();
    if (index === 0) drawAbout(paper, statement, sum.totals, language);
    const top = bodyTop(index);
    if (count > 0) drawHeader(paper, top, words);
    let used = 1;
    for (const row of rows.slice(drawn, drawn + count)) {
      const height = heights[drawn] as number;
      drawRow(paper, row, top + used * rowHeight, height);
      used += height;
      drawn += 1;
    }
    if (index === pages - 1) drawSeal(paper, top + used * rowHeight, statement.seal, sealSentence(sum, statement.seal, words), words);
    drawFooter(paper, fill(words.page, { page: index + 1, pages }), `${statement.bank.name} \u00b7 ${ownerOf(statement, language)}`);
    // A long statement must not keep the others waiting.
    await setImmediate();
  }
  return paper.finish();
}
