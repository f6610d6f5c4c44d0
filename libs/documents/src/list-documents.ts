import { Injectable } from '@nestjs/common';
import { type DocumentFigures, type DocumentList, type DocumentProblems, type DocumentQuery, refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import type { ProblemWords } from './catalogue';
import { readDocuments, readFigures, readLabels } from './documents.sql';
import { tellDocument, tellFigure, type Reader } from './tell.rules';

type ProblemRow = {
  problemSlug: string;
  sources: { document: string; section: string; title: string | null }[];
  places: string[];
  words: ProblemWords;
};

/** What there is to read in a language: documents, figures, problems. Refuses `documents/not_found` while no digests are stored. */
@Injectable()
export class ListDocuments {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  run({ language }: DocumentQuery): Promise<DocumentList> {
    return this.unitOfWork.run([], async () => {
      const [reader, rows] = await this.unitOfWork.together(this.reader(language), readDocuments(this.unitOfWork, language, null));
      return { items: rows.map((row) => ({ ...tellDocument(reader, row), summary: row.digest?.[0]?.text ?? '' })) };
    });
  }

  figures({ language }: DocumentQuery): Promise<DocumentFigures> {
    return this.unitOfWork.run([], async () => {
      const [reader, rows] = await this.unitOfWork.together(this.reader(language), readFigures(this.unitOfWork, language, null, null));
      return { items: rows.map((row) => tellFigure(reader, row)) };
    });
  }

  problems({ language }: DocumentQuery): Promise<DocumentProblems> {
    return this.unitOfWork.run([], async () => {
      const rows = await this.unitOfWork.query<ProblemRow>(
        `select p.problem_slug, p.places, p.words->$1 as words,
                  (select jsonb_agg(jsonb_build_object('document', s.value->>'document', 'section', s.value->>'section', 'title', t.title) order by s.place)
                     from jsonb_array_elements(p.sources) with ordinality as s(value, place)
                     left join document_text t on t.document_slug = s.value->>'document' and t.section_slug = s.value->>'section'
                                              and t.language = $1 and t.source = 'digest') as sources
             from document_problem p
            order by p.position`,
        [language],
      );
      if (rows.length === 0) throw refuse('documents/not_found');
      return {
        items: rows.map(({ problemSlug, sources, places, words: { title, said, answer } }) => ({
          problem: problemSlug,
          title,
          said,
          answer,
          sources: sources.map((source) => ({ ...source, title: source.title ?? source.section })),
          places,
        })),
      };
    });
  }

  private async reader(language: DocumentQuery['language']): Promise<Reader> {
    const labels = await readLabels(this.unitOfWork, language);
    if (labels === null) throw refuse('documents/not_found');
    return { language, labels };
  }
}
