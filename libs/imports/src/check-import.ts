import { Injectable } from '@nestjs/common';
import { type ImportCounts, refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { missingFields } from './columns.rules';
import { readHours, readMinutes } from './cells.rules';
import { HoldImport } from './hold-import';
import { ImportRunRow } from './import.entity';
import { ImportGround, Importers } from './importers';
import { KeepProblems } from './keep-problems';
import { countOf, type FileRow, isProblem, noCounts, type RowReading, EarlierRows } from './planned';
import { rowReading } from './row-reading.rules';

/**
 * Looks at every row of an import as if it were done, and does nothing: how many would be new, changed, left alone, skipped or refused, and why. Rows that
 * name one person twice are found only here, where the whole file is looked at; the run leaves them out. Refuses `imports/column_missing` with the
 * fields, before it looks at any row, and `imports/already_started`.
 */
@Injectable()
export class CheckImport {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly hold: HoldImport,
    private readonly importers: Importers,
    private readonly ground: ImportGround,
    private readonly keepProblems: KeepProblems,
  ) {}

  async run(bankId: string, importId: string, onProgress: (rows: number, all: number) => void = () => undefined): Promise<void> {
    const run = await this.unit.run([bankId], async () => {
      const held = await this.hold.unstarted(bankId, importId);
      refuseMissing(held);
      await this.unit.query('delete from import_problem where bank_id = $1 and import_id = $2', [bankId, importId]);
      return held;
    });
    const [seen, counts, reading] = [new EarlierRows(), noCounts(), rowReading(run.columns, run.epoch)];
    let [sumMinutes, rows] = [0, 0];
    for (let number = 1; ; number += 1) {
      const piece = await this.unit.run([bankId], () => this.piece(run, number, reading, seen, counts));
      if (piece === null) break;
      rows += piece.length;
      if (run.kind === 'balances' || run.kind === 'visits') sumMinutes += sumOf(piece, reading);
      onProgress(rows, run.rowCount);
    }
    await this.unit.run([bankId], async () => {
      const held = await this.hold.unstarted(bankId, importId);
      // Somebody chose other columns meanwhile: what was found says nothing of them.
      if (JSON.stringify(held.columns) !== JSON.stringify(run.columns)) return;
      const sum = run.kind === 'balances' || run.kind === 'visits' ? sumMinutes : null;
      await this.unit.updateRow(ImportRunRow, { bankId, importId }, { checked: counts, sumMinutes: sum });
    });
  }

  private async piece(
    run: ImportRunRow,
    number: number,
    reading: RowReading,
    seen: EarlierRows,
    counts: ImportCounts,
  ): Promise<FileRow[] | null> {
    const { bankId, importId, kind } = run;
    const found = await this.unit.one<{ rows: FileRow[] }>(
      'select rows from import_piece where bank_id = $1 and import_id = $2 and piece_number = $3',
      [bankId, importId, number],
    );
    if (!found) return null;
    const planned = await this.importers.of(kind).plan(await this.ground.run(run, 'look'), found.rows, reading, seen);
    countOf(planned, counts);
    await this.keepProblems.run(bankId, importId, planned.filter(isProblem), found.rows, true);
    return found.rows;
  }
}

function refuseMissing({ kind, columns }: ImportRunRow): void {
  const [field, ...others] = missingFields(kind, columns);
  if (field !== undefined) throw refuse('imports/column_missing', { field, fields: [field, ...others] });
}

/** All minutes that rows say, also those that will not be taken: what a control total is held against. */
function sumOf(rows: readonly FileRow[], { cell }: RowReading): number {
  return rows.reduce((sum, row) => {
    const read = cell(row, 'minutes') === '' ? readHours(cell(row, 'hours')) : readMinutes(cell(row, 'minutes'));
    return sum + ('value' in read ? read.value : 0);
  }, 0);
}
