import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { create, type Font } from 'fontkit';

let font: Promise<Font> | undefined;

/** The font of statements, read and parsed once in a process; each document embeds the glyphs that it uses. */
export function statementFont(): Promise<Font> {
  font ??= readFile(
    join(dirname(createRequire(join(process.cwd(), 'package.json')).resolve('@embedpdf/fonts-sc')), '../fonts/NotoSansHans-Regular.otf'),
  ).then((bytes) => create(bytes) as Font);
  return font;
}
