import { Injectable } from '@nestjs/common';
import { contentHash, UnitOfWork } from '@timebank/database';
import { catalogue } from './catalogue';
import { KeepDigests } from './keep-digests';
import { readNewsletter, type Reading } from './newsletter/read-newsletter.rules';
import { wordsVersion } from './words.rules';
import { type SectionText, WriteTexts } from './write-texts';

export type NewsletterImport = Omit<Reading, 'documents'> & {
  /** `refused`: something is missing, and nothing was written. */
  outcome: 'imported' | 'unchanged' | 'refused';
  documents: { slug: string; sections: number; ofSections: number; characters: number }[];
  /** Figures of the catalogue that appear in the text of their section, and those that do not. */
  figures: { found: number; missing: string[] };
};

const textOf = (reading: Reading, document: string, section: string) =>
  reading.documents
    .find(({ slug }) => slug === document)
    ?.sections.find(({ slug }) => slug === section)
    ?.passages.map(({ text }) => text)
    .join('\n') ?? '';

function describe(reading: Reading): Omit<NewsletterImport, 'outcome'> {
  const { documents, ...rest } = reading;
  const missing = catalogue.figures.filter(({ document, section, printed }) => !textOf(reading, document, section).includes(printed));
  return {
    ...rest,
    documents: documents.map(({ slug, sections }) => ({
      slug,
      sections: sections.length,
      ofSections: catalogue.documents.find((document) => document.slug === slug)?.sections.length ?? 0,
      characters: sections.flatMap(({ passages }) => passages).reduce((sum, { text }) => sum + [...text].length, 0),
    })),
    figures: { found: catalogue.figures.length - missing.length, missing: missing.map(({ slug }) => slug) },
  };
}

function originalsOf(reading: Reading): SectionText[] {
  return reading.documents.flatMap(({ slug, sections }) => {
    const document = catalogue.documents.find((known) => known.slug === slug);
    return sections
      .filter(({ passages }) => passages.length > 0)
      .map((section) => ({
        documentSlug: slug,
        sectionSlug: section.slug,
        language: document?.language ?? 'ja',
        source: 'original' as const,
        title: document?.sections.find((known) => known.slug === section.slug)?.heading ?? document?.title ?? '',
        labels: '',
        passages: section.passages,
      }));
  });
}

/**
 * Reads the newsletter's text and stores its originals beside the digests, with the import's login. All or nothing: if a document, a section, a
 * section's end or a figure is missing, it writes nothing and the report says which. The same file again changes nothing.
 */
@Injectable()
export class ImportNewsletter {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly keepDigests: KeepDigests,
    private readonly writeTexts: WriteTexts,
  ) {}

  async run(bytes: Uint8Array): Promise<NewsletterImport> {
    const reading = readNewsletter(bytes, catalogue);
    const report = describe(reading);
    const isWhole =
      reading.problem === null && [reading.missing, reading.incomplete, report.figures.missing].every(({ length }) => length === 0);
    if (!isWhole) return { ...report, outcome: 'refused' };
    return { ...report, outcome: (await this.keep(originalsOf(reading))) ? 'imported' : 'unchanged' };
  }

  private keep(originals: SectionText[]): Promise<boolean> {
    const hash = contentHash({ originals, wordsVersion });
    return this.unitOfWork.run([], async () => {
      await this.keepDigests.run();
      const kept = await this.unitOfWork.one<{ contentHash: Buffer }>(
        `select content_hash from document_release where source = 'newsletter'`,
      );
      if (kept?.contentHash.equals(hash)) return false;
      await this.unitOfWork.query(`delete from document_text where source = 'original'`);
      await this.writeTexts.run(originals);
      await this.writeTexts.count();
      await this.unitOfWork.query(
        `insert into document_release (source, content_hash, laid_down_at) values ('newsletter', $1, $2)
         on conflict (source) do update set content_hash = excluded.content_hash, laid_down_at = excluded.laid_down_at`,
        [hash, this.unitOfWork.now],
      );
      return true;
    });
  }
}
