import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { create, type Font } from 'fontkit';

export type Face = { name: string; font: Font };

/** In this order: a letter is drawn with the first that has it. `fonts/make-fonts.sh` makes the files. */
const files = [
  'han.otf',
  'latin.ttf',
  'hangul.otf',
  'arabic.ttf',
  'tibetan.ttf',
  'mongolian.ttf',
  'yi.ttf',
  'devanagari.ttf',
  'thai.ttf',
  'hebrew.ttf',
  'taile.ttf',
  'newtailue.ttf',
  'lisu.ttf',
];

let faces: readonly Face[] | undefined;

const read = (file: string) => create(readFileSync(file)) as Font;

/** Every font of the papers, opened once in a process; a document embeds only the glyphs that it uses. The first is the city's own script. */
export function allFaces(): readonly Face[] {
  if (faces) return faces;
  const home = process.cwd();
  const city = join(dirname(createRequire(join(home, 'package.json')).resolve('@embedpdf/fonts-sc')), '../fonts/NotoSansHans-Regular.otf');
  const others = files.map((file) => ({ name: file.replace(/\..*/, ''), font: read(join(home, 'libs/paper/fonts', file)) }));
  return (faces = [{ name: 'city', font: read(city) }, ...others]);
}
