import { Injectable } from '@nestjs/common';
import { type GrantRun, refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { grantRunAnswer } from './grant-run.answer.rules';
import type { GrantRunRow } from './grant-run.entity';

/** A grant run as it is now. Refuses `grants/not_found`. The door lets admins and auditors only. */
@Injectable()
export class ShowGrantRun {
  constructor(private readonly unit: UnitOfWork) {}

  async run(bankId: string, runId: string): Promise<GrantRun> {
    return this.unit.run([bankId], async () => {
      const row = await this.unit.one<GrantRunRow>('select * from grant_run where bank_id = $1 and run_id = $2', [bankId, runId]);
      if (!row) throw refuse('grants/not_found');
      return grantRunAnswer(row);
    });
  }
}
