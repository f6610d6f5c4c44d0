/** What the reading pages show; the API's messages fit these. */
export type ReadPerson = { name: string; originalName: string; affiliation: string; country: string };

export type SourceMark = { document: string; section: string; title: string };

export type ShownFigure = {
  figure: string;
  value: number;
  forecast: boolean;
  shown: string;
  yearShown: string;
  measures: string;
  chart: { chart: string; title: string; label: string } | null;
  source: SourceMark;
};

type DocumentLine = {
  slug: string;
  kindWord: string;
  title: string;
  originalTitle: string;
  originalLanguage: string;
  place: string;
  startsOn: string | null;
  endsOn: string | null;
  authors: ReadPerson[];
  hasOriginal: boolean;
};

export type ListedDocument = DocumentLine & { summary: string; sections: number; figures: number };

export type ShownSectionLine = {
  slug: string;
  number: string | null;
  kind: string;
  kindWord: string;
  title: string;
  speakers: ReadPerson[];
};

export type ShownDocument = DocumentLine & {
  digest: string[];
  sections: ShownSectionLine[];
  figures: ShownFigure[];
  citeAs: string;
};

export type Passage = {
  language: string;
  kind: 'heading' | 'paragraph' | 'item' | 'byline' | 'caption';
  text: string;
  notes: { mark: number; at: number }[];
};

export type ShownSection = ShownSectionLine & {
  document: string;
  documentTitle: string;
  originalHeading: string | null;
  originalLanguage: string;
  themes: { code: string; word: string }[];
  digest: string[];
  figures: ShownFigure[];
  problems: { problem: string; title: string }[];
  original: Passage[] | null;
  previous: SourceMark | null;
  next: SourceMark | null;
  citeAs: string;
};

export type FoundPassage = {
  document: string;
  section: string;
  title: string;
  documentTitle: string;
  excerptLanguage: string;
  source: 'digest' | 'original';
  excerpt: { text: string; hit: boolean }[];
};

export type ShownProblem = {
  problem: string;
  title: string;
  said: string;
  answer: string[];
  sources: SourceMark[];
  places: string[];
};
