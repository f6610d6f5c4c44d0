import { ink, openPaper, type Paper } from '@timebank/paper';
import { cardSize, drawFace, points } from './draw-card';
import words from './card-words.zh-Hans.json' with { type: 'json' };

export type CardOfSheet = { url: string; code: string; name: string; memberNumber: string; homeAddress: string | null };
/** Plain data: it goes from one thread to another. */
export type CardSheet = { bankName: string; bankPhone: string; cards: CardOfSheet[] };

const page = [points(2 * cardSize.width), points(2 * cardSize.height)] as const;
const ofPage = 4;
const linesOfPage = 28;
const line = { top: 34, height: 9 };
const columns = { place: 16, name: 30, number: 80, address: 118 };

/** Whose card has which number: a card itself names nobody, so the numbers lead from one to the other. */
function drawList(paper: Paper, { bankName, cards }: CardSheet): void {
  for (let first = 0; first < cards.length; first += linesOfPage) {
    if (first > 0) paper.nextPage();
    paper.write(`${bankName} · ${words.list}`, points(columns.place), points(14), { size: 14 });
    paper.write(words.listHint, points(columns.place), points(23), { color: ink.soft });
    for (const [index, { name, memberNumber, homeAddress }] of cards.slice(first, first + linesOfPage).entries()) {
      const top = points(line.top + index * line.height);
      const say = (text: string, left: number, until: number) =>
        paper.write(text, points(left), top, { size: 10, width: points(until - left - 2) });
      say(String(first + index + 1), columns.place, columns.name);
      say(name, columns.name, columns.number);
      say(memberNumber, columns.number, columns.address);
      say(homeAddress ?? '', columns.address, 2 * cardSize.width - 12);
    }
  }
}

function drawCuts({ document }: Paper): void {
  const [width, height] = page;
  document.lineWidth(0.5).dash(4, { space: 4 }).strokeColor(ink.line);
  document.moveTo(width / 2, 0).lineTo(width / 2, height);
  document.moveTo(0, height / 2).lineTo(width, height / 2);
  document.stroke().undash();
}

/** Cards to print, four on a page of A4 to be cut into A6, after the list of whose they are. */
export function drawCardSheet(sheet: CardSheet): Promise<Buffer> {
  const paper = openPaper(sheet.bankName, 'zh-Hans', page);
  drawList(paper, sheet);
  for (const [index, { url, code }] of sheet.cards.entries()) {
    const place = index % ofPage;
    if (place === 0) {
      paper.nextPage();
      drawCuts(paper);
    }
    const corner = [(place % 2) * (page[0] / 2), place < 2 ? 0 : page[1] / 2] as const;
    drawFace(paper, { url, code, bankName: sheet.bankName, bankPhone: sheet.bankPhone }, corner);
    const foot = corner[1] + points(cardSize.height - 7);
    paper.write(String(index + 1), corner[0], foot, { size: 7, color: ink.soft, align: 'right', width: points(cardSize.width - 5) });
  }
  return paper.finish();
}
