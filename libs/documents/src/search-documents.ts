import { Injectable } from '@nestjs/common';
import type { DocumentLanguage, DocumentPassage, DocumentSearchQuery, FoundDocuments } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { excerptOf } from './excerpt.rules';
import { type WordCount, planSearch, type SearchPlan } from './search.rules';
import { wordsOf } from './words.rules';

type FoundRow = {
  documentSlug: string;
  sectionSlug: string;
  language: DocumentLanguage;
  source: 'digest' | 'original';
  passages: DocumentPassage[];
  title: string | null;
  documentTitle: string;
  heading: string | null;
};

/** For words that occur nowhere it looks among similar ones; at most this many of them. */
const mostGuesses = 5;
/** Pairs of words less similar than this are two words. */
const alikeEnough = 0.45;

/**
 * The sections that answer a question best, asked in any of the four languages. Texts are found by their words (GIN over `tsvector`) and ranked as
 * BM25 does (Robertson and Zaragoza, 2009): by how rare the words are, how often and where they occur, and how long the text is. A word that occurs
 * nowhere is replaced by the one most like it (`pg_trgm`). Without words there are no results.
 */
@Injectable()
export class SearchDocuments {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  run({ q, language, limit }: DocumentSearchQuery): Promise<FoundDocuments> {
    const asked = [...new Set(wordsOf(q))];
    if (asked.length === 0) return Promise.resolve({ items: [] });
    return this.unitOfWork.run([], async () => {
      const [known, measure] = await this.unitOfWork.together(
        this.unitOfWork.query<WordCount>('select word, texts from document_word where word = any($1)', [asked]),
        this.unitOfWork.one<{ texts: number; meanWords: number }>('select texts, mean_words from document_measure'),
      );
      const unknown = asked.filter((word) => !known.some((row) => row.word === word));
      const guessed = await this.guess(unknown);
      const plan = planSearch([...known, ...guessed], measure?.texts ?? 0);
      if (plan === null) return { items: [] };
      const rows = await this.find(plan, measure?.meanWords ?? 1, language, limit);
      return { items: rows.map((row) => tell(row, plan)) };
    });
  }

  private guess(unknown: readonly string[]): Promise<WordCount[]> {
    const worth = unknown.filter((word) => word.length >= 4).slice(0, mostGuesses);
    if (worth.length === 0) return Promise.resolve([]);
    return this.unitOfWork.query<WordCount>(
      `select alike.word, alike.texts from unnest($1::text[]) as asked(word)
        cross join lateral (
          select w.word, w.texts from document_word w
           where w.word % asked.word and similarity(w.word, asked.word) >= $2
           order by similarity(w.word, asked.word) desc, w.texts desc limit 1) alike`,
      [worth, alikeEnough],
    );
  }

  private find(plan: SearchPlan, meanWords: number, language: DocumentLanguage, limit: number): Promise<FoundRow[]> {
    return this.unitOfWork.query<FoundRow>(
      `with asked as (select t.query::tsquery as query, t.weight from unnest($1::text[], $2::double precision[]) as t(query, weight)),
            candidate as (select document_slug, section_slug, language, source, words, word_count from document_text where words @@ $3::tsquery limit $4),
            scored as (
              select c.document_slug, c.section_slug, c.language, c.source,
                     (select sum(a.weight * f.often / (f.often + 0.5 + 0.5 * c.word_count / $5))
                        from asked a cross join lateral (select ts_rank('{0.5, 0.7, 0.7, 1}', c.words, a.query) * 1.645 as often) f)
                       * case when c.language = $6 then 1.1 else 1 end as score
                from candidate c),
            best as (
              select distinct on (document_slug, section_slug) * from scored order by document_slug, section_slug, score desc),
            first as (select * from best order by score desc, document_slug, section_slug limit $7)
       select f.document_slug, f.section_slug, f.language, f.source, t.passages, own.title, d.words->$6->>'title' as document_title, s.heading
         from first f
         join document_text t using (document_slug, section_slug, language, source)
         join document d using (document_slug)
         join document_section s using (document_slug, section_slug)
         left join document_text own on own.document_slug = f.document_slug and own.section_slug = f.section_slug
                                    and own.language = $6 and own.source = 'digest'
        order by f.score desc, f.document_slug, f.section_slug`,
      [plan.queries, plan.weights, plan.candidates, plan.mostCandidates, meanWords, language, limit],
    );
  }
}

function tell(row: FoundRow, plan: SearchPlan): FoundDocuments['items'][number] {
  return {
    document: row.documentSlug,
    section: row.sectionSlug,
    title: row.title ?? row.heading ?? row.documentTitle,
    documentTitle: row.documentTitle,
    excerptLanguage: row.language,
    source: row.source,
    excerpt: excerptOf(
      row.passages.map(({ text }) => text),
      plan.tellingWords,
    ),
  };
}
