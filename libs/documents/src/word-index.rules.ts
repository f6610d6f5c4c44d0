import { wordsOf } from './words.rules';

/** How much a word counts by where it is: in a title, in names and labels, in a digest, in the original. */
export type Weight = 'A' | 'B' | 'C' | 'D';

/** Postgres stores this many places of a word, and places up to this number. */
const mostPlaces = 255;
const lastPlace = 16_383;

/** A word in the text form of a `tsvector` or a `tsquery`. */
export const quoted = (word: string) => `'${word.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;

/** A `tsvector` as text, and how many words of the text itself (digest or original) it counts. Made here, so that the server's own dictionaries decide nothing. */
export function indexWords(parts: readonly { text: string; weight: Weight }[]): { vector: string; count: number } {
  const places = new Map<string, string[]>();
  let [at, count] = [0, 0];
  for (const { text, weight } of parts) {
    for (const word of wordsOf(text)) {
      at += 1;
      if (weight === 'C' || weight === 'D') count += 1;
      const known = places.get(word) ?? [];
      if (known.length < mostPlaces) known.push(`${Math.min(at, lastPlace)}${weight}`);
      places.set(word, known);
    }
  }
  return { vector: [...places].map(([word, known]) => `${quoted(word)}:${known.join(',')}`).join(' '), count };
}
