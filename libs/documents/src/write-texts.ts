import { Injectable } from '@nestjs/common';
import type { DocumentPassage } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { indexWords, type Weight } from './word-index.rules';

export type SectionText = {
  documentSlug: string;
  sectionSlug: string;
  language: string;
  source: 'digest' | 'original';
  title: string;
  /** By what else it is found: names, themes, what its figures measure. */
  labels: string;
  passages: DocumentPassage[];
};

/** Rows in one statement: a few hundred sections are some hundred kilobytes of text. */
const atOnce = 500;

/** Stores texts with the words that find them. Inside a unit of work of the import's login; the caller ends with `count`. */
@Injectable()
export class WriteTexts {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async run(texts: readonly SectionText[]): Promise<void> {
    for (let from = 0; from < texts.length; from += atOnce) await this.write(texts.slice(from, from + atOnce));
  }

  private async write(texts: readonly SectionText[]): Promise<void> {
    const rows = texts.map(({ labels, ...text }) => {
      const weight: Weight = text.source === 'digest' ? 'C' : 'D';
      const { vector, count } = indexWords([
        { text: text.title, weight: 'A' },
        { text: labels, weight: 'B' },
        ...text.passages.map((passage) => ({ text: passage.text, weight })),
      ]);
      return { ...text, vector, count };
    });
    await this.unitOfWork.query(
      `insert into document_text (document_slug, section_slug, language, source, title, passages, words, word_count)
       select r."documentSlug", r."sectionSlug", r.language, r.source, r.title, r.passages, r.vector::tsvector, r.count
         from jsonb_to_recordset($1::jsonb) as r("documentSlug" text, "sectionSlug" text, language text, source text, title text, passages jsonb, vector text, count int)`,
      [JSON.stringify(rows)],
    );
  }

  /** Counts again how many texts contain each word, which says how much a word counts. */
  async count(): Promise<void> {
    await this.unitOfWork.query('delete from document_word');
    await this.unitOfWork.query(
      `insert into document_word (word, texts) select word, ndoc from ts_stat('select words from document_text')`,
    );
    await this.unitOfWork.query('delete from document_measure');
    await this.unitOfWork.query(
      'insert into document_measure (texts, mean_words) select count(*), coalesce(avg(word_count), 1) from document_text',
    );
  }
}
