import { describe, expect, it } from '@jest/globals';
import { documentLanguages } from '@timebank/contract';
import { catalogue, languageFiles } from './catalogue';

/** The shape of a value: its keys all the way down. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return 'a list';
  if (value === null || typeof value !== 'object') return typeof value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, field]) => [key, shapeOf(field)]),
  );
}

function textsOf(value: unknown, path: string): { path: string; text: string }[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, field]) => textsOf(field, `${path}.${key}`));
}

const sorted = (keys: Iterable<string>) => [...keys].sort();

describe('the catalogue of the documents', () => {
  it('has three documents with sections that begin with an overview, and slugs that name one thing each', () => {
    expect(catalogue.documents).toHaveLength(3);
    for (const { slug, sections } of catalogue.documents) {
      expect({ slug, first: sections[0]?.slug }).toEqual({ slug, first: 'overview' });
      expect(new Set(sections.map((section) => section.slug)).size).toBe(sections.length);
    }
    const figures = catalogue.figures.map(({ slug }) => slug);
    expect(new Set(figures).size).toBe(figures.length);
  });

  it('places every figure and every problem in a section that is there, and every figure with its year, unit and characters', () => {
    const sections = new Set(catalogue.documents.flatMap(({ slug, sections: own }) => own.map((section) => `${slug}/${section.slug}`)));
    const places = [...catalogue.figures, ...catalogue.problems.flatMap(({ sources }) => sources)];
    expect(places.filter(({ document, section }) => !sections.has(`${document}/${section}`))).toEqual([]);
    for (const { value, upper, year, unit, printed } of catalogue.figures) {
      expect(Number.isFinite(value) && (upper === null || upper > value) && unit !== '' && printed !== '').toBe(true);
      expect(year === null || (year >= 1900 && year <= 2050)).toBe(true);
    }
  });

  it('draws no chart of one bar, nor of two units', () => {
    for (const chart of catalogue.charts) {
      const bars = catalogue.figures.filter((figure) => figure.chart === chart);
      expect(bars.length).toBeGreaterThan(1);
      expect(new Set(bars.map(({ unit }) => unit)).size).toBe(1);
    }
  });

  it.each(documentLanguages)('is told in %s as in every other language', (language) => {
    expect(shapeOf(languageFiles[language])).toEqual(shapeOf(languageFiles.en));
  });

  it.each(documentLanguages)('leaves nothing untold in %s, and tells nothing twice', (language) => {
    const { documents, people, themes, documentKinds, sectionKinds, countries, units, how, figures, charts, problems } =
      languageFiles[language];
    const sections = catalogue.documents.flatMap((document) => document.sections);
    expect(Object.entries(documents).map(([slug, document]) => [slug, Object.keys(document.sections)])).toEqual(
      catalogue.documents.map(({ slug, sections: own }) => [slug, own.map((section) => section.slug)]),
    );
    expect(sorted(Object.keys(people))).toEqual(sorted(catalogue.people.map(({ slug }) => slug)));
    expect(sorted(Object.keys(themes))).toEqual(sorted(new Set(sections.flatMap((section) => section.themes))));
    expect(sorted(Object.keys(documentKinds))).toEqual(sorted(new Set(catalogue.documents.map(({ kind }) => kind))));
    expect(sorted(Object.keys(sectionKinds))).toEqual(sorted(new Set(sections.map(({ kind }) => kind))));
    expect(Object.keys(countries)).toEqual(expect.arrayContaining(catalogue.people.map(({ country }) => country)));
    expect(sorted(Object.keys(units))).toEqual(sorted(new Set(catalogue.figures.map(({ unit }) => unit))));
    expect(Object.keys(how)).toEqual(expect.arrayContaining(catalogue.figures.map((figure) => figure.how)));
    for (const pattern of [...Object.values(units), ...Object.values(how)]) expect(pattern).toContain('{value}');
    expect(sorted(Object.keys(figures))).toEqual(sorted(catalogue.figures.map(({ slug }) => slug)));
    for (const { slug, chart } of catalogue.figures)
      expect({ slug, labelled: (figures[slug]?.label ?? '') !== '' }).toEqual({ slug, labelled: chart !== null });
    expect(sorted(Object.keys(charts))).toEqual(sorted(catalogue.charts));
    expect(sorted(Object.keys(problems))).toEqual(sorted(catalogue.problems.map(({ slug }) => slug)));
    const texts = textsOf({ documents, problems, figures, charts, themes }, '').filter(({ path }) => !path.endsWith('.place'));
    expect(texts.filter(({ text }) => text.trim() === '' || text !== text.trim())).toEqual([]);
    const digests = texts.filter(({ path }) => path.includes('.digest.')).map(({ text }) => text);
    expect(new Set(digests).size).toBe(digests.length);
  });

  it('writes each language in its own letters', () => {
    const proper = {
      'zh-Hans': /\p{Script=Han}/u,
      ja: /\p{Script=Hiragana}/u,
      en: /^[^\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}]+$/u,
      ko: /\p{Script=Hangul}/u,
    };
    for (const language of documentLanguages) {
      const digests = textsOf(languageFiles[language].documents, '').filter(({ path }) => path.includes('.digest.'));
      expect(digests.filter(({ text }) => !proper[language].test(text))).toEqual([]);
    }
  });
});
