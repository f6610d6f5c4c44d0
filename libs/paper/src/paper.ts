import PdfDocument from 'pdfkit';
import QRCode from 'qrcode';
import { allFaces, type Face } from './faces';
import { letters, type Run, runsOf } from './runs';

export const ink = { text: '#1c2326', soft: '#5b6669', line: '#ccd4d6', tint: '#eaf3f4', lake: '#0f5c66' };

export type TextStyle = { size?: number; color?: string; align?: 'left' | 'right' | 'center'; width?: number; lines?: number };

/** A PDF that text is put on line by line. Nothing is cut: what is too long for its lines is written smaller. */
export type Paper = {
  document: PDFKit.PDFDocument;
  write(text: string, left: number, top: number, how?: TextStyle): void;
  /** The lines that a text takes at a size within a width. */
  linesOf(text: string, size: number, width: number): string[];
  drawCode(text: string, left: number, top: number, side: number, correction?: 'M' | 'Q'): void;
  nextPage(): void;
  finish(): Promise<Buffer>;
};

const lineHeight = 1.25;
/** Where a word may end: at a blank, and before or after each letter of scripts that are written without blanks. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Yi}\u3000-\u303f\uff00-\uff60]/u;

/** Pieces that stay together on a line. */
function wordsOf(text: string): string[] {
  const words: string[] = [];
  let open = false;
  for (const letter of letters(text)) {
    const alone = unspaced.test(letter);
    if (open && !alone) words[words.length - 1] += letter;
    else words.push(letter);
    open = !alone && letter !== ' ';
  }
  return words;
}

class PdfPaper implements Paper {
  readonly document: PDFKit.PDFDocument;
  private readonly done: Promise<Buffer>;

  constructor(
    private readonly city: Face,
    private readonly size: readonly [number, number],
    about: { title: string; language: string },
  ) {
    this.document = new PdfDocument({
      size: [...size],
      margin: 0,
      font: city.font as unknown as string,
      lang: about.language,
      displayTitle: true,
      info: { Title: about.title },
    });
    this.document.registerFont(city.name, city.font as unknown as string);
    const chunks: Buffer[] = [];
    this.done = new Promise<Buffer>((resolve, reject) => {
      this.document
        .on('data', (chunk: Buffer) => chunks.push(chunk))
        .on('end', () => resolve(Buffer.concat(chunks)))
        .on('error', reject);
    });
  }

  write(text: string, left: number, top: number, how: TextStyle = {}): void {
    const { color = ink.text, align = 'left', width = this.size[0] - 42 - left, lines = 1 } = how;
    const oneLine = text.replace(/\s+/gu, ' ').trim();
    if (oneLine === '') return;
    let size = how.size ?? 9;
    let laid = this.linesOf(oneLine, size, width);
    while (laid.length > lines && size > 3) laid = this.linesOf(oneLine, (size *= 0.92), width);
    this.document.fillColor(color);
    for (const [index, line] of laid.entries()) {
      const rest = width - this.widthOf(runsOf(line), size);
      this.line(line, left + (align === 'left' ? 0 : align === 'right' ? rest : rest / 2), top + index * size * lineHeight, size);
    }
  }

  linesOf(text: string, size: number, width: number): string[] {
    if (this.widthOf(runsOf(text), size) <= width) return [text];
    const lines: string[] = [];
    let line = '';
    const fits = (longer: string) => this.widthOf(runsOf(longer.trimEnd()), size) <= width;
    for (const word of wordsOf(text).flatMap((whole) => (fits(whole) ? [whole] : letters(whole)))) {
      if (line === '' || fits(line + word)) line += word;
      else {
        lines.push(line.trimEnd());
        line = word.trimStart();
      }
    }
    return line === '' ? lines : [...lines, line];
  }

  /** Draws the modules as rectangles, each run of a row as one. */
  drawCode(text: string, left: number, top: number, side: number, correction: 'M' | 'Q' = 'M'): void {
    const { modules } = QRCode.create(text, { errorCorrectionLevel: correction });
    const unit = side / modules.size;
    for (let row = 0; row < modules.size; row += 1) {
      for (let column = 0; column < modules.size; column += 1) {
        const start = column;
        while (column < modules.size && modules.get(row, column)) column += 1;
        if (column > start) this.document.rect(left + start * unit, top + row * unit, (column - start) * unit, unit);
      }
    }
    this.document.fill('black');
  }

  nextPage(): void {
    this.document.addPage();
  }

  finish(): Promise<Buffer> {
    this.document.end();
    return this.done;
  }

  /** Runs of the city's font are laid out word by word and remembered; others as a whole, since their letters join. */
  private use({ face }: Run, size: number): PDFKit.Mixins.TextOptions {
    this.document.font(face.font as unknown as string, face.name, size);
    return face === this.city ? {} : { features: ['kern'] };
  }

  private widthOf(runs: readonly Run[], size: number): number {
    return runs.reduce((sum, run) => sum + this.document.widthOfString(run.text, this.use(run, size)), 0);
  }

  private line(text: string, left: number, top: number, size: number): void {
    const { ascent, unitsPerEm } = this.city.font;
    const baseline = top + (ascent / unitsPerEm) * size;
    let at = left;
    for (const run of runsOf(text)) {
      const how = { ...this.use(run, size), lineBreak: false };
      const { font } = run.face;
      this.document.text(run.text, at, baseline - (font.ascent / font.unitsPerEm) * size, how);
      at += this.document.widthOfString(run.text, how);
    }
  }
}

/** Opens a sheet of `size` in points: 72 an inch. Plain data in, bytes out: it may run in any thread. */
export function openPaper(title: string, language: string, size: readonly [number, number]): Paper {
  return new PdfPaper(allFaces()[0] as Face, size, { title, language });
}
