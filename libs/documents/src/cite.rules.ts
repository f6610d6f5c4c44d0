/** What a citation needs, as the newsletter prints it; `section` null cites the document as a whole. */
export type CitedSource = {
  authors: readonly string[];
  title: string;
  startsOn: string | null;
  endsOn: string | null;
  section: { heading: string | null; number: string | null; speakers: readonly string[] } | null;
};

const days = (from: string, to: string | null) => (to === null || to === from ? from : `${from}/${to}`);

/**
 * A line to cite by: speaker or author, the heading in quotation marks, the document, its days (ISO 8601). In the words of the
 * original, since that is what a reader can look up; the newsletter itself prints no name, number or year of its own.
 */
export function citeAs({ authors, title, startsOn, endsOn, section }: CitedSource): string {
  const people = section !== null && section.speakers.length > 0 ? section.speakers : authors;
  const part = section?.heading ? `“${[section.number, section.heading].filter(Boolean).join(' ')}”` : null;
  return `${[people.join(', ') || null, part, title, startsOn === null ? null : days(startsOn, endsOn)].filter((piece) => piece !== null).join('. ')}.`;
}
