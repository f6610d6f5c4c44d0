import type { Draft } from './drafts.rules';
import { fold } from './folding.rules';
import { joinLines, type Words } from './join-lines.rules';
import type { Landmark } from './landmarks.rules';
import type { Line } from './lines.rules';
import type { OutlineDocument, OutlineSection } from './reading.rules';

/** The text under a heading, and the section it belongs to: null where the outline has none for it. */
export type Part = { section: OutlineSection | null; heads: Draft[]; body: Line[] };

const decoration = /^(?:[\u25c6\u25c7]|[(\uff08][\d\uff10-\uff19]{1,2}[)\uff09]|\d{1,2}(?:\.\d{1,2})*\.?)\s*/;
const colon = /[:\uff1a]/;

/** Lines as one heading. */
export function headOf(kind: 'heading' | 'caption', lines: readonly Line[], words: Words): Draft {
  const texts = lines.map(({ text }) => text);
  return { kind, text: joinLines(texts, words) };
}

/** A section's heading without its number or diamond, which say where it stands; what is printed for a visit is a caption. */
function sectionHead({ kind, heading }: OutlineSection, lines: readonly Line[], words: Words): Draft {
  const printed = headOf(kind === 'visit' ? 'caption' : 'heading', lines, words);
  const bare = printed.text.replace(decoration, '');
  return fold(bare) === fold(heading ?? '') ? { ...printed, text: bare } : printed;
}

/** The line of a heading that runs in, as the heading and the beginning of its text. */
function parted(line: Line): [Line, Line] {
  const at = line.text.search(colon);
  return [
    { ...line, text: line.text.slice(0, at) },
    { ...line, text: line.text.slice(at + 1).trim() },
  ];
}

/** The section for the text between a document's title and its first heading; null where the outline foresees none. */
export function leadingSection({ sections }: OutlineDocument, landmarks: readonly Landmark[]): OutlineSection | null {
  const ofKind = (kind: string) => sections.find((section) => section.kind === kind);
  const hasAbstract = landmarks.some((landmark) => landmark.kind === 'section' && landmark.section.kind === 'abstract');
  const sole = sections.length === 1 ? sections[0] : undefined;
  return ofKind('opening') ?? (hasAbstract ? undefined : ofKind('introduction')) ?? sole ?? null;
}

const hasText = (lines: readonly Line[]) => lines.some(({ text }) => text !== '');

/**
 * The parts of a document that its headings begin; `lines` end where it ends. A chapter's title and number go to the section that follows, since the
 * outline has no section for a chapter; if it has text of its own, it stays where it is.
 */
export function partsOf(lines: readonly Line[], landmarks: readonly Landmark[], leading: OutlineSection | null, words: Words): Part[] {
  const parts: Part[] = [];
  let chapter: Draft[] = [];
  for (const [index, landmark] of landmarks.entries()) {
    const next = landmarks[index + 1];
    const heading = lines.slice(landmark.from, landmark.to + 1);
    const body = lines.slice(landmark.to + 1, next?.from ?? lines.length);
    if (landmark.kind === 'section') {
      const [head, start] = landmark.runsIn ? parted(heading[0] as Line) : [];
      const heads = [...chapter, sectionHead(landmark.section, head ? [head] : heading, words)];
      parts.push({ section: landmark.section, heads, body: start ? [start, ...body] : body });
      chapter = [];
    } else if (landmark.kind === 'chapter' && next?.kind === 'section' && !hasText(body)) {
      chapter = [headOf('heading', heading, words)];
    } else {
      const current = parts.length === 0 ? leading : (parts.at(-1)?.section ?? null);
      const stays = landmark.kind === 'chapter' && current !== null && hasText(body);
      if (stays) parts.push({ section: current, heads: [headOf('heading', heading, words)], body });
      else parts.push({ section: null, heads: [], body: [...heading, ...body] });
    }
  }
  return parts;
}
