import { type FunctionalComponent, h } from 'vue';
import { hasChineseWords, piecesOf } from './word-breaks.rules';

/** A number and what it counts; a long one may be a phone, and the minutes of a time count nothing. */
const counted = /((?<![:\d])\b\d{1,4} \p{Script=Han}{1,2})/u;

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
  const parts = piecesOf(said).map((piece) =>
    piece.split(counted).map((part, index) => (index % 2 === 1 ? h('span', { class: 'whole' }, part) : part)),
  );
  // A place to break: `<wbr>` would break lines even where a page wants but one.
  const mayBreak = () => h('span');
  // One box, whatever it stands in: in a row of things each part would become a thing of its own.
  return h(
    'span',
    { class: 'in-words' },
    parts.flatMap((part, index) => (index > 0 ? [mayBreak(), ...part] : part)),
  );
};
