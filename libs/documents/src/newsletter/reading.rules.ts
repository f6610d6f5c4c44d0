/** What the newsletter should contain: the part of the catalogue that finds documents and sections. `heading` is null where none is printed. */
export type OutlineSection = { slug: string; kind: string; number: string | null; heading: string | null };
export type OutlineDocument = { slug: string; language: 'ja' | 'en'; title: string; sections: OutlineSection[] };
export type Outline = { documents: OutlineDocument[] };

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'shift_jis' | 'euc-jp' | 'gb18030';

/** A footnote's mark that stood in a text: `at` is where, in UTF-16 units of the text without its marks. */
export type NoteMark = { mark: number; at: number };
export type PassageKind = 'heading' | 'paragraph' | 'item' | 'byline' | 'caption';
export type Passage = { language: 'ja' | 'en'; kind: PassageKind; text: string; notes: NoteMark[] };

/** A line as it stands in the file, counted from one. */
export type PlacedLine = { line: number; text: string };

export type ReadSection = { slug: string; passages: Passage[] };
export type Reading = {
  /** Null where the bytes are no text. */
  encoding: Encoding | null;
  /** What was found, in the outline's order. */
  documents: { slug: string; sections: ReadSection[] }[];
  /** What was not found; `section` null is the whole document. */
  missing: { document: string; section: string | null }[];
  /** Found, but empty or ending in the middle of a sentence. */
  incomplete: { document: string; section: string }[];
  /** Lines that belong to nothing in the outline. */
  unplaced: PlacedLine[];
  /** Headers of pages that stood inside running text and were taken out. */
  pageHeaders: PlacedLine[];
  /** How many footnote marks were found. */
  notes: number;
  problem: 'empty' | 'binary' | 'unknown_encoding' | 'not_this_newsletter' | null;
};
