import { endsSentence } from './letters.rules';
import type { Line } from './lines.rules';

const longestByline = 60;
const mostLines = 4;
const mostBlocks = 3;

/** Short lines that end no sentence, all with the same indent: in a paragraph only the first line is indented. */
function isBylineShaped(block: readonly Line[]): boolean {
  const isShort = block.length > 0 && block.length <= mostLines;
  return (
    isShort && block.every(({ text, indented }) => text.length <= longestByline && !endsSentence(text) && indented === block[0]?.indented)
  );
}

/**
 * How many of the lines after a title are bylines, with the blank ones between them: up to three blocks of a few short lines. A block without indent
 * at the very end of the text is rather the beginning of a text that was cut off.
 */
export function countBylines(lines: readonly Line[], hasMore: boolean): number {
  let count = 0;
  for (let blocks = 0; blocks < mostBlocks; blocks += 1) {
    let from = count;
    while (from < lines.length && (lines[from] as Line).text === '') from += 1;
    let to = from;
    while (to < lines.length && to - from <= mostLines && (lines[to] as Line).text !== '') to += 1;
    const block = lines.slice(from, to);
    const isLast = !hasMore && lines.slice(to).every(({ text }) => text === '');
    if (!isBylineShaped(block) || (isLast && !block[0]?.indented)) break;
    count = to;
  }
  return count;
}
