import { Injectable } from '@nestjs/common';
import { type ImportField, type ImportProblemCode, type Language, refuse, wordFor } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { csvMark, writeCsv } from '@timebank/kernel';

type Row = { line: number; field: ImportField | null; code: ImportProblemCode; cells: string[] };

/** Rows that are read and written together. */
const stretch = 2_000;

/**
 * The rows that were not taken, in the columns of the file, with the reason in a last column: to be corrected and brought in again, where that column
 * is left alone. Without a language the reason is a code. Refuses `imports/not_found`.
 */
@Injectable()
export class FailedRows {
  constructor(private readonly unit: UnitOfWork) {}

  async run(bankId: string, importId: string, language: Language | null): Promise<AsyncGenerator<string>> {
    const run = await this.unit.run([bankId], () =>
      this.unit.one<{ heads: string[] }>('select heads from import_run where bank_id = $1 and import_id = $2', [bankId, importId]),
    );
    if (!run) throw refuse('imports/not_found');
    return this.stretches(bankId, importId, run.heads, language);
  }

  private async *stretches(bankId: string, importId: string, heads: readonly string[], language: Language | null): AsyncGenerator<string> {
    const width = heads.length;
    yield csvMark + writeCsv([[...heads, language === null ? 'reason' : wordFor(language, 'imports', 'reason')]]);
    for (let line = 0; ;) {
      const after = line;
      const rows = await this.unit.run([bankId], () =>
        this.unit.query<Row>(
          `select line, field, code, cells from import_problem where bank_id = $1 and import_id = $2 and line > $3 order by line limit ${stretch}`,
          [bankId, importId, after],
        ),
      );
      if (rows.length === 0) return;
      yield writeCsv(rows.map((row) => [...Array.from({ length: width }, (_, index) => row.cells[index] ?? ''), reasonOf(row, language)]));
      line = rows.at(-1)?.line ?? line;
    }
  }
}

function reasonOf({ line, field, code }: Row, language: Language | null): string {
  if (language === null) return field === null ? code : `${field}: ${code}`;
  const reason = wordFor(language, 'importProblems', code);
  return `${line}: ${field === null ? '' : `${wordFor(language, 'importFields', field)} \u2013 `}${reason}`;
}
