import { fold, foldLines, matchWrapped } from './folding.rules';
import { endsSentence } from './letters.rules';
import type { Line } from './lines.rules';
import type { OutlineDocument, OutlineSection } from './reading.rules';

/** Lines `from` to `to` that head something: a section of the outline, a chapter, or something that the outline does not know. */
export type Landmark = { from: number; to: number } & (
  | {
      kind: 'section';
      section: OutlineSection;
      /** The text goes on behind the heading in the same line. */
      runsIn: boolean;
    }
  | { kind: 'chapter' | 'stranger' }
);
export type FoundTitle = { from: number; to: number; document: OutlineDocument };

/** The file's lines, the same lines in the form in which headings are compared, and the index after the last that is not blank. */
export type Pages = { lines: readonly Line[]; folded: readonly string[]; end: number };

/** A file's lines made ready to look for headings in them. */
export function pagesOf(lines: readonly Line[]): Pages {
  return { lines, folded: foldLines(lines), end: lines.findLastIndex(({ text }) => text !== '') + 1 };
}

const diamond = /^[\u25c6\u25c7]/;
const bracketed = /^\(\d{1,2}\)/;
/** What precedes a heading: a diamond, a number in brackets, or one with points. */
const decorations = [diamond, bracketed, /^\d{1,2}(?:\.\d{1,2})*\.?/];
const longestChapter = 60;

const isBlank = ({ lines }: Pages, index: number) => (lines[index]?.text ?? '') === '';
/** Whether something may begin with this line: the one before is blank, ends a sentence or a page, or this one is set in. */
const mayBegin = (pages: Pages, index: number) => {
  const { indented = false, startsPage = false } = pages.lines[index] ?? {};
  return indented || startsPage || isBlank(pages, index - 1) || endsSentence(pages.lines[index - 1]?.text ?? '');
};

/**
 * The titles of the outline's documents in the order of the file, each on lines of its own; `cut` is the line where the file ends with only the
 * beginning of one.
 */
export function findTitles(pages: Pages, documents: readonly OutlineDocument[]): { titles: FoundTitle[]; cut: number | null } {
  const sought = documents.map((document) => ({ document, title: fold(document.title) }));
  const titles: FoundTitle[] = [];
  for (let index = 0; index < pages.end; index += 1) {
    const first = pages.folded[index] as string;
    for (const { document, title } of sought) {
      if (first === '' || titles.some((found) => found.document === document)) continue;
      const to = matchWrapped(pages.folded, index, pages.end, first, title);
      if (to === 'cut' && titles.length > 0 && mayBegin(pages, index)) return { titles, cut: index };
      if (typeof to !== 'number') continue;
      titles.push({ from: index, to, document });
      index = to;
      break;
    }
  }
  return { titles, cut: null };
}

/** The sections still to be found, by the first character of their headings. */
type Sought = Map<string, { section: OutlineSection; heading: string }[]>;

function soughtIn({ sections }: OutlineDocument): Sought {
  const headed = sections.flatMap((section) => (section.heading === null ? [] : [{ section, heading: fold(section.heading) }]));
  return Map.groupBy(headed, ({ heading }) => heading.charAt(0));
}

/** A folded line as it is, and without what may precede a heading; first the line with the section's own number. */
function readings(folded: string): { first: string; number: string | null }[] {
  const bare = decorations.flatMap((decoration) => {
    const found = decoration.exec(folded)?.[0];
    return found === undefined ? [] : [{ first: folded.slice(found.length), number: found.replace(/^\(|[.)]$/g, '') }];
  });
  return [...bare, { first: folded, number: null }];
}

function sectionAt(pages: Pages, index: number, sought: Sought): Landmark | null {
  for (const { first, number } of readings(pages.folded[index] as string)) {
    if (number === null && !mayBegin(pages, index)) continue;
    const waiting = sought.get(first.charAt(0)) ?? [];
    const own = waiting.filter(({ section }) => section.number === number);
    for (const entry of [...own, ...waiting.filter((other) => !own.includes(other))]) {
      const to = matchWrapped(pages.folded, index, pages.end, first, entry.heading);
      if (to === null) continue;
      if (to === 'cut' && number === null) continue;
      if (to === 'cut') return { kind: 'stranger', from: index, to: pages.end - 1 };
      waiting.splice(waiting.indexOf(entry), 1);
      return { kind: 'section', from: index, to, section: entry.section, runsIn: false };
    }
  }
  return null;
}

/** How much of a line may hold a heading in front of its text. */
const headOfLine = 60;

/** An abstract's heading may stand in one line with its text, a colon between them. */
function runInAt({ lines }: Pages, index: number, sought: Sought): Landmark | null {
  const head = fold((lines[index] as Line).text.slice(0, headOfLine));
  const waiting = sought.get(head.charAt(0)) ?? [];
  const entry = waiting.find(({ section, heading }) => section.kind === 'abstract' && head.startsWith(`${heading}:`));
  if (entry === undefined) return null;
  waiting.splice(waiting.indexOf(entry), 1);
  return { kind: 'section', from: index, to: index, section: entry.section, runsIn: true };
}

/** A chapter's number stands in brackets on a line of its own, after a blank one; in running text such a number begins a sentence. */
function isChapter(pages: Pages, index: number, language: string, after: number): boolean {
  const { text } = pages.lines[index] as Line;
  const stands = index - 1 === after || isBlank(pages, index - 1);
  return (
    language === 'ja' && stands && bracketed.test(pages.folded[index] as string) && text.length <= longestChapter && !endsSentence(text)
  );
}

/** The headings between the lines `from` and `to` of a document, in the order of the file. */
export function findLandmarks(pages: Pages, document: OutlineDocument, from: number, to: number): Landmark[] {
  const sought = soughtIn(document);
  const landmarks: Landmark[] = [];
  const within = { ...pages, end: Math.min(pages.end, to) };
  for (let index = from; index < within.end; index += 1) {
    if (isBlank(pages, index)) continue;
    const folded = pages.folded[index] as string;
    const found: Landmark | null = (folded === '' ? null : sectionAt(within, index, sought)) ?? runInAt(pages, index, sought);
    const after = landmarks.at(-1)?.to ?? from - 1;
    if (found !== null) landmarks.push(found);
    else if (isChapter(pages, index, document.language, after)) landmarks.push({ kind: 'chapter', from: index, to: index });
    else if (diamond.test(folded)) landmarks.push({ kind: 'stranger', from: index, to: index });
    index = found?.to ?? index;
  }
  return landmarks;
}
