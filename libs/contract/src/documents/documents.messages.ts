import { z } from 'zod';
import { documentLanguages } from './document-languages';
import { question } from '../primitives';

const language = z.enum(documentLanguages);
/** The language to read in; Chinese by default. */
const inLanguage = { language: language.default('zh-Hans') };
export const documentSlug = z.string().regex(/^[a-z0-9][a-z0-9-]{0,99}$/);
export const documentQuery = z.strictObject(inLanguage);

/** Longest question in characters; a longer one is malformed. */
const longestQuestion = 200;
export const documentSearchQuery = z.strictObject({
  ...inLanguage,
  q: question(longestQuestion),
  limit: z.coerce.number().int().min(1).max(50).default(10),
});

/** `name` in the reading language, `originalName` as the document prints it. */
const person = z.object({ name: z.string(), originalName: z.string(), affiliation: z.string(), country: z.string() });
const theme = z.object({ code: z.string(), word: z.string() });
const mark = z.object({ document: documentSlug, section: documentSlug, title: z.string() });

/**
 * A number that a document states. `shown` is the value with its unit and how exact it is, as one writes it in the reading language;
 * `upper` ends a range; `year` is the one it is about, null where the document does not say.
 */
const figure = z.object({
  figure: z.string(),
  value: z.number(),
  upper: z.number().nullable(),
  qualifier: z.enum(['exact', 'about', 'almost', 'at-least', 'at-most', 'over', 'under']),
  forecast: z.boolean(),
  unit: z.string(),
  year: z.number().int().nullable(),
  shown: z.string(),
  yearShown: z.string(),
  measures: z.string(),
  chart: z.object({ chart: z.string(), title: z.string(), label: z.string() }).nullable(),
  source: mark,
});
export const figures = z.object({ items: z.array(figure) });

const documentLine = z.object({
  slug: documentSlug,
  kind: z.string(),
  kindWord: z.string(),
  title: z.string(),
  originalTitle: z.string(),
  originalLanguage: language,
  place: z.string(),
  startsOn: z.string().nullable(),
  endsOn: z.string().nullable(),
  authors: z.array(person),
  sections: z.number().int(),
  figures: z.number().int(),
  /** Whether the original text was imported here. */
  hasOriginal: z.boolean(),
});
export const documentList = z.object({ items: z.array(documentLine.extend({ summary: z.string() })) });

const sectionLine = z.object({
  slug: documentSlug,
  number: z.string().nullable(),
  kind: z.string(),
  kindWord: z.string(),
  title: z.string(),
  speakers: z.array(person),
});
export const readDocument = documentLine.extend({
  language,
  digest: z.array(z.string()),
  sections: z.array(sectionLine),
  figures: z.array(figure),
  citeAs: z.string(),
});

/** `at` is where in the text a footnote's mark stood, in UTF-16 units. The notes themselves are not part of the newsletter. */
const passage = z.object({
  language: z.string(),
  kind: z.enum(['heading', 'paragraph', 'item', 'byline', 'caption']),
  text: z.string(),
  notes: z.array(z.object({ mark: z.number().int(), at: z.number().int() })),
});
export const readSection = sectionLine.extend({
  document: documentSlug,
  documentTitle: z.string(),
  language,
  originalHeading: z.string().nullable(),
  originalLanguage: language,
  themes: z.array(theme),
  digest: z.array(z.string()),
  figures: z.array(figure),
  problems: z.array(z.object({ problem: z.string(), title: z.string() })),
  original: z.array(passage).nullable(),
  previous: mark.nullable(),
  next: mark.nullable(),
  citeAs: z.string(),
});

/** Where a question is answered. The excerpt comes in pieces, so that the words found can be marked without markup in the text. */
export const found = z.object({
  items: z.array(
    z.object({
      document: documentSlug,
      section: documentSlug,
      title: z.string(),
      documentTitle: z.string(),
      excerptLanguage: language,
      source: z.enum(['digest', 'original']),
      excerpt: z.array(z.object({ text: z.string(), hit: z.boolean() })),
    }),
  ),
});

/** A problem that the documents name, what they say, and how this product answers it: `places` are addresses of its screens. */
export const problems = z.object({
  items: z.array(
    z.object({
      problem: z.string(),
      title: z.string(),
      said: z.string(),
      answer: z.array(z.string()),
      sources: z.array(mark),
      places: z.array(z.string()),
    }),
  ),
});

export type DocumentQuery = z.infer<typeof documentQuery>;
export type DocumentSearchQuery = z.infer<typeof documentSearchQuery>;
export type DocumentList = z.infer<typeof documentList>;
export type ReadDocument = z.infer<typeof readDocument>;
export type ReadSection = z.infer<typeof readSection>;
export type DocumentFigure = z.infer<typeof figure>;
export type DocumentFigures = z.infer<typeof figures>;
export type DocumentPassage = z.infer<typeof passage>;
export type FoundDocuments = z.infer<typeof found>;
export type DocumentProblems = z.infer<typeof problems>;
