import { placesOf } from './words.rules';

export type Piece = { text: string; hit: boolean };

/** How much of a passage an excerpt shows, in columns; a Chinese, Japanese or Korean letter is two wide. */
const columns = 180;
const columnsOf = (letter: string) => (/[\u1100-\uffdc]/.test(letter) ? 2 : 1);

/** The end of a window that begins at `from`: as far as the columns reach, never inside a surrogate pair. */
function endOf(text: string, from: number): number {
  let [at, left] = [from, columns];
  for (const letter of text.slice(from)) {
    left -= columnsOf(letter);
    if (left < 0) break;
    at += letter.length;
  }
  return at;
}

/** Back to the beginning of the sentence or word before `at`, where one begins not far before. */
function beginBefore(text: string, at: number): number {
  const earliest = Math.max(0, at - 40);
  const before = text.slice(earliest, at);
  const sentence = Math.max(
    ...['\u3002', '. ', '\uff01', '\uff1f'].map((end) => before.lastIndexOf(end) + (before.includes(end) ? end.length : 0)),
  );
  if (sentence > 0) return earliest + sentence;
  if (earliest === 0) return 0;
  const space = before.indexOf(' ');
  const begin = earliest + (space < 0 ? 0 : space + 1);
  return /[\udc00-\udfff]/.test(text.charAt(begin)) ? begin + 1 : begin;
}

function piecesOf(text: string, from: number, to: number, hits: readonly [number, number][]): Piece[] {
  const pieces: Piece[] = [];
  let at = from;
  for (const [begin, end] of hits) {
    if (end <= at || begin >= to) continue;
    if (begin > at) pieces.push({ text: text.slice(at, begin), hit: false });
    pieces.push({ text: text.slice(Math.max(at, begin), Math.min(end, to)), hit: true });
    at = Math.min(end, to);
  }
  if (at < to) pieces.push({ text: text.slice(at, to), hit: false });
  if (from > 0) pieces.unshift({ text: '…', hit: false });
  if (to < text.length) pieces.push({ text: '…', hit: false });
  return pieces;
}

/**
 * The stretch of a text's passages where most of the words stand together, in pieces; its beginning where none does. `weights` say how much a word
 * counts.
 */
export function excerptOf(passages: readonly string[], weights: ReadonlyMap<string, number>): Piece[] {
  const words = new Set(weights.keys());
  let best = { score: -1, text: passages[0] ?? '', from: 0, hits: [] as [number, number][] };
  for (const text of passages) {
    const hits = placesOf(words, text);
    for (const [index, [begin]] of hits.entries()) {
      const from = beginBefore(text, begin);
      const to = endOf(text, from);
      const within = new Set(hits.slice(index).flatMap(([at, end]) => (end <= to ? [text.slice(at, end).toLowerCase()] : [])));
      const score = [...within].reduce((sum, word) => sum + (weights.get(word) ?? 1), 0);
      if (score > best.score) best = { score, text, from, hits };
    }
  }
  return piecesOf(best.text, best.from, endOf(best.text, best.from), best.hits);
}
