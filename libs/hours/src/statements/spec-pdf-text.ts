import { inflateSync } from 'node:zlib';

type PdfObject = { text: string; content: string };

const latin = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

/** Objects of a PDF as pdfkit writes them: not in object streams, compressed by deflate alone. */
function objectsOf(file: Buffer): Map<string, PdfObject> {
  const all = latin(file);
  const objects = new Map<string, PdfObject>();
  for (const match of all.matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) {
    const [, number = '', body = ''] = match;
    const start = body.indexOf('stream\n');
    const text = start < 0 ? body : body.slice(0, start);
    const bytes = start < 0 ? '' : body.slice(start + 7, body.lastIndexOf('\nendstream'));
    const packed = text.includes('/FlateDecode') && !text.includes('/Subtype /CIDFontType0C');
    objects.set(number, { text, content: packed ? latin(inflateSync(Buffer.from(bytes, 'latin1'))) : bytes });
  }
  return objects;
}

/** Glyph number (hexadecimal) to text, from the map that a PDF carries so that it can be searched and read aloud. */
function glyphsOf(map: string): Map<string, string> {
  const glyphs = new Map<string, string>();
  for (const [, first = '', list = ''] of map.matchAll(/<(\w{4})> <\w{4}> \[([^\]]*)\]/g)) {
    for (const [index, code] of [...list.matchAll(/<([^>]*)>/g)].map((found) => found[1] as string).entries()) {
      const units = code.replaceAll(' ', '').match(/.{4}/g) ?? [];
      const glyph = (Number.parseInt(first, 16) + index).toString(16).padStart(4, '0');
      glyphs.set(glyph, String.fromCharCode(...units.map((unit) => Number.parseInt(unit, 16))));
    }
  }
  return glyphs;
}

/** The lines of text on each page of a PDF with one font, in the order in which they were written. */
export function pdfText(file: Buffer): string[][] {
  const objects = objectsOf(file);
  const maps = [...objects.values()].filter(({ content }) => content.includes('begincmap'));
  if (maps.length !== 1) throw new Error(`${maps.length} fonts`);
  const glyphs = glyphsOf((maps[0] as PdfObject).content);
  const pages = [...objects.values()].filter(({ text }) => /\/Type \/Page\b/.test(text));
  return pages.map(({ text }) => {
    const content = objects.get(/\/Contents (\d+) 0 R/.exec(text)?.[1] ?? '')?.content ?? '';
    return [...content.matchAll(/\[([^\]]*)\] TJ/g)].map(([, written = '']) =>
      [...written.matchAll(/<(\w+)>/g)]
        .flatMap(([, hex = '']) => hex.match(/.{4}/g) ?? [])
        .map((glyph) => glyphs.get(glyph.toLowerCase()) ?? '\uFFFD')
        .join(''),
    );
  });
}
