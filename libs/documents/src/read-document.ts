import { Injectable } from '@nestjs/common';
import { type DocumentPassage, type DocumentQuery, type ReadDocument as Document, type ReadSection, refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { readDocuments, readFigures, readLabels, readSections, type SectionRow } from './documents.sql';
import { cite, type Reader, tellDocument, tellFigure, tellSection } from './tell.rules';

type TextRow = { source: 'digest' | 'original'; passages: DocumentPassage[] };

const textsOf = (rows: readonly DocumentPassage[] | null | undefined) => (rows ?? []).map(({ text }) => text);

/** A document or one of its sections in a language. Refuses `documents/not_found`. */
@Injectable()
export class ReadDocument {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  run(slug: string, { language }: DocumentQuery): Promise<Document> {
    return this.unitOfWork.run([], async () => {
      const [labels, rows, sections, figures] = await this.unitOfWork.together(
        readLabels(this.unitOfWork, language),
        readDocuments(this.unitOfWork, language, slug),
        readSections(this.unitOfWork, language, slug),
        readFigures(this.unitOfWork, language, slug, null),
      );
      const row = rows[0];
      if (!row || labels === null) throw refuse('documents/not_found');
      const reader: Reader = { language, labels };
      return {
        ...tellDocument(reader, row),
        language,
        digest: textsOf(row.digest),
        sections: sections.filter(({ sectionSlug }) => sectionSlug !== 'overview').map((section) => tellSection(reader, section)),
        figures: figures.map((figure) => tellFigure(reader, figure)),
        citeAs: cite(reader, row, null),
      };
    });
  }

  section(slug: string, sectionSlug: string, { language }: DocumentQuery): Promise<ReadSection> {
    return this.unitOfWork.run([], async () => {
      const [labels, rows, sections, figures, texts, problems] = await this.unitOfWork.together(
        readLabels(this.unitOfWork, language),
        readDocuments(this.unitOfWork, language, slug),
        readSections(this.unitOfWork, language, slug),
        readFigures(this.unitOfWork, language, slug, sectionSlug),
        this.unitOfWork.query<TextRow>(
          `select source, passages from document_text
            where document_slug = $1 and section_slug = $2 and (source = 'original' or language = $3)`,
          [slug, sectionSlug, language],
        ),
        this.unitOfWork.query<{ problem: string; title: string }>(
          `select problem_slug as problem, words->$3->>'title' as title from document_problem
            where sources @> jsonb_build_array(jsonb_build_object('document', $1::text, 'section', $2::text)) order by position`,
          [slug, sectionSlug, language],
        ),
      );
      const row = rows[0];
      const at = sections.findIndex((section) => section.sectionSlug === sectionSlug);
      const section = sections[at];
      if (!row || !section || labels === null) throw refuse('documents/not_found');
      const reader: Reader = { language, labels };
      const beside = (other: SectionRow | undefined) =>
        other ? { document: slug, section: other.sectionSlug, title: tellSection(reader, other).title } : null;
      return {
        ...tellSection(reader, section),
        document: slug,
        documentTitle: row.words.title,
        language,
        originalHeading: section.heading,
        originalLanguage: row.originalLanguage,
        themes: section.themes.map((code) => ({ code, word: labels.themes[code] ?? code })),
        digest: textsOf(texts.find(({ source }) => source === 'digest')?.passages),
        figures: figures.map((figure) => tellFigure(reader, figure)),
        problems,
        original: texts.find(({ source }) => source === 'original')?.passages ?? null,
        previous: beside(sections[at - 1]),
        next: beside(sections[at + 1]),
        citeAs: cite(reader, row, section),
      };
    });
  }
}
