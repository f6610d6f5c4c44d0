import { readFileSync } from 'node:fs';
import { type DocumentLanguage, documentLanguages } from '@timebank/contract';
import type { Digests } from '@timebank/documents';
import type { Random } from './random';

const sectionsOfOne = ['overview', 'first', 'second', 'third'];
/** Words that are made up beside those of the real digests, so that a language has as many as a library would. */
const madeUpWords = 20_000;
const wordsOfText = 60;

type LanguageFile = Digests['files'][DocumentLanguage];

/** Letters of which words are made up, as ranges of code points. */
const letters: Record<DocumentLanguage, [from: number, to: number, length: number]> = {
  'zh-Hans': [0x4e00, 0x8fff, 2],
  ja: [0x30a2, 0x30ed, 4],
  en: [0x61, 0x7a, 7],
  ko: [0xac00, 0xd79f, 3],
};

/** How a language sets words side by side. */
const between = (language: DocumentLanguage) => (language === 'en' || language === 'ko' ? ' ' : '');

/** The words of a language: the real ones first, which are therefore the common ones. */
function vocabularyOf(language: DocumentLanguage, random: Random): string[] {
  const file = JSON.parse(readFileSync(`libs/documents/catalogue/${language}.json`, 'utf8')) as LanguageFile;
  const text = Object.values(file.documents)
    .flatMap(({ sections }) => Object.values(sections).flatMap(({ digest }) => digest))
    .join('\n');
  const real = [...new Intl.Segmenter(language, { granularity: 'word' }).segment(text)]
    .filter(({ isWordLike }) => isWordLike)
    .map(({ segment }) => segment);
  const [from, to, length] = letters[language];
  const madeUp = Array.from({ length: madeUpWords }, () => String.fromCodePoint(...Array.from({ length }, () => random.integer(from, to))));
  return [...new Set([...real, ...madeUp])];
}

/** Texts and questions in four languages, in which a word is the rarer the later it stands in the vocabulary (Zipf's law, 1935). */
export class MadeWords {
  private readonly vocabularies = new Map<DocumentLanguage, string[]>();

  constructor(private readonly random: Random) {
    for (const language of documentLanguages) this.vocabularies.set(language, vocabularyOf(language, random));
  }

  private word(language: DocumentLanguage): string {
    const words = this.vocabularies.get(language) as string[];
    return words[Math.min(words.length - 1, Math.floor(words.length ** this.random.next()) - 1)] as string;
  }

  text(language: DocumentLanguage, words = wordsOfText): string {
    return Array.from({ length: words }, () => this.word(language)).join(between(language));
  }
}

/** So many documents in four languages, a digest and three sections each, in the shape in which the product's own are laid down. */
export function makeDocuments(count: number, words: MadeWords): Digests {
  const slugs = Array.from({ length: count }, (_, index) => `made-${index}`);
  const section = (slug: string) => ({
    slug,
    number: null,
    kind: slug === 'overview' ? slug : 'section',
    country: null,
    heading: null,
    speakers: [],
    themes: [],
  });
  const fileOf = (language: DocumentLanguage): LanguageFile => ({
    documents: Object.fromEntries(
      slugs.map((slug) => [
        slug,
        {
          title: words.text(language, 6),
          place: '',
          sections: Object.fromEntries(
            sectionsOfOne.map((name) => [name, { title: words.text(language, 5), digest: [words.text(language)], keywords: [] }]),
          ),
        },
      ]),
    ),
    people: {},
    themes: {},
    documentKinds: {},
    sectionKinds: {},
    countries: {},
    units: {},
    how: {},
    forecast: '',
    undated: '',
    figures: {},
    charts: {},
    problems: {},
  });
  return {
    catalogue: {
      documents: slugs.map((slug) => ({
        slug,
        kind: 'report',
        language: 'en',
        title: slug,
        authors: [],
        byline: [],
        from: null,
        to: null,
        sections: sectionsOfOne.map(section),
      })),
      people: [],
      figures: [],
      charts: [],
      problems: [],
    },
    files: Object.fromEntries(documentLanguages.map((language) => [language, fileOf(language)])) as Digests['files'],
  };
}
