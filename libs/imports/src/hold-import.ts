import { Injectable } from '@nestjs/common';
import { refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import type { ImportRunRow } from './import.entity';

/** The row of an import, held: whoever changes it, checks it or does a piece of it does so one after another. Refuses `imports/not_found`. */
@Injectable()
export class HoldImport {
  constructor(private readonly unit: UnitOfWork) {}

  async run(bankId: string, importId: string): Promise<ImportRunRow> {
    const row = await this.unit.one<ImportRunRow>('select * from import_run where bank_id = $1 and import_id = $2 for no key update', [
      bankId,
      importId,
    ]);
    if (!row) throw refuse('imports/not_found');
    return row;
  }

  /** As `run`, of one that nobody has started: `imports/already_started` otherwise. */
  async unstarted(bankId: string, importId: string): Promise<ImportRunRow> {
    const row = await this.run(bankId, importId);
    if (row.startedAt !== null || row.state !== 'queued') throw refuse('imports/already_started', { state: row.state });
    return row;
  }
}
