import { Injectable } from '@nestjs/common';
import type { ImportCounts, ImportState } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { ImportRunRow } from './import.entity';
import { noCounts } from './planned';

const countNames = ['create', 'update', 'unchanged', 'skip', 'failed'] as const;
/** What its pieces came to, for `from import_piece`. */
export const piecesSummed = `${countNames.map((name) => `coalesce(sum((counts ->> '${name}')::integer), 0)::integer as "${name}"`).join(', ')},
  coalesce(sum(row_count) filter (where done_at is not null), 0)::integer as done_rows`;

export type DoneCounts = ImportCounts & { doneRows: number };

/** What became of an import's rows so far: from its pieces, and once it is over, from itself. */
@Injectable()
export class CountImport {
  constructor(private readonly unit: UnitOfWork) {}

  async run(bankId: string, importId: string): Promise<DoneCounts> {
    const row = await this.unit.one<DoneCounts>(`select ${piecesSummed} from import_piece where bank_id = $1 and import_id = $2`, [
      bankId,
      importId,
    ]);
    return row ?? { ...noCounts(), doneRows: 0 };
  }

  /** The import is over. Its rows were people's data on their way: what was taken stands elsewhere now, and what was not with its reason. */
  async close(bankId: string, importId: string, state: ImportState): Promise<void> {
    const { doneRows, ...counts } = await this.run(bankId, importId);
    await this.unit.updateRow(ImportRunRow, { bankId, importId }, { state, finishedAt: this.unit.now, counts, doneRows });
    await this.unit.query('delete from import_piece where bank_id = $1 and import_id = $2', [bankId, importId]);
  }
}
