import { openPaper, type Paper } from '@timebank/paper';
import QRCode from 'qrcode';
import { groupCode } from './card-text.rules';
import words from './card-words.zh-Hans.json' with { type: 'json' };

export type CardFace = { url: string; code: string; bankName: string; bankPhone: string };

const quietModules = 4;
const smallestModule = 1.2;
const usualSymbol = 45;
/** A6, in millimetres. */
export const cardSize = { width: 105, height: 148 };
export const points = (millimetres: number) => (millimetres * 72) / 25.4;

/** Millimetres of one module: a symbol of 45 mm, or more when a long address would make modules too small to read. */
export function moduleSize(modules: number): number {
  return Math.max(usualSymbol / modules, smallestModule);
}

/** The code as SVG of its printed size, with its quiet zone. Error correction Q bears an 8 % stain, M does not. */
export async function drawSvg(url: string): Promise<string> {
  const { size } = QRCode.create(url, { errorCorrectionLevel: 'Q' }).modules;
  const svg = await QRCode.toString(url, { type: 'svg', errorCorrectionLevel: 'Q', margin: quietModules });
  const side = ((size + 2 * quietModules) * moduleSize(size)).toFixed(2);
  return svg.replace('<svg ', `<svg width="${side}mm" height="${side}mm" `);
}

/** What is on a card, its corner at so many points: the bank's name, the code, the short code, what to do and whom to call. No personal data. */
export function drawFace(paper: Paper, face: CardFace, [left, above]: readonly [number, number]): void {
  const width = points(cardSize.width);
  const line = (text: string, top: number, fontSize: number, lines = 1) =>
    paper.write(text, left + points(8), above + points(top), {
      size: fontSize,
      width: width - points(16),
      align: 'center',
      lines,
      color: '#000000',
    });
  if ([...face.bankName].length <= 15) line(face.bankName, 10, 16);
  else line(face.bankName, 7, 13, 3);
  const modules = QRCode.create(face.url, { errorCorrectionLevel: 'Q' }).modules.size;
  const side = points(moduleSize(modules) * modules);
  paper.drawCode(face.url, left + (width - side) / 2, above + points(27), side, 'Q');
  line(words.afterScanning, 82, 16);
  line(words.orType, 96, 11);
  line(groupCode(face.code), 102, 22);
  line(words.call, 120, 11);
  line(face.bankPhone, 126, 22);
}

/** The card to print, A6. */
export async function drawPdf(face: CardFace): Promise<Buffer> {
  const paper = openPaper(face.bankName, 'zh-Hans', [points(cardSize.width), points(cardSize.height)]);
  drawFace(paper, face, [0, 0]);
  return paper.finish();
}
