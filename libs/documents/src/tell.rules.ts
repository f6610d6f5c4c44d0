import type { DocumentFigure, DocumentLanguage, DocumentList, ReadDocument } from '@timebank/contract';
import type { Labels } from './catalogue';
import { citeAs } from './cite.rules';
import type { DocumentRow, FigureRow, SectionRow } from './documents.sql';
import { showFigure, showYear } from './figures.rules';

/** How a language is read: its code and its labels. */
export type Reader = { language: DocumentLanguage; labels: Labels };
export type Person = { name: string; originalName: string; affiliation: string; country: string };
type DocumentLine = Omit<DocumentList['items'][number], 'summary'>;
type SectionLine = ReadDocument['sections'][number];

const personOf = ({ labels }: Reader, slug: string): Person =>
  labels.people[slug] ?? { name: slug, originalName: slug, affiliation: '', country: '' };

export function tellDocument(reader: Reader, row: DocumentRow): DocumentLine {
  return {
    slug: row.documentSlug,
    kind: row.kind,
    kindWord: reader.labels.documentKinds[row.kind] ?? row.kind,
    title: row.words.title,
    originalTitle: row.originalTitle,
    originalLanguage: row.originalLanguage,
    place: row.words.place,
    startsOn: row.startsOn,
    endsOn: row.endsOn,
    authors: row.authors.map((slug) => personOf(reader, slug)),
    sections: row.sections,
    figures: row.figures,
    hasOriginal: row.hasOriginal,
  };
}

export function tellSection(reader: Reader, row: SectionRow): SectionLine {
  return {
    slug: row.sectionSlug,
    number: row.number,
    kind: row.kind,
    kindWord: reader.labels.sectionKinds[row.kind] ?? row.kind,
    title: row.title ?? row.heading ?? row.sectionSlug,
    speakers: row.speakers.map((slug) => personOf(reader, slug)),
  };
}

export function tellFigure({ language, labels }: Reader, row: FigureRow): DocumentFigure {
  return {
    figure: row.figureSlug,
    value: row.value,
    upper: row.upper,
    qualifier: row.qualifier as DocumentFigure['qualifier'],
    forecast: row.forecast,
    unit: row.unit,
    year: row.year,
    shown: showFigure(language, labels, row),
    yearShown: showYear(labels, row),
    measures: row.words.measures,
    chart: row.chart === null ? null : { chart: row.chart, title: labels.charts[row.chart] ?? row.chart, label: row.words.label ?? '' },
    source: { document: row.documentSlug, section: row.sectionSlug, title: row.sectionTitle ?? row.sectionSlug },
  };
}

/** A citation in the words of the original; a section's where one is given. */
export function cite({ labels }: Reader, row: DocumentRow, section: SectionRow | null): string {
  const printed = (slug: string) => labels.people[slug]?.originalName ?? slug;
  return citeAs({
    authors: row.byline,
    title: row.originalTitle,
    startsOn: row.startsOn,
    endsOn: row.endsOn,
    section: section && { heading: section.heading, number: section.number, speakers: section.speakers.map(printed) },
  });
}
