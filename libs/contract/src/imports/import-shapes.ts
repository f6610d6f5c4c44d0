import type { RouteName } from '../paths';
import { empty } from '../primitives';
import { media, type Shape } from '../shape';
import { importKinds } from './import-lists';
import * as imports from './imports.messages';

/** What a bank kept before, from files. */
export const importShapes = {
  membersCsv: {
    query: imports.memberTableQuery,
    answer: null,
    media: media.csv,
    costly: true,
    summary: 'The members who are here as CSV, to be brought in again; who took it is kept',
  },
  membersXlsx: { query: imports.memberTableQuery, answer: null, media: media.xlsx, costly: true, summary: 'The same as a workbook' },
  listImports: { query: imports.importQuery, answer: imports.importList, summary: 'Files brought in, the newest first' },
  createImport: {
    takesFile: importKinds,
    largestBody: { bytes: 42_000_000, values: 10 },
    answer: imports.importAnswer,
    kind: 'create',
    costly: true,
    summary: 'Take in a CSV or XLSX file; nothing of it is done yet',
  },
  getImport: { answer: imports.importAnswer, summary: 'How an import stands' },
  chooseImportColumns: { body: imports.importColumnsInput, answer: imports.importAnswer, summary: 'Say which column holds which field' },
  checkImport: { body: empty.optional(), answer: imports.importAnswer, costly: true, summary: 'A dry run: what would become of each row' },
  startImport: {
    body: imports.importStartInput.optional(),
    answer: imports.importAnswer,
    costly: true,
    summary: 'Let an import begin, or go on; background work does it',
  },
  cancelImport: { body: empty.optional(), answer: imports.importAnswer, summary: 'Stop an import; what was taken stays' },
  failedRowsCsv: {
    query: imports.failedRowsQuery,
    answer: null,
    media: media.csv,
    costly: true,
    summary: 'The rows that were not taken, with their reasons',
  },
} satisfies Partial<Record<RouteName, Shape>>;
