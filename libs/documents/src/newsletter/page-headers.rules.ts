import { itemMark } from './drafts.rules';
import { fold } from './folding.rules';
import type { Pages } from './landmarks.rules';
import { endsSentence } from './letters.rules';
import type { Line } from './lines.rules';

const longestHeader = 60;

type Standing = { line: Line; index: number; before: number; next: number };

/** Short lines behind a blank one that end no sentence, with the indexes of the text around them; -1 where there is none. */
function standingAlone({ lines }: Pages, from: number, to: number): Standing[] {
  const alone: Standing[] = [];
  let before = -1;
  for (let index = from; index < to; index += 1) {
    const line = lines[index] as Line;
    if (line.text === '') continue;
    const isShort = line.text.length <= longestHeader && !endsSentence(line.text) && !itemMark.test(line.text);
    if (isShort && before >= 0 && before < index - 1) {
      let next = index + 1;
      while (next < to && (lines[next] as Line).text === '') next += 1;
      alone.push({ line, index, before, next: next < to ? next : -1 });
    }
    before = index;
  }
  return alone;
}

/**
 * The headers of pages between the lines `from` and `to`. Extraction leaves them as a short line alone, directly before the beginning of a page, in
 * the middle of running text. If the sentence before it has ended, the text after it must go on without an indent, or the same header must appear
 * elsewhere. A `claimed` line, a heading or a byline, is neither a header nor running text.
 */
export function findPageHeaders(pages: Pages, from: number, to: number, claimed: ReadonlySet<number>): Set<Line> {
  const lineAt = (index: number) => pages.lines[index] as Line;
  const alone = standingAlone(pages, from, to).filter(({ index, before }) => !claimed.has(index) && !claimed.has(before));
  const headers = alone.filter(({ index, before, next }) => {
    if (next < 0 || claimed.has(next) || !lineAt(next).startsPage) return false;
    return !endsSentence(lineAt(before).text) || (next === index + 1 && !lineAt(next).indented);
  });
  const known = new Set(headers.map(({ line }) => fold(line.text)));
  return new Set(alone.flatMap(({ line }) => (known.has(fold(line.text)) ? [line] : [])));
}
