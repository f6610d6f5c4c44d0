/** A line of the file: its text without what surrounds it, and what its beginning says about the page and the paragraph. */
export type Line = {
  /** Its place in the file, counted from one. A form feed in the middle of a line ends it. */
  number: number;
  /** Without white space around it; empty for a blank line. */
  text: string;
  /** The white space before the text. */
  indent: string;
  /** An ideographic space, a tab or several spaces: a paragraph begins here, or an item goes on. */
  indented: boolean;
  /** A page begins with this line. */
  startsPage: boolean;
};

const lineBreak = /\r\n|[\n\r\u0085\u2028\u2029]/;
/** Joiners and marks without width that extraction leaves behind. A soft hyphen stays until lines are joined: it shows a broken word. */
const withoutWidth = /[\u200b\u2060\ufeff]/g;
const ideographicSpace = '\u3000';

function lineOf(number: number, raw: string, afterFormFeed: boolean): Line {
  const white = raw.slice(0, raw.length - raw.trimStart().length);
  const text = raw.trim();
  // Extracted text keeps at most one space of a form feed: a single one, or one before an ideographic space.
  const pageSpace = !afterFormFeed && text !== '' && white.startsWith(' ') && (white.length === 1 || white[1] === ideographicSpace);
  const indent = pageSpace ? white.slice(1) : white;
  const indented = indent.length > 1 || indent === ideographicSpace || indent === '\t';
  return { number, text, indent, indented, startsPage: afterFormFeed || pageSpace };
}

/** The lines of a text, however its lines end. A form feed starts a page, and a line where it stands in the middle of one. */
export function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  let startsPage = false;
  const raws = text.replace(withoutWidth, '').split(lineBreak);
  for (const raw of raws) {
    const pieces = raw.split('\f');
    const isBlank = raw.trim() === '';
    for (const [place, piece] of pieces.entries()) {
      startsPage ||= place > 0;
      if (piece.trim() === '' && !(isBlank && place === 0)) continue;
      const line = lineOf(lines.length + 1, piece, startsPage);
      lines.push(line);
      startsPage &&= line.text === '';
    }
  }
  return lines;
}
