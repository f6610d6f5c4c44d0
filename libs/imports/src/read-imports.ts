import { Injectable } from '@nestjs/common';
import { type Import, type ImportCounts, type ImportLine, type ImportProblem, type ImportQuery, refuse } from '@timebank/contract';
import { pageOf, readCursor, rowsFor, UnitOfWork } from '@timebank/database';
import { missingFields } from './columns.rules';
import { CountImport, piecesSummed } from './count-import';
import type { ImportRunRow } from './import.entity';
import { type FileRow, noCounts, type Problem } from './planned';

/** So many problems are shown; the file of failed rows has all. */
const mostProblems = 200;
const sampleRows = 5;

/** An import as a list reads it; `done` only while its pieces are there. */
type ListedRun = ImportRunRow & { done: (ImportCounts & { done_rows: number }) | null };

/** How an import stands. */
@Injectable()
export class ReadImports {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly count: CountImport,
  ) {}

  async one(bankId: string, importId: string): Promise<Import> {
    return this.unit.run([bankId], async () => {
      const run = await this.unit.one<ImportRunRow & { startedByName: string | null }>(
        `select r.*, m.name as started_by_name from import_run r left join member m on m.bank_id = $1 and m.person_id = r.started_by
          where r.bank_id = $1 and r.import_id = $2`,
        [bankId, importId],
      );
      if (!run) throw refuse('imports/not_found');
      const { doneRows, ...counts } = run.counts ? { ...run.counts, doneRows: run.doneRows ?? 0 } : await this.count.run(bankId, importId);
      const problems = await this.problems(bankId, importId, mostProblems);
      const { problemCount } = (await this.unit.one<{ problemCount: number }>(
        'select count(*)::integer as problem_count from import_problem where bank_id = $1 and import_id = $2',
        [bankId, importId],
      )) ?? { problemCount: 0 };
      const { rowCount, fileHash: _, epoch: __, createdBy: ___, startedBy: ____, createdAt, startedAt, finishedAt, ...shown } = run;
      return {
        ...shown,
        sample: await this.sample(bankId, importId),
        missing: missingFields(run.kind, run.columns),
        rows: rowCount,
        counts,
        doneRows,
        problems,
        problemCount,
        createdAt: createdAt.toISOString(),
        startedAt: startedAt?.toISOString() ?? null,
        finishedAt: finishedAt?.toISOString() ?? null,
      };
    });
  }

  /** The newest first. */
  async list(bankId: string, query: ImportQuery): Promise<{ items: ImportLine[]; nextCursor: string | null }> {
    const after = readCursor(query.cursor, ['instant', 'uuid']) ?? [null, null];
    return this.unit.run([bankId], async () => {
      const rows = await this.unit.query<ListedRun>(
        `select r.*, case when r.counts is null then to_jsonb(p) end as done from import_run r
          cross join lateral (select ${piecesSummed} from import_piece p where p.bank_id = $1 and p.import_id = r.import_id) p
          where r.bank_id = $1 and ($2::timestamptz is null or (r.created_at, r.import_id) < ($2, $3::uuid))
          order by r.created_at desc, r.import_id desc limit ${rowsFor(query.limit)}`,
        [bankId, ...after],
      );
      const page = pageOf(rows, query.limit, ({ createdAt, importId }) => [createdAt.toISOString(), importId]);
      return { ...page, items: page.items.map(lineOf) };
    });
  }

  /** What is wrong with rows, by line; from a line on. */
  async problems(bankId: string, importId: string, most: number): Promise<ImportProblem[]> {
    const rows = await this.unit.query<Required<Problem>>(
      'select line, field, code, parameters from import_problem where bank_id = $1 and import_id = $2 order by line limit $3',
      [bankId, importId, most],
    );
    return rows.map(({ line, field, code, parameters: { said, candidates, otherLine } }) => ({
      line,
      field,
      code,
      said: said ?? null,
      candidates: candidates ?? [],
      otherLine: otherLine ?? null,
    }));
  }

  private async sample(bankId: string, importId: string): Promise<string[][]> {
    const row = await this.unit.one<{ rows: FileRow[] | null }>(
      `select (select jsonb_agg(row order by place) from jsonb_array_elements(rows) with ordinality as r (row, place) where place <= ${sampleRows}) as rows
         from import_piece where bank_id = $1 and import_id = $2 and piece_number = 1`,
      [bankId, importId],
    );
    return (row?.rows ?? []).map(([, cells]) => cells);
  }
}

function lineOf({ importId, kind, state, fileName, rowCount, counts, doneRows, done, ...run }: ListedRun): ImportLine {
  const { done_rows: rows, ...soFar } = done ?? { ...noCounts(), done_rows: 0 };
  return {
    importId,
    kind,
    state,
    fileName,
    rows: rowCount,
    doneRows: doneRows ?? rows,
    counts: counts ?? soFar,
    createdAt: run.createdAt.toISOString(),
    startedAt: run.startedAt?.toISOString() ?? null,
    finishedAt: run.finishedAt?.toISOString() ?? null,
  };
}
