import { type FunctionalComponent, h } from 'vue';
import { hasChineseWords, piecesOf } from './word-breaks.rules';

/** A number and what it counts; a long one may be a phone, and the minutes of a time count nothing. */
const counted = /((?<![:\d])\b\d{1,4} \p{Script=Han}{1,2})/u;

/** Lists say the same names, kinds and states again and again, and to find their words takes longer than to draw them. */
const mostKnown = 2_000;
const known = new Map<string, string[][]>();

/** So few letters are one piece: they fit on any line, and most of a page's texts are no longer. */
const short = /^\S{1,4}$/;

/** The pieces between which a line may break, each parted at what is counted. */
function partsOf(text: string): string[][] {
  const before = known.get(text);
  if (before) return before;
  const parts = piecesOf(text).map((piece) => piece.split(counted));
  if (known.size >= mostKnown) known.clear();
  known.set(text, parts);
  return parts;
}

/**
 * Text whose lines break at words only, for browsers know the words of Japanese alone: `in-words.mjs` puts it around whatever a page says. Where
 * words cannot be told apart, and in scripts with blanks, it is the bare text.
 */
export const WordText: FunctionalComponent = (_, { slots }) => {
  const said =
    slots['default']?.()
      .map(({ children }) => children as string)
      .join('') ?? '';
  if (!hasChineseWords(said)) return said;
  if (short.test(said)) return h('span', { class: 'whole' }, said);
  const parts = partsOf(said).map((piece) => piece.map((part, index) => (index % 2 === 1 ? h('span', { class: 'whole' }, part) : part)));
  // A place to break: `<wbr>` would break lines even where a page wants but one.
  const mayBreak = () => h('span');
  // One box, whatever it stands in: in a row of things each part would become a thing of its own.
  return h(
    'span',
    { class: 'in-words' },
    parts.flatMap((part, index) => (index > 0 ? [mayBreak(), ...part] : part)),
  );
};
