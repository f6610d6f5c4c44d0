import type { NoteMark } from './reading.rules';

/** So many digits without a separator are no number in prose: a mark is glued to it. */
const longestNumber = 7;
/** What precedes an abbreviated number: `No.1` is no mark. */
const abbreviated = /(?:^|[^\p{L}])(?:nos?|vols?|figs?|pp?|arts?|secs?|chaps?|ver|v)\.$/iu;
const closingMark = /["'\u201d\u2019\u00bb)\]\u300d\u300f\uff09]/;
const stop = /[.!?,\u3002\uff0e]/;
const letter = /\p{L}/u;
const smallLetter = /\p{Ll}/u;
const acronym = /\p{Lu}{3}$/u;
const digit = /\d/;
const white = /\s/;
const after = /[\s.,;:!?"'\u201d\u2019\u00bb)\]\u3001\u3002\uff0c\uff0e\u300d\u300f\uff09]/;

/** Whether nothing behind a run of digits makes it part of a number, a word or a measure. */
function ends(text: string, at: number): boolean {
  const next = text[at];
  if (next === undefined) return true;
  return after.test(next) && !(/[.,:]/.test(next) && digit.test(text[at + 1] ?? ''));
}

/**
 * Whether a mark may be glued to what ends at `at`: a word, a closing quote or bracket, or the end of a sentence. A single letter or
 * two capitals with a digit are a name (G20, CO2), digits before a full stop are a number, and behind white space a quote opens.
 */
function mayBear(text: string, at: number): boolean {
  const [last, before] = [text[at - 1] ?? '', text[at - 2] ?? ''];
  if (smallLetter.test(last)) return letter.test(before);
  if (closingMark.test(last)) return before !== '' && !white.test(before);
  if (stop.test(last)) return (letter.test(before) || closingMark.test(before)) && !abbreviated.test(text.slice(Math.max(0, at - 7), at));
  return acronym.test(text.slice(Math.max(0, at - 3), at));
}

/** Where the mark begins that consists of all digits in `[from, to)`, with a space before it if there was one; null where they are no mark. */
function startOfMark(text: string, from: number, to: number): number | null {
  if (!ends(text, to)) return null;
  if (mayBear(text, from)) return from;
  const isApart = text[from - 1] === ' ' && closingMark.test(text[from - 2] ?? '') && /[.,;:]/.test(text[to] ?? '');
  return isApart && mayBear(text, from - 1) ? from - 1 : null;
}

/** Where the mark begins that is attached to the number in `[from, to)`. */
function startInNumber(text: string, from: number, to: number, mark: string): number | null {
  const isLong = to - from >= longestNumber && text[from] !== '0' && text.slice(to - mark.length, to) === mark;
  const isApart = from === 0 || /[\s("\u201c\uff08\u300c]/.test(text[from - 1] as string);
  return isLong && isApart && ends(text, to) ? to - mark.length : null;
}

/**
 * Takes the marks of footnotes out of a text. They count up through a document, so only the one that is due is looked for: `next` is the
 * first one due here, and in the answer the first one due behind this text.
 */
export function takeNotes(text: string, next: number): { text: string; notes: NoteMark[]; next: number } {
  const parts: string[] = [];
  const notes: NoteMark[] = [];
  let [taken, length, due] = [0, 0, next];
  for (const { 0: digits, index: from } of text.matchAll(/\d+/g)) {
    const to = from + digits.length;
    const start = digits === String(due) ? startOfMark(text, from, to) : startInNumber(text, from, to, String(due));
    if (start === null) continue;
    parts.push(text.slice(taken, start));
    length += start - taken;
    notes.push({ mark: due, at: length });
    taken = to;
    due += 1;
  }
  return { text: [...parts, text.slice(taken)].join(''), notes, next: due };
}
