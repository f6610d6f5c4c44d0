import bidiFactory from 'bidi-js';
import { allFaces, type Face } from './faces';

/** Letters of one font and one direction, in the order in which they stand on paper. */
export type Run = { text: string; face: Face; isRightToLeft: boolean };

const bidi = bidiFactory();
const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });
// They choose among forms of the character before, or join two: a font that has the character does what it can with them.
const unseen = /[\p{Default_Ignorable_Code_Point}]/u;

/** What a reader takes for one letter, with its marks. */
export function letters(text: string): string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

function faceOf(letter: string, before: Face | null): Face | null {
  const codes = Array.from(letter)
    .filter((character) => !unseen.test(character))
    .map((character) => character.codePointAt(0) as number);
  const has = ({ font }: Face) => codes.every((code) => font.hasGlyphForCodePoint(code));
  // Blanks and signs go with the word they are in, if its font has them.
  if (before !== null && !/[\p{L}\p{M}\p{N}]/u.test(letter) && has(before)) return before;
  return allFaces().find(has) ?? null;
}

/** Letters that no font has, once each. Listed before something is printed; on paper they are their number in Unicode. */
export function unprintable(text: string): string[] {
  return [...new Set(letters(text.replace(/\s+/gu, ' ')).filter((letter) => faceOf(letter, null) === null))];
}

const numberOf = (letter: string) =>
  `[U+${Array.from(letter, (character) => (character.codePointAt(0) as number).toString(16).toUpperCase()).join(' ')}]`;

/** The letters of one line in stretches of one font, still in the order of reading, with the direction of each. */
function facesOf(text: string): (Run & { start: number })[] {
  const { levels } = bidi.getEmbeddingLevels(text, 'auto');
  const runs: (Run & { start: number })[] = [];
  let at = 0;
  let before: Face | null = null;
  for (const letter of letters(text)) {
    const known = faceOf(letter, before);
    const [face, shown] = [known ?? (allFaces()[0] as Face), known === null ? numberOf(letter) : letter];
    const isRightToLeft = ((levels[at] ?? 0) & 1) === 1;
    const last = runs.at(-1);
    if (last?.face === face && last.isRightToLeft === isRightToLeft) last.text += shown;
    else runs.push({ text: shown, face, isRightToLeft, start: at });
    before = /[\p{L}\p{M}]/u.test(letter) ? face : before;
    at += letter.length;
  }
  return runs;
}

/** One line of text as runs from left to right, by the Unicode Bidirectional Algorithm. Glyphs within a run are put in order by its font. */
export function runsOf(text: string): Run[] {
  const runs = facesOf(text);
  if (!runs.some((run) => run.isRightToLeft)) return runs;
  const levels = bidi.getEmbeddingLevels(text, 'auto');
  const order = runs.map((run) => ({ run, level: levels.levels[run.start] ?? 0 }));
  const highest = Math.max(...order.map(({ level }) => level));
  for (let level = highest; level > 0; level -= 1) {
    for (let from = 0; from < order.length; from += 1) {
      let to = from;
      while (to < order.length && (order[to]?.level ?? 0) >= level) to += 1;
      if (to > from) order.splice(from, to - from, ...order.slice(from, to).toReversed());
      from = to;
    }
  }
  return order.map(({ run }) => run);
}
