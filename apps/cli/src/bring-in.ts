import { createWriteStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { type Import, type ImportColumnsInput, type ImportCounts, type ImportKind, importKinds } from '@timebank/contract';
import { deriveId } from '@timebank/database';
import {
  CheckImport,
  ChooseColumns,
  FailedRows,
  mostFileBytes,
  ReadImports,
  RunImports,
  StageImport,
  StartImport,
} from '@timebank/imports';
import { Refusal } from '@timebank/kernel';
import { CannotRun } from './cannot-run';
import { inBank } from './in-bank';

type Options = { bank: string; dryRun?: boolean; columns?: string; controlTotal?: string; failed?: string; json?: boolean };

/** So many problems are printed; `--failed` writes all. */
const mostPrinted = 20;

const say = (text: string) => process.stdout.write(`${text}\n`);
const tell = (text: string) => process.stderr.write(`${text}\n`);

async function readHere(file: string): Promise<Buffer> {
  const unreadable = (error: NodeJS.ErrnoException) => {
    throw new CannotRun(`${file}: ${error.code === 'ENOENT' ? 'no such file' : (error.code ?? error.message)}`);
  };
  const { size } = await stat(file).catch(unreadable);
  if (size > mostFileBytes) throw new CannotRun(`${file}: larger than ${mostFileBytes} bytes`);
  return readFile(file).catch(unreadable);
}

function kindOf(text: string): ImportKind {
  const kind = importKinds.find((one) => one === text);
  if (!kind) throw new CannotRun(`Not something to bring in: ${text}. It is one of ${importKinds.join(', ')}.`);
  return kind;
}

function totalOf(text: string | undefined): number | undefined {
  if (text !== undefined && !/^\d{1,12}$/.test(text)) throw new CannotRun(`Not whole minutes: ${text}`);
  return text === undefined ? undefined : Number(text);
}

async function columnsOf(file: string | undefined): Promise<ImportColumnsInput['columns'] | null> {
  if (file === undefined) return null;
  const bytes = await readHere(file);
  try {
    return JSON.parse(bytes.toString('utf8').replace(/^\uFEFF/, '')) as ImportColumnsInput['columns'];
  } catch {
    throw new CannotRun(`${file}: not JSON`);
  }
}

const countsText = ({ create, update, unchanged, skip, failed }: ImportCounts) =>
  `${create} new, ${update} changed, ${unchanged} as they were, ${skip} skipped, ${failed} failed`;

/** How the file was read, before anything is done with it. */
function describe(found: Import): void {
  const how =
    found.format === 'xlsx' ? `XLSX, sheet ${found.sheet}` : `CSV, ${found.encoding}, parted by ${JSON.stringify(found.separator)}`;
  tell(`  … ${found.fileName}: ${how}; ${found.rows} rows, ${found.blankRows} blank`);
  for (const [field, column] of Object.entries(found.columns)) tell(`  … ${field}: column ${column + 1}, ${found.heads[column]}`);
}

function report(found: Import, counts: ImportCounts, isDryRun: boolean): void {
  const failed = counts.failed > 0;
  say(`${failed ? '✗' : '✓'} ${isDryRun ? 'would be' : found.state}: ${countsText(counts)}`);
  if (found.sumMinutes !== null) say(`  minutes in the file: ${found.sumMinutes}`);
  for (const { line, field, code, said } of found.problems.slice(0, mostPrinted)) {
    say(`  line ${line}${field === null ? '' : `, ${field}`}: ${code}${said === null ? '' : ` (${said})`}`);
  }
  if (found.problemCount > mostPrinted) say(`  … and ${found.problemCount - mostPrinted} more`);
}

/** A counter that says no more than once a second how far it is. */
function counter(what: string): (done: number, all: number) => void {
  let toldAt = 0;
  return (done, all) => {
    if (Date.now() - toldAt < 1_000 && done < all) return;
    toldAt = Date.now();
    tell(`  … ${what} ${done} of ${all} rows`);
  };
}

/** Looks, and unless that is all that was asked for, does it. */
async function through(rooms: INestApplicationContext, bankId: string, kind: ImportKind, file: string, options: Options): Promise<Import> {
  // Nobody is signed in here: the operator of the machine acts for the bank, under an id of its own.
  const operator = { personId: deriveId(bankId, 'operator'), roles: [] };
  const controlTotal = totalOf(options.controlTotal);
  const columns = await columnsOf(options.columns);
  const bytes = await readHere(file);
  const read = (importId: string) => rooms.get(ReadImports, { strict: false }).one(bankId, importId);
  const importId = await rooms.get(StageImport, { strict: false }).run(operator, bankId, { name: basename(file), bytes }, kind);
  const staged = await read(importId);
  if (staged.startedAt === null) {
    if (columns) await rooms.get(ChooseColumns, { strict: false }).run(bankId, importId, { columns });
    describe(columns ? await read(importId) : staged);
    await rooms.get(CheckImport, { strict: false }).run(bankId, importId, counter('looked at'));
  }
  if (options.dryRun) return read(importId);
  await rooms.get(StartImport, { strict: false }).run(operator, bankId, importId, { controlTotal });
  await rooms.get(RunImports, { strict: false }).one(bankId, importId, { onProgress: counter('done') });
  return read(importId);
}

/** `timebank import`. */
export async function bringIn(kindText: string, file: string, options: Options): Promise<void> {
  const kind = kindOf(kindText);
  await inBank(options.bank, async (rooms, bankId) => {
    try {
      const found = await through(rooms, bankId, kind, file, options);
      const counts = options.dryRun ? (found.checked ?? found.counts) : found.counts;
      if (options.json) say(JSON.stringify(found));
      else report(found, counts, options.dryRun === true);
      if (options.failed !== undefined) {
        const rows = await rooms.get(FailedRows, { strict: false }).run(bankId, found.importId, 'en');
        await pipeline(Readable.from(rows), createWriteStream(options.failed));
      }
      if (counts.failed > 0) process.exitCode = 2;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      tell(`✗ ${error.code} ${JSON.stringify(error.parameters)}`);
      process.exitCode = 1;
    }
  });
}
