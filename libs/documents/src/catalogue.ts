import { type DocumentLanguage } from '@timebank/contract';
import catalogueFile from '../catalogue/catalogue.json' with { type: 'json' };
import en from '../catalogue/en.json' with { type: 'json' };
import ja from '../catalogue/ja.json' with { type: 'json' };
import ko from '../catalogue/ko.json' with { type: 'json' };
import zhHans from '../catalogue/zh-Hans.json' with { type: 'json' };

export type CatalogueSection = {
  slug: string;
  number: string | null;
  kind: string;
  country: string | null;
  /** As the newsletter prints it; null where a part has none. */
  heading: string | null;
  speakers: string[];
  themes: string[];
};
export type CatalogueDocument = {
  slug: string;
  kind: string;
  language: 'ja' | 'en';
  title: string;
  authors: string[];
  /** The authors as the document itself prints them. */
  byline: string[];
  from: string | null;
  to: string | null;
  sections: CatalogueSection[];
};
export type CatalogueFigure = {
  slug: string;
  document: string;
  section: string;
  value: number;
  upper: number | null;
  how: string;
  forecast: boolean;
  unit: string;
  /** The year it is about; null where the document does not say. */
  year: number | null;
  /** The figure's own characters in the original, by which an import is checked. */
  printed: string;
  chart: string | null;
};
export type CatalogueProblem = { slug: string; sources: { document: string; section: string }[]; places: string[] };
export type Catalogue = {
  documents: CatalogueDocument[];
  people: { slug: string; name: string; country: string }[];
  figures: CatalogueFigure[];
  charts: string[];
  problems: CatalogueProblem[];
};

/** What every answer in a language needs: names, units, kinds, themes, titles of charts. */
export type Labels = {
  people: Record<string, { name: string; originalName: string; affiliation: string; country: string }>;
  themes: Record<string, string>;
  documentKinds: Record<string, string>;
  sectionKinds: Record<string, string>;
  countries: Record<string, string>;
  /** Patterns with `{value}`. */
  units: Record<string, string>;
  how: Record<string, string>;
  forecast: string;
  undated: string;
  charts: Record<string, string>;
};
export type FigureWords = { measures: string; label?: string };
export type ProblemWords = { title: string; said: string; answer: string[] };

/** `keywords`: what a reader may type instead of the digest's own words. */
type DigestFile = { title: string; digest: string[]; keywords: string[] };

/** The digests and labels of a language, as this product carries them. */
export type LanguageFile = Omit<Labels, 'people'> & {
  figures: Record<string, FigureWords>;
  problems: Record<string, ProblemWords>;
  documents: Record<string, { title: string; place: string; sections: Record<string, DigestFile> }>;
  people: Record<string, { name: string; affiliation: string }>;
};

/** Documents, sections, people, figures and problems, in the order in which they are shown. */
export const catalogue: Catalogue = catalogueFile as Catalogue;
export const languageFiles: Record<DocumentLanguage, LanguageFile> = { 'zh-Hans': zhHans, ja, en, ko };

/** The labels of a language file, people with the name that the newsletter prints. */
export function labelsOf(
  { documents: _documents, figures: _figures, problems: _problems, people, ...labels }: LanguageFile,
  { people: known }: Catalogue,
): Labels {
  return {
    ...labels,
    people: Object.fromEntries(
      known.map(({ slug, name, country }) => [
        slug,
        {
          name: people[slug]?.name ?? name,
          originalName: name,
          affiliation: people[slug]?.affiliation ?? '',
          country: labels.countries[country] ?? country,
        },
      ]),
    ),
  };
}
