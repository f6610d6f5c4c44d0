import { characterAt, characterBefore, isWide, settleSpaces } from './letters.rules';

/** The words of a text, in small letters, with the pairs that a hyphen ties. */
export type Words = ReadonlySet<string>;

const hyphen = /[-\u2010]/;
/** No word is longer; only so much is looked at on each side of a break. */
const longestWord = 60;
const softHyphen = '\u00ad';

/** The whole words of a text; they tell a broken word from a compound. */
export function wordsOf(text: string): Words {
  const words = new Set<string>();
  let [last, end] = ['', -1];
  for (const { 0: found, index } of text.matchAll(/\p{Script=Latin}{1,60}/gu)) {
    const word = found.toLowerCase();
    const isTied = index === end + 1 && hyphen.test(text[end] as string);
    if (isTied) words.add(`${last}-${word}`);
    else if (!hyphen.test(text[index + found.length] ?? '')) words.add(word);
    [last, end] = [word, index + found.length];
  }
  return words;
}

/**
 * Whether the hyphen at the end of a line stays. It broke a word if the two halves stand elsewhere as one. A compound that stands elsewhere with its
 * hyphen keeps it, and so does one that stands nowhere else: `anti-nuclear` is commoner than a broken word.
 */
function keepsHyphen(left: string, right: string, words: Words): boolean {
  const before = /(\p{Script=Latin}+)[-\u2010]$/u.exec(left.slice(-longestWord))?.[1]?.toLowerCase();
  const after = /^\p{Script=Latin}+/u.exec(right.slice(0, longestWord))?.[0].toLowerCase();
  if (before === undefined || after === undefined) return true;
  return words.has(`${before}-${after}`) || !words.has(`${before}${after}`);
}

const wordOrDigit = /[\p{Script=Latin}\p{Nd}]/u;

/** How a line goes on in the next: with the left line as it stays, and what comes between. */
function seam(left: string, right: string, words: Words): [string, string] {
  if (left.endsWith(softHyphen)) return [left.slice(0, -1), ''];
  const [before, after] = [characterBefore(left, left.length), characterAt(right, 0)];
  if (isWide(before) || isWide(after)) return [left, ''];
  const isTied = hyphen.test(before) && wordOrDigit.test(characterBefore(left, left.length - 1)) && wordOrDigit.test(after);
  if (!isTied) return [left, ' '];
  return [keepsHyphen(left, right, words) ? left : left.slice(0, -1), ''];
}

/** Joins hard-wrapped lines into one text: without a space beside Japanese, with one otherwise, and with broken words made whole. */
export function joinLines(lines: readonly string[], words: Words): string {
  const parts: string[] = [];
  let left = '';
  for (const [index, line] of lines.entries()) {
    const right = line.trim();
    if (index > 0) parts.push(...seam(left, right, words));
    left = right;
  }
  return settleSpaces([...parts, left].join(''));
}
