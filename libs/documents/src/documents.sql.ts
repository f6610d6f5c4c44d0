import type { DocumentLanguage, DocumentPassage } from '@timebank/contract';
import type { UnitOfWork } from '@timebank/database';
import type { FigureWords, Labels } from './catalogue';

export type DocumentRow = {
  documentSlug: string;
  kind: string;
  originalLanguage: DocumentLanguage;
  originalTitle: string;
  authors: string[];
  byline: string[];
  words: { title: string; place: string };
  startsOn: string | null;
  endsOn: string | null;
  sections: number;
  figures: number;
  hasOriginal: boolean;
  digest: DocumentPassage[] | null;
};
export type SectionRow = {
  documentSlug: string;
  sectionSlug: string;
  position: number;
  number: string | null;
  kind: string;
  heading: string | null;
  country: string | null;
  speakers: string[];
  themes: string[];
  title: string | null;
};
export type FigureRow = {
  figureSlug: string;
  documentSlug: string;
  sectionSlug: string;
  value: number;
  upper: number | null;
  qualifier: string;
  forecast: boolean;
  unit: string;
  year: number | null;
  chart: string | null;
  words: FigureWords;
  sectionTitle: string | null;
};

/** The words that every answer in a language needs. */
export async function readLabels(unitOfWork: UnitOfWork, language: DocumentLanguage): Promise<Labels | null> {
  const row = await unitOfWork.one<{ labels: Labels }>('select labels from document_label where language = $1', [language]);
  return row?.labels ?? null;
}

/** Documents in their order, or the one with the slug, with the digest of the whole in a language. */
export function readDocuments(unitOfWork: UnitOfWork, language: DocumentLanguage, slug: string | null): Promise<DocumentRow[]> {
  return unitOfWork.query<DocumentRow>(
    `select d.document_slug, d.kind, d.original_language, d.original_title, d.authors, d.byline, d.words->$1 as words, d.starts_on, d.ends_on, t.passages as digest,
            (select count(*)::int from document_section s where s.document_slug = d.document_slug and s.section_slug <> 'overview') as sections,
            (select count(*)::int from document_figure f where f.document_slug = d.document_slug) as figures,
            exists (select from document_text o where o.document_slug = d.document_slug and o.source = 'original') as has_original
       from document d
       left join document_text t on t.document_slug = d.document_slug and t.section_slug = 'overview' and t.language = $1 and t.source = 'digest'
      where $2::text is null or d.document_slug = $2
      order by d.position
      limit 200`,
    [language, slug],
  );
}

/** A document's sections in their order, with their titles in a language. */
export function readSections(unitOfWork: UnitOfWork, language: DocumentLanguage, slug: string): Promise<SectionRow[]> {
  return unitOfWork.query<SectionRow>(
    `select s.document_slug, s.section_slug, s.position, s.number, s.kind, s.heading, s.country, s.speakers, s.themes, t.title
       from document_section s
       left join document_text t on t.document_slug = s.document_slug and t.section_slug = s.section_slug and t.language = $1 and t.source = 'digest'
      where s.document_slug = $2
      order by s.position`,
    [language, slug],
  );
}

/** Figures in the order of the documents: all, a document's, or a section's. */
export function readFigures(
  unitOfWork: UnitOfWork,
  language: DocumentLanguage,
  slug: string | null,
  section: string | null,
): Promise<FigureRow[]> {
  return unitOfWork.query<FigureRow>(
    `select f.figure_slug, f.document_slug, f.section_slug, f.value::double precision, f.upper::double precision, f.qualifier, f.forecast, f.unit, f.year,
            f.chart, f.words->$1 as words, t.title as section_title
       from document_figure f
       left join document_text t on t.document_slug = f.document_slug and t.section_slug = f.section_slug and t.language = $1 and t.source = 'digest'
      where ($2::text is null or f.document_slug = $2) and ($3::text is null or f.section_slug = $3)
      order by f.position
      limit 1000`,
    [language, slug, section],
  );
}
