import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';
import type { FileRow, Problem } from './planned';

/** Keeps what is wrong with rows, with the rows as they stood in the file. */
@Injectable()
export class KeepProblems {
  constructor(private readonly unit: UnitOfWork) {}

  async run(bankId: string, importId: string, problems: readonly Problem[], rows: readonly FileRow[], isOfDryRun: boolean): Promise<void> {
    if (problems.length === 0) return;
    const cells = new Map(rows);
    const kept = problems.map(({ line, field, code, parameters = {} }) => ({
      line,
      field,
      code,
      parameters,
      cells: cells.get(line) ?? [],
    }));
    await this.unit.query(
      `insert into import_problem (bank_id, import_id, line, field, code, parameters, cells, is_of_dry_run)
       select $1, $2, p.line, p.field, p.code, p.parameters, p.cells, $4
         from jsonb_to_recordset($3::jsonb) as p (line integer, field text, code text, parameters jsonb, cells text[])`,
      [bankId, importId, JSON.stringify(kept), isOfDryRun],
    );
  }
}
