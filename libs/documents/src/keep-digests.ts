import { Injectable } from '@nestjs/common';
import { type DocumentLanguage, documentLanguages, type DocumentPassage } from '@timebank/contract';
import { contentHash, UnitOfWork } from '@timebank/database';
import {
  type Catalogue,
  catalogue as ownCatalogue,
  type CatalogueDocument,
  type CatalogueSection,
  type LanguageFile,
  languageFiles,
  labelsOf,
} from './catalogue';
import { wordsVersion } from './words.rules';
import { type SectionText, WriteTexts } from './write-texts';

export type Digests = { catalogue: Catalogue; files: Record<DocumentLanguage, LanguageFile> };

const own: Digests = { catalogue: ownCatalogue, files: languageFiles };

/** A text in every language. */
const inEvery = <Told>(tell: (language: DocumentLanguage) => Told) =>
  Object.fromEntries(documentLanguages.map((language) => [language, tell(language)])) as Record<DocumentLanguage, Told>;

/** By what else a section is found in a language: keywords, who spoke, on what, and what its figures measure. */
function labelText(
  { catalogue, files }: Digests,
  language: DocumentLanguage,
): (document: CatalogueDocument, section: CatalogueSection) => string {
  const file = files[language];
  const printed = new Map(catalogue.people.map(({ slug, name }) => [slug, name]));
  const figures = Map.groupBy(catalogue.figures, ({ document, section }) => `${document}/${section}`);
  return (document, section) =>
    [
      ...(file.documents[document.slug]?.sections[section.slug]?.keywords ?? []),
      ...[...section.speakers, ...(section.kind === 'overview' ? document.authors : [])].flatMap((slug) => [
        printed.get(slug),
        file.people[slug]?.name,
        file.people[slug]?.affiliation,
      ]),
      ...section.themes.map((theme) => file.themes[theme]),
      file.countries[section.country ?? ''],
      ...(figures.get(`${document.slug}/${section.slug}`) ?? []).map(({ slug }) => file.figures[slug]?.measures),
    ]
      .filter(Boolean)
      .join('\n');
}

function digestsOf(digests: Digests): SectionText[] {
  return documentLanguages.flatMap((language) => {
    const labels = labelText(digests, language);
    return digests.catalogue.documents.flatMap((document) =>
      document.sections.map((section): SectionText => {
        const told = digests.files[language].documents[document.slug]?.sections[section.slug];
        return {
          documentSlug: document.slug,
          sectionSlug: section.slug,
          language,
          source: 'digest',
          title: told?.title ?? '',
          labels: labels(document, section),
          passages: (told?.digest ?? []).map((text): DocumentPassage => ({ language, kind: 'paragraph', text, notes: [] })),
        };
      }),
    );
  });
}

/**
 * Stores the documents that this product carries, with the import's login: documents, sections, figures, problems, labels and the digests in four
 * languages. All or nothing; the same again changes nothing. Imported originals stay and are split into words again.
 */
@Injectable()
export class KeepDigests {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly writeTexts: WriteTexts,
  ) {}

  /** Whether anything was written. */
  run(digests: Digests = own): Promise<boolean> {
    const hash = contentHash({ digests, wordsVersion });
    return this.unitOfWork.run([], async () => {
      await this.unitOfWork.query('lock table document_release in exclusive mode');
      const kept = await this.unitOfWork.one<{ contentHash: Buffer }>(`select content_hash from document_release where source = 'digests'`);
      if (kept?.contentHash.equals(hash)) return false;
      const originals = await this.unitOfWork.query<Omit<SectionText, 'labels'>>(
        `select document_slug, section_slug, language, source, title, passages from document_text where source = 'original'`,
      );
      await this.layDown(digests);
      const known = new Set(
        digests.catalogue.documents.flatMap(({ slug, sections }) => sections.map((section) => `${slug}/${section.slug}`)),
      );
      const stay = originals.filter(({ documentSlug, sectionSlug }) => known.has(`${documentSlug}/${sectionSlug}`));
      await this.writeTexts.run([...digestsOf(digests), ...stay.map((text) => ({ ...text, labels: '' }))]);
      await this.writeTexts.count();
      await this.unitOfWork.query(
        `insert into document_release (source, content_hash, laid_down_at) values ('digests', $1, $2)
         on conflict (source) do update set content_hash = excluded.content_hash, laid_down_at = excluded.laid_down_at`,
        [hash, this.unitOfWork.now],
      );
      return true;
    });
  }

  private async layDown({ catalogue, files }: Digests): Promise<void> {
    const documents = catalogue.documents.map((document) => ({
      ...document,
      words: inEvery((language) => {
        const told = files[language].documents[document.slug];
        return { title: told?.title ?? document.title, place: told?.place ?? '' };
      }),
    }));
    const figures = catalogue.figures.map((figure) => ({ ...figure, words: inEvery((language) => files[language].figures[figure.slug]) }));
    const problems = catalogue.problems.map((problem) => ({
      ...problem,
      words: inEvery((language) => files[language].problems[problem.slug]),
    }));
    await this.unitOfWork.query('delete from document');
    await this.unitOfWork.query('delete from document_problem');
    await this.unitOfWork.query('delete from document_label');
    await this.unitOfWork.query(
      `insert into document (document_slug, position, kind, original_language, original_title, authors, byline, words, starts_on, ends_on)
       select d.value->>'slug', d.place, d.value->>'kind', d.value->>'language', d.value->>'title',
              array(select jsonb_array_elements_text(d.value->'authors')),
              array(select jsonb_array_elements_text(d.value->'byline')), d.value->'words', (d.value->>'from')::date, (d.value->>'to')::date
         from jsonb_array_elements($1::jsonb) with ordinality as d(value, place)`,
      [JSON.stringify(documents)],
    );
    await this.unitOfWork.query(
      `insert into document_section (document_slug, section_slug, position, number, kind, heading, country, speakers, themes)
       select d.value->>'slug', s.value->>'slug', s.place, s.value->>'number', s.value->>'kind', s.value->>'heading', s.value->>'country',
              array(select jsonb_array_elements_text(s.value->'speakers')), array(select jsonb_array_elements_text(s.value->'themes'))
         from jsonb_array_elements($1::jsonb) as d(value), jsonb_array_elements(d.value->'sections') with ordinality as s(value, place)`,
      [JSON.stringify(documents)],
    );
    await this.unitOfWork.query(
      `insert into document_figure (figure_slug, document_slug, section_slug, position, value, upper, qualifier, forecast, unit, year, chart, words)
       select f.value->>'slug', f.value->>'document', f.value->>'section', f.place, (f.value->>'value')::numeric, (f.value->>'upper')::numeric,
              f.value->>'how', (f.value->>'forecast')::boolean, f.value->>'unit', (f.value->>'year')::int, f.value->>'chart', f.value->'words'
         from jsonb_array_elements($1::jsonb) with ordinality as f(value, place)`,
      [JSON.stringify(figures)],
    );
    await this.unitOfWork.query(
      `insert into document_problem (problem_slug, position, sources, places, words)
       select p.value->>'slug', p.place, p.value->'sources', array(select jsonb_array_elements_text(p.value->'places')), p.value->'words'
         from jsonb_array_elements($1::jsonb) with ordinality as p(value, place)`,
      [JSON.stringify(problems)],
    );
    await this.unitOfWork.query('insert into document_label (language, labels) select l.key, l.value from jsonb_each($1::jsonb) as l', [
      JSON.stringify(inEvery((language) => labelsOf(files[language], catalogue))),
    ]);
  }
}
