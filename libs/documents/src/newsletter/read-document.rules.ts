import { bylinesOf, type Draft, draftsOf } from './drafts.rules';
import { countBylines } from './front.rules';
import type { Words } from './join-lines.rules';
import { findLandmarks, type FoundTitle, type Landmark, type Pages } from './landmarks.rules';
import type { Line } from './lines.rules';
import { findPageHeaders } from './page-headers.rules';
import { headOf, leadingSection, partsOf } from './parts.rules';
import type { OutlineDocument, OutlineSection } from './reading.rules';

/** A document as it was found, its sections in the order of the file. */
export type DraftDocument = { sections: ReadonlyMap<OutlineSection, Draft[]>; unplaced: Line[]; pageHeaders: ReadonlySet<Line> };

const keyWords = /^(?:key\s?words?|\u30ad\u30fc\u30ef\u30fc\u30c9)\s*[:\uff1a]/i;

/** Whether a passage is the line of key words that ends an abstract. */
export const isKeyWords = ({ text }: { text: string }) => keyWords.test(text.slice(0, 20));

/** The lines of headings and bylines, which are no running text. */
function claimedBy(landmarks: readonly Landmark[], bylines: { from: number; to: number }): Set<number> {
  const claimed = new Set<number>();
  for (const { from, to } of [...landmarks, bylines]) for (let index = from; index <= to; index += 1) claimed.add(index);
  return claimed;
}

/** An abstract with its key words, without any its first passage; what follows it up to the next heading is the introduction. */
function abstractApart(drafts: readonly Draft[]): [Draft[], Draft[]] {
  const length = drafts.findIndex(isKeyWords) + 1 || 1;
  return [drafts.slice(0, length), drafts.slice(length)];
}

const sectionOfKind = ({ sections }: OutlineDocument, kind: string) => sections.find((section) => section.kind === kind);

/**
 * Reads the document between its title and the line `to`. The title and the bylines go to the section `overview`, without one the bylines
 * to what follows them. Lines under a heading that the outline does not know, and lines for which it foresees no section, are unplaced.
 */
export function readDocument(pages: Pages, { document, ...title }: FoundTitle, to: number, words: Words): DraftDocument {
  const lines = pages.lines.slice(0, to);
  const from = title.to + 1;
  const landmarks = findLandmarks(pages, document, from, to);
  const front = lines.slice(from, landmarks[0]?.from);
  const leading = leadingSection(document, landmarks);
  const ofBylines = sectionOfKind(document, 'overview') ?? leading ?? undefined;
  const bylines = ofBylines ? countBylines(front, landmarks.length > 0) : 0;
  const pageHeaders = findPageHeaders(pages, from, to, claimedBy(landmarks, { from, to: from + bylines - 1 }));

  const sections = new Map<OutlineSection, Draft[]>();
  const unplaced: Line[] = [];
  const place = (section: OutlineSection | undefined, drafts: readonly Draft[]) => {
    if (section && drafts.length > 0) sections.set(section, [...(sections.get(section) ?? []), ...drafts]);
  };
  place(sectionOfKind(document, 'overview'), [headOf('heading', lines.slice(title.from, from), words)]);
  place(ofBylines, bylinesOf(front.slice(0, bylines), words));
  for (const part of [{ section: leading, heads: [], body: front.slice(bylines) }, ...partsOf(lines, landmarks, leading, words)]) {
    if (part.section === null) {
      for (const line of part.body) if (line.text !== '' && !pageHeaders.has(line)) unplaced.push(line);
      continue;
    }
    const drafts = draftsOf(part.body, pageHeaders, words);
    const introduction = part.section.kind === 'abstract' ? sectionOfKind(document, 'introduction') : undefined;
    const [own, behind] = introduction ? abstractApart(drafts) : [drafts, []];
    place(part.section, [...part.heads, ...own]);
    place(introduction, behind);
  }
  return { sections, unplaced, pageHeaders };
}
