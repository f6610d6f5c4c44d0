import type { Language } from '@timebank/contract';
import type { Font } from 'fontkit';
import PdfDocument from 'pdfkit';
import { statementFont } from './statement-font';

export const page = { width: 595.28, height: 841.89, side: 42 };
export const ink = { text: '#1c2326', soft: '#5b6669', line: '#ccd4d6', tint: '#eaf3f4', lake: '#0f5c66' };

type Written = { size?: number; color?: string; align?: 'left' | 'right'; width?: number };

/** A PDF that text is put on line by line: each line stands where it is told, cut with an ellipsis where it is too wide. */
export type Paper = {
  document: PDFKit.PDFDocument;
  write(text: string, left: number, top: number, how?: Written): void;
  nextPage(): void;
  finish(): Promise<Buffer>;
};

/** Stands for a sign that the font does not have, as typesetters have always written it. */
const missing = '\u3013';

function fitted(document: PDFKit.PDFDocument, font: Font, text: string, width: number): string {
  const known = (letter: string) => (font.hasGlyphForCodePoint(letter.codePointAt(0) as number) ? letter : missing);
  const oneLine = [...text.replace(/\s+/g, ' ')].map(known).join('');
  if (document.widthOfString(oneLine) <= width) return oneLine;
  const letters = [...oneLine];
  let [fits, tooMany] = [0, letters.length];
  while (tooMany - fits > 1) {
    const middle = (fits + tooMany) >> 1;
    if (document.widthOfString(`${letters.slice(0, middle).join('')}\u2026`) <= width) fits = middle;
    else tooMany = middle;
  }
  return `${letters.slice(0, fits).join('')}\u2026`;
}

export async function openPaper(title: string, language: Language): Promise<Paper> {
  const font = await statementFont();
  const document = new PdfDocument({
    size: [page.width, page.height],
    margin: 0,
    font: font as unknown as string,
    lang: language,
    displayTitle: true,
    info: { Title: title },
  });
  const chunks: Buffer[] = [];
  const done = new Promise<Buffer>((resolve, reject) => {
    document
      .on('data', (chunk: Buffer) => chunks.push(chunk))
      .on('end', () => resolve(Buffer.concat(chunks)))
      .on('error', reject);
  });
  return {
    document,
    write: (text, left, top, { size = 9, color = ink.text, align = 'left', width = page.width - page.side - left } = {}) => {
      if (text === '') return;
      document.fontSize(size).fillColor(color);
      const line = fitted(document, font, text, width);
      const start = align === 'left' ? left : left + width - document.widthOfString(line);
      document.text(line, start, top, { lineBreak: false });
    },
    nextPage: () => {
      document.addPage();
    },
    finish: () => {
      document.end();
      return done;
    },
  };
}
