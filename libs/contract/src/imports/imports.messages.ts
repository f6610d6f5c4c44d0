import { z } from 'zod';
import { id, instant, line, listOf, page } from '../primitives';
import { tableChoice } from '../table-choice';
import { type ImportField, importFields, importKinds, importProblemCodes, importStates } from './import-lists';

const fields = [...new Set(Object.values(importFields).flat())] as [ImportField, ...ImportField[]];
const field = z.enum(fields);
const count = z.int().min(0);

/** What becomes, or became, of the rows. `skip`: they ask for nothing, as a balance of none. */
const counts = z.object({ create: count, update: count, unchanged: count, skip: count, failed: count });

const problem = z.object({
  line: z.int(),
  field: field.nullable(),
  code: z.enum(importProblemCodes),
  /** What the row says there, shortened. */
  said: z.string().nullable(),
  /** Who may be meant, where several fit. */
  candidates: z.array(z.object({ memberId: id, memberNumber: z.string(), name: z.string(), birthDate: z.string() })),
  /** The line that says the same, or another thing, of the same person. */
  otherLine: z.int().nullable(),
});

export const importAnswer = z.object({
  importId: id,
  bankId: id,
  kind: z.enum(importKinds),
  state: z.enum(importStates),
  fileName: z.string(),
  format: z.enum(['csv', 'xlsx']),
  /** Of text: how its bytes were read, and what parts its cells. */
  encoding: z.enum(['utf-8', 'utf-16', 'gb18030']).nullable(),
  separator: z.enum([',', ';', '\t']).nullable(),
  /** Of a workbook: the sheet that was read. */
  sheet: z.string().nullable(),
  heads: z.array(z.string()),
  /** The first rows, to see what the columns hold. */
  sample: z.array(z.array(z.string())),
  /** Which column, counted from 0, holds which field. */
  columns: z.partialRecord(field, z.int()),
  missing: z.array(field),
  rows: count,
  blankRows: count,
  /** What a dry run found; null before one, and again when the columns are chosen anew. */
  checked: counts.nullable(),
  /** What was done so far. */
  counts,
  doneRows: count,
  /** Of balances and past visits: all that the file says, in minutes; and what the admin said that it should be. */
  sumMinutes: z.int().nullable(),
  controlTotal: z.int().nullable(),
  /** The first of them, by line; `failed.csv` has all. */
  problems: z.array(problem),
  problemCount: count,
  createdAt: instant,
  startedAt: instant.nullable(),
  finishedAt: instant.nullable(),
  startedByName: z.string().nullable(),
});
export const importLine = importAnswer.pick({
  importId: true,
  kind: true,
  state: true,
  fileName: true,
  rows: true,
  doneRows: true,
  counts: true,
  createdAt: true,
  startedAt: true,
  finishedAt: true,
});
export const memberTableQuery = z.strictObject(tableChoice);
export const failedRowsQuery = z.strictObject(tableChoice);
export const importQuery = z.strictObject(page);
export const importList = listOf(importLine);

/** A column by its head as the file writes it, or by its place from 0; null: none. Fields that are left out stay as they are. */
export const importColumnsInput = z.strictObject({
  kind: z.enum(importKinds).optional(),
  columns: z.partialRecord(field, z.union([line(200), z.int().min(0).max(99)]).nullable()).optional(),
});
/** Minutes that the balances should come to. */
export const importStartInput = z.strictObject({ controlTotal: z.int().min(0).max(100_000_000_000).optional() });

export type Import = z.infer<typeof importAnswer>;
export type ImportLine = z.infer<typeof importLine>;
export type ImportCounts = z.infer<typeof counts>;
export type ImportProblem = z.infer<typeof problem>;
export type ImportColumnsInput = z.infer<typeof importColumnsInput>;
export type ImportStartInput = z.infer<typeof importStartInput>;
export type ImportQuery = z.infer<typeof importQuery>;
