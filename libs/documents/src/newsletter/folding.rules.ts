const doubleQuotes = /[\u201c-\u201f\u00ab\u00bb\u2033\u301d-\u301f\uff02]/g;
const singleQuotes = /[\u2018-\u201b\u00b4\u0060\u2032\uff07]/g;
const dashes = /[\u00ad\u2010-\u2015\u2212\u2500\u2501\ufe58\ufe63\uff0d]/g;
const waves = /[\u301c\u223c\uff5e]/g;
const notPrinted = /(?:\s|\u180e|[\ufe00-\ufe0f])+/g;
const onlyAscii = /^[!-_a-~]*$/;

/**
 * A heading as it is compared: one form and width of every character (NFKC), one quote, one dash, one wave, no white space. Encodings
 * and extraction differ in just these. Capitals stay: a word that ends a sentence is no heading.
 */
export function fold(text: string): string {
  if (onlyAscii.test(text)) return text;
  const unified = text.replace(doubleQuotes, '"').replace(singleQuotes, "'").replace(dashes, '-').replace(waves, '~');
  return unified.normalize('NFKC').replace(notPrinted, '');
}

/** A line that is longer is no part of a heading. */
const longestLine = 500;

/** The lines in the form in which headings are compared; empty where a line is blank or too long to be part of one. */
export function foldLines(lines: readonly { text: string }[]): string[] {
  return lines.map(({ text }) => (text.length > longestLine ? '' : fold(text)));
}

/**
 * Whether the folded lines from `from` on, with `first` in place of the first, make up `target`, however it is wrapped: the index of its last line.
 * `cut` where the lines end at `end` with only its beginning, null where something else stands there.
 */
export function matchWrapped(folded: readonly string[], from: number, end: number, first: string, target: string): number | 'cut' | null {
  let length = 0;
  for (let index = from; index < end; index += 1) {
    const part = index === from ? first : (folded[index] as string);
    if (part === '' || !target.startsWith(part, length)) return null;
    length += part.length;
    if (length === target.length) return index;
  }
  return length > 0 ? 'cut' : null;
}
