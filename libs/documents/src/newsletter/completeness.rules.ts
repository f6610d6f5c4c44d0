import { endsSentence } from './letters.rules';
import { isKeyWords } from './read-document.rules';
import type { OutlineDocument, OutlineSection, Passage, ReadSection } from './reading.rules';

const address = /^(?:https?:\/\/|www\.)\S+$/;
const isText = ({ kind }: Passage) => kind === 'paragraph' || kind === 'item';

/** Whether a section breaks off of which `passages` were found; `next` is the section of its document that was found behind it. */
function breaksOff({ kind, number }: OutlineSection, passages: readonly Passage[], next: OutlineSection | undefined): boolean {
  const last = passages.findLast(isText);
  if (last === undefined) return kind !== 'visit' && !(number !== null && next?.number?.startsWith(`${number}.`));
  return !(endsSentence(last.text) || address.test(last.text) || (isKeyWords(last) && next !== undefined));
}

/**
 * The sections of a document that end in the middle of a sentence, or have no text. For a visit a caption alone is enough, and for an overview beside
 * other sections a title; a heading needs no text if all of it is in the sections under it. Addresses and key words end no sentence.
 */
export function incompleteSections({ sections }: OutlineDocument, read: readonly ReadSection[]): string[] {
  const bySlug = new Map(sections.map((section) => [section.slug, section]));
  return read.flatMap(({ slug, passages }, index) => {
    const section = bySlug.get(slug) as OutlineSection;
    if (section.kind === 'overview' && sections.length > 1) return [];
    return breaksOff(section, passages, bySlug.get(read[index + 1]?.slug ?? '')) ? [slug] : [];
  });
}
