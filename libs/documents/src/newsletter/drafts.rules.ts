import { joinLines, type Words } from './join-lines.rules';
import { endsSentence } from './letters.rules';
import type { Line } from './lines.rules';
import type { PassageKind } from './reading.rules';

/** A passage with its lines joined and its footnote marks still in it. */
export type Draft = { kind: PassageKind; text: string };

/** The mark before an item of a list, with the selectors and the white space after it. */
export const itemMark = /^[\u2022\u2023\u2043\u25aa\u25ab\u25cf\u25e6\u2610\u2611\u2705\u2713\u2714][\ufe0e\ufe0f\s]*/;

type Open = {
  kind: 'paragraph' | 'item';
  lines: string[];
  last: Line;
  /** How far the second line of an item is indented; the following lines have the same indent. */
  hang: string | null;
};

/**
 * Whether a line begins a passage. `isApart`: blank lines stand between it and the one before. After the end of a sentence an item continues in a
 * line with its second line's indent, not with a paragraph's.
 */
function beginsAnew(line: Line, open: Open, isApart: boolean, paragraphIndent: string | null): boolean {
  const runsOn = !endsSentence(open.last.text);
  if (isApart) return !(line.startsPage && !line.indented && runsOn);
  if (open.kind === 'paragraph') return line.indented;
  if (runsOn) return false;
  return !line.indented || (open.hang === null ? line.indent === paragraphIndent : line.indent !== open.hang);
}

function opened(line: Line): Open {
  const kind = itemMark.test(line.text) ? 'item' : 'paragraph';
  return { kind, lines: [line.text.replace(itemMark, '')], last: line, hang: null };
}

/**
 * Running text as paragraphs and items. A paragraph begins where a line is indented or follows a blank one, an item at its mark. The beginning of a
 * page and the blank lines around a page's header begin neither.
 */
export function draftsOf(lines: readonly Line[], pageHeaders: ReadonlySet<Line>, words: Words): Draft[] {
  const passages: Open[] = [];
  let [isApart, overHeader] = [false, false];
  let paragraphIndent: string | null = null;
  for (const line of lines) {
    if (pageHeaders.has(line)) [isApart, overHeader] = [false, true];
    else if (line.text === '') isApart = !overHeader;
    else {
      const open = passages.at(-1);
      if (open === undefined || itemMark.test(line.text) || beginsAnew(line, open, isApart, paragraphIndent)) {
        const begun = opened(line);
        if (begun.kind === 'paragraph') paragraphIndent = line.indent;
        passages.push(begun);
      } else {
        open.lines.push(line.text);
        if (line.indented) open.hang ??= line.indent;
        open.last = line;
      }
      [isApart, overHeader] = [false, false];
    }
  }
  return passages.map(({ kind, lines: own }) => ({ kind, text: joinLines(own, words) }));
}

const ending = /(?:^|\s)(?:of|for|and|the|at|in|on|to|&)$|,$/;

/** Bylines, one for each line; a line that ends with a word like `of` goes on in the next. */
export function bylinesOf(lines: readonly Line[], words: Words): Draft[] {
  const bylines: string[][] = [];
  for (const { text } of lines) {
    const last = bylines.at(-1);
    if (text === '') continue;
    if (last !== undefined && ending.test((last.at(-1) as string).slice(-10))) last.push(text);
    else bylines.push([text]);
  }
  return bylines.map((own) => ({ kind: 'byline', text: joinLines(own, words) }));
}
