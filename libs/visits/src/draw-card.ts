import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import PdfDocument from 'pdfkit';
import QRCode from 'qrcode';
import { groupCode } from './card-text.rules';
import words from './card-words.zh-Hans.json' with { type: 'json' };

export type CardFace = { url: string; code: string; bankName: string; bankPhone: string };

const quietModules = 4;
const smallestModule = 1.2;
const usualSymbol = 45;
const page = { width: 105, height: 148 };
const points = (millimetres: number) => (millimetres * 72) / 25.4;

/** One font of the city's script, read once; pdfkit embeds the few glyphs that a card needs. */
let font: Promise<Buffer> | undefined;
function readFont(): Promise<Buffer> {
  font ??= readFile(
    join(dirname(createRequire(join(process.cwd(), 'package.json')).resolve('@embedpdf/fonts-sc')), '../fonts/NotoSansHans-Regular.otf'),
  );
  return font;
}

/** Millimetres of one module: a symbol of 45 mm, more when the address is so long that modules would get too small to read. */
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

/** Draws the modules as rectangles, each run of a row as one. */
function drawCode(document: PDFKit.PDFDocument, url: string, left: number, top: number): number {
  const { modules } = QRCode.create(url, { errorCorrectionLevel: 'Q' });
  const side = points(moduleSize(modules.size));
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size; column += 1) {
      const start = column;
      while (column < modules.size && modules.get(row, column)) column += 1;
      if (column > start) document.rect(left + start * side, top + row * side, (column - start) * side, side);
    }
  }
  document.fill('black');
  return modules.size * side;
}

/** The card to print, A6: the bank's name, the code, the short code, what to do and whom to call. No personal data. */
export async function drawPdf(face: CardFace): Promise<Buffer> {
  const size = [points(page.width), points(page.height)] as [number, number];
  const document = new PdfDocument({ size, margin: points(8), info: { Title: face.bankName } });
  const chunks: Buffer[] = [];
  const done = new Promise<Buffer>((resolve, reject) => {
    document
      .on('data', (chunk: Buffer) => chunks.push(chunk))
      .on('end', () => resolve(Buffer.concat(chunks)))
      .on('error', reject);
  });
  document.registerFont('text', await readFont()).font('text');
  const line = (text: string, top: number, fontSize: number, lines = 1) => {
    const box = { width: size[0] - points(16), height: fontSize * 1.5 * lines, align: 'center', ellipsis: true } as const;
    document.fontSize(fontSize).text(text, points(8), points(top), box);
  };
  if ([...face.bankName].length <= 15) line(face.bankName, 10, 16);
  else line(face.bankName, 7, 12, 2);
  const modules = QRCode.create(face.url, { errorCorrectionLevel: 'Q' }).modules.size;
  drawCode(document, face.url, (size[0] - points(moduleSize(modules) * modules)) / 2, points(27));
  line(words.afterScanning, 82, 16);
  line(words.orType, 96, 11);
  line(groupCode(face.code), 102, 22);
  line(words.call, 120, 11);
  line(face.bankPhone, 126, 22);
  document.end();
  return done;
}
