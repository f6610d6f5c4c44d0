import { readFile } from 'node:fs/promises';
import { readConfig } from '@timebank/contract';
import { ImportNewsletter, type NewsletterImport } from '@timebank/documents';
import { CannotRun } from './cannot-run';
import { asImporter } from './importer';
import { bringUpToDate, withEnvironment } from './migrate';

/** The largest file that is looked at, in bytes: the newsletter is a hundredth of it. */
const largestFile = 8 * 1_024 * 1_024;

const problems: Record<NonNullable<NewsletterImport['problem']>, string> = {
  empty: 'The file is empty.',
  binary: 'The file is no text.',
  unknown_encoding: 'The file is text in no known encoding; save it as UTF-8.',
  not_this_newsletter: 'None of the known documents stands in the file.',
};

function describe(report: NewsletterImport): string[] {
  const found = report.documents.map(
    ({ slug, sections, ofSections, characters }) => `  ${slug}: ${sections} of ${ofSections} sections, ${characters} characters`,
  );
  return [
    ...(report.problem === null ? [] : [problems[report.problem]]),
    ...(report.encoding === null ? [] : [`encoding: ${report.encoding}`]),
    `documents: ${report.documents.length}`,
    ...found,
    `page headers taken out: ${report.pageHeaders.length}; footnote marks: ${report.notes}`,
    `figures found: ${report.figures.found}`,
    ...report.figures.missing.map((slug) => `  figure not found: ${slug}`),
    ...report.missing.map(({ document, section }) => `  not found: ${section === null ? document : `${document}, section ${section}`}`),
    ...report.incomplete.map(({ document, section }) => `  breaks off or is empty: ${document}, section ${section}`),
    `lines that belong nowhere: ${report.unplaced.length}`,
    ...report.unplaced.map(({ line, text }) => `  line ${line}: ${text.slice(0, 100)}`),
  ];
}

const outcomes: Record<NewsletterImport['outcome'], string> = {
  imported: '✓ imported',
  unchanged: '✓ imported before; nothing was changed',
  refused: '✗ not imported; nothing was changed',
};

async function readNewsletterFile(file: string): Promise<Uint8Array> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new CannotRun(`${file}: ${error.code === 'ENOENT' ? 'no such file' : (error.code ?? error.message)}`);
  });
  if (bytes.length > largestFile) throw new CannotRun(`${file}: larger than ${largestFile} bytes`);
  return bytes;
}

/** `timebank documents import`. */
export async function importDocuments(file: string, options: { json?: boolean }): Promise<void> {
  const bytes = await readNewsletterFile(file);
  const config = readConfig(process.env);
  await withEnvironment(config, async (environment) => {
    await bringUpToDate(config, environment);
    if (environment.importUrl === null) throw new CannotRun('Set DATABASE_IMPORT_URL to the login that may write the documents.');
    const report = await asImporter(environment.importUrl, (rooms) => rooms.get(ImportNewsletter, { strict: false }).run(bytes));
    const lines = options.json ? [JSON.stringify(report)] : [...describe(report), outcomes[report.outcome]];
    process.stdout.write(`${lines.join('\n')}\n`);
    if (report.outcome === 'refused') process.exitCode = 1;
  });
}
