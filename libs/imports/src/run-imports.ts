import { Injectable } from '@nestjs/common';
import type { ImportCounts } from '@timebank/contract';
import { UnitOfWork, workAs } from '@timebank/database';
import { CountImport } from './count-import';
import { HoldImport } from './hold-import';
import { ImportRunRow } from './import.entity';
import { ImportGround, Importers } from './importers';
import { KeepProblems } from './keep-problems';
import { countOf, type FileRow, isProblem, noCounts, type Plan, type Problem, EarlierRows } from './planned';
import { rowReading } from './row-reading.rules';

type How = {
  /** Stops after the piece in which so much real time has passed; without it, when the import is over. */
  withinMilliseconds?: number;
  /** Told after every piece. */
  onProgress?: (doneRows: number, rows: number) => void;
};

/**
 * Does what was started, piece by piece, each with what is said of it in one transaction: whoever is killed in the middle leaves whole pieces behind, and
 * the next one goes on with those that are left. Two at once take turns.
 */
@Injectable()
export class RunImports {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly hold: HoldImport,
    private readonly importers: Importers,
    private readonly ground: ImportGround,
    private readonly keepProblems: KeepProblems,
    private readonly count: CountImport,
  ) {}

  /** Every import of a bank that is not over; answers how many rows were done. */
  async ofBank(bankId: string): Promise<number> {
    const going = await this.unit.run([bankId], () =>
      this.unit.query<{ importId: string }>(
        `select import_id from import_run where bank_id = $1 and state in ('queued', 'running') and started_at is not null order by started_at`,
        [bankId],
      ),
    );
    let rows = 0;
    for (const { importId } of going) rows += await this.one(bankId, importId);
    return rows;
  }

  /** One; answers how many rows were done. */
  async one(bankId: string, importId: string, { withinMilliseconds, onProgress }: How = {}): Promise<number> {
    const begunAt = performance.now();
    const startedBy = await this.unit.run([bankId], async () => (await this.hold.run(bankId, importId)).startedBy);
    const who = { work: 'startImport', actorId: startedBy ?? undefined };
    for (let done = 0; ;) {
      const piece = await workAs(who, () => this.piece(bankId, importId));
      if (piece === null) return done;
      done += piece.rows;
      onProgress?.(piece.doneRows, piece.allRows);
      if (withinMilliseconds !== undefined && performance.now() - begunAt > withinMilliseconds) return done;
    }
  }

  /** The next piece; null when there is none to do. */
  private piece(bankId: string, importId: string): Promise<{ rows: number; doneRows: number; allRows: number } | null> {
    return this.unit.run([bankId], async () => {
      const run = await this.hold.run(bankId, importId);
      if (run.startedAt === null || (run.state !== 'queued' && run.state !== 'running')) return null;
      const piece = await this.unit.one<{ pieceNumber: number; rows: FileRow[]; doneRows: number }>(
        `select piece_number, rows, (select coalesce(sum(d.row_count), 0)::integer from import_piece d
                                      where d.bank_id = $1 and d.import_id = $2 and d.done_at is not null) as done_rows
           from import_piece where bank_id = $1 and import_id = $2 and done_at is null order by piece_number limit 1`,
        [bankId, importId],
      );
      if (!piece) {
        await this.finish(run);
        return null;
      }
      const counts = await this.doPiece(run, piece.rows);
      await this.unit.query(
        'update import_piece set done_at = $4, counts = $5 where bank_id = $1 and import_id = $2 and piece_number = $3',
        [bankId, importId, piece.pieceNumber, this.unit.now, JSON.stringify(counts)],
      );
      if (run.state === 'queued') await this.unit.updateRow(ImportRunRow, { bankId, importId }, { state: 'running' });
      return { rows: piece.rows.length, doneRows: piece.doneRows + piece.rows.length, allRows: run.rowCount };
    });
  }

  private async doPiece(run: ImportRunRow, rows: readonly FileRow[]): Promise<ImportCounts> {
    const { bankId, importId, kind } = run;
    const known = await this.unit.query<{ line: number }>(
      'select line from import_problem where bank_id = $1 and import_id = $2 and is_of_dry_run and line = any ($3::integer[])',
      [bankId, importId, rows.map(([line]) => line)],
    );
    const failing = new Set(known.map(({ line }) => line));
    const due = rows.filter(([line]) => !failing.has(line));
    const ground = await this.ground.run(run, 'lock');
    const importer = this.importers.of(kind);
    const planned = await importer.plan(ground, due, rowReading(run.columns, run.epoch), new EarlierRows());
    const plans = planned.filter((one): one is Plan<unknown> => !isProblem(one));
    const refused = await importer.write(ground, plans);
    const refusedLines = new Set(refused.map(({ line }) => line));
    const problems: Problem[] = [...planned.filter(isProblem), ...refused];
    await this.keepProblems.run(bankId, importId, problems, rows, false);
    const counts = countOf(
      planned.filter(({ line }) => !refusedLines.has(line)),
      noCounts(),
    );
    counts.failed += refused.length + failing.size;
    return counts;
  }

  private async finish({ bankId, importId }: ImportRunRow): Promise<void> {
    const failed = await this.unit.one('select from import_problem where bank_id = $1 and import_id = $2 limit 1', [bankId, importId]);
    await this.count.close(bankId, importId, failed ? 'done_with_failures' : 'done');
  }
}
