import { incompleteSections } from './completeness.rules';
import { decode, encodingsOf, isBinary } from './decode.rules';
import type { Draft } from './drafts.rules';
import { takeNotes } from './footnotes.rules';
import { wordsOf } from './join-lines.rules';
import { findTitles, type FoundTitle, type Pages, pagesOf } from './landmarks.rules';
import { languageOf } from './letters.rules';
import { type Line, linesOf } from './lines.rules';
import { readDocument } from './read-document.rules';
import type { Encoding, Outline, OutlineDocument, OutlineSection, Passage, PlacedLine, Reading, ReadSection } from './reading.rules';

export type { Outline, Passage, Reading } from './reading.rules';

type OpenedNewsletter = { encoding: Encoding; text: string; pages: Pages; titles: FoundTitle[]; cut: number | null };

const nothing = (outline: Outline, encoding: Encoding | null, problem: Reading['problem']): Reading => ({
  encoding,
  documents: [],
  missing: outline.documents.map(({ slug }) => ({ document: slug, section: null })),
  incomplete: [],
  unplaced: [],
  pageHeaders: [],
  notes: 0,
  problem,
});

/**
 * The text in the first encoding in which a title of the outline appears, or why there is none. Japanese in another Japanese encoding may decode too,
 * with its Latin titles intact, so the encoding with more titles wins.
 */
function open(bytes: Uint8Array, outline: Outline): OpenedNewsletter | Reading {
  let readable: Encoding | null = null;
  let best: OpenedNewsletter | null = null;
  for (const encoding of encodingsOf(bytes)) {
    const text = decode(bytes, encoding);
    if (text === null) continue;
    if (text.trim() === '') return nothing(outline, null, 'empty');
    if (isBinary(new TextEncoder().encode(text))) return nothing(outline, null, 'binary');
    const pages = pagesOf(linesOf(text));
    const found = findTitles(pages, outline.documents);
    if (found.titles.length > (best?.titles.length ?? 0)) best = { encoding, text, pages, ...found };
    if (best?.encoding === 'utf-8') break;
    readable ??= encoding;
  }
  if (best !== null) return best;
  if (readable !== null) return nothing(outline, readable, 'not_this_newsletter');
  return nothing(outline, null, isBinary(bytes) ? 'binary' : 'unknown_encoding');
}

type ReadDocument = Reading['documents'][number];

/** A document's sections in the outline's order, the marks of footnotes taken out of their passages in the order of the file. */
function finish({ slug, language, sections: outline }: OutlineDocument, sections: ReadonlyMap<OutlineSection, Draft[]>): ReadDocument {
  let due = 1;
  const finished = new Map<OutlineSection, Passage[]>();
  for (const [section, drafts] of sections) {
    const passages = drafts.map(({ kind, text: marked }): Passage => {
      const { text, notes, next } = takeNotes(marked, due);
      due = next;
      return { language: languageOf(text, language), kind, text, notes };
    });
    finished.set(section, passages);
  }
  return {
    slug,
    sections: outline.flatMap((section) => ({ slug: section.slug, passages: finished.get(section) ?? [] })).filter(hasPassages),
  };
}

const hasPassages = ({ passages }: ReadSection) => passages.length > 0;
const placedLines = (lines: Iterable<Line>): PlacedLine[] =>
  [...lines].map(({ number, text }) => ({ line: number, text })).sort((one, other) => one.line - other.line);
const filled = (lines: readonly Line[]) => lines.filter(({ text }) => text !== '');

/** What of the outline was not found: whole documents, or sections of one that was found. */
function missingIn(outline: Outline, documents: readonly ReadDocument[]): Reading['missing'] {
  return outline.documents.flatMap(({ slug, sections }): Reading['missing'] => {
    const read = documents.find((document) => document.slug === slug);
    if (read === undefined) return [{ document: slug, section: null }];
    const found = new Set(read.sections.map((section) => section.slug));
    return sections.filter((section) => !found.has(section.slug)).map((section) => ({ document: slug, section: section.slug }));
  });
}

/**
 * Reads the text of a newsletter with the documents of an outline: finds them and their sections by title and heading, joins hard-wrapped lines,
 * removes page headers and footnote marks, and says what it did not find and could not place. Pure, in time linear in the bytes, and never refuses:
 * whatever the bytes are, `problem` says what is wrong. The same text gives the same reading, however lines and pages end, and in whichever of the
 * encodings.
 */
export function readNewsletter(bytes: Uint8Array, outline: Outline): Reading {
  const opened = open(bytes, outline);
  if ('problem' in opened) return opened;
  const { encoding, text, pages, titles, cut } = opened;
  const end = cut ?? pages.lines.length;
  const words = wordsOf(text);
  const drafts = titles.map((title, index) => ({ title, ...readDocument(pages, title, titles[index + 1]?.from ?? end, words) }));
  const documents = outline.documents.flatMap((document) => {
    const draft = drafts.find(({ title }) => title.document === document);
    return draft === undefined ? [] : [finish(document, draft.sections)];
  });
  const incomplete = outline.documents.flatMap((document) => {
    const read = documents.find(({ slug }) => slug === document.slug)?.sections ?? [];
    return incompleteSections(document, read).map((section) => ({ document: document.slug, section }));
  });
  const outside = [...filled(pages.lines.slice(0, titles[0]?.from)), ...filled(pages.lines.slice(end))];
  const passages = documents.flatMap(({ sections }) => sections).flatMap((section) => section.passages);
  return {
    encoding,
    documents,
    missing: missingIn(outline, documents),
    incomplete,
    unplaced: placedLines([...outside, ...drafts.flatMap(({ unplaced }) => unplaced)]),
    pageHeaders: placedLines(drafts.flatMap(({ pageHeaders }) => [...pageHeaders])),
    notes: passages.reduce((sum, { notes }) => sum + notes.length, 0),
    problem: null,
  };
}
