import { Injectable } from '@nestjs/common';
import { refuse, type RefusalCode } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';

/**
 * Ends holds without a posting and gives their minutes back, all or none, in the caller's transaction. Idempotent: a hold
 * released or expired already stays so. Refuses `ledger/hold_not_found`, and `ledger/hold_ended` when a posting took one.
 */
@Injectable()
export class ReleaseHolds {
  constructor(private readonly unit: UnitOfWork) {}

  async run(bankId: string, holdIds: readonly string[]): Promise<void> {
    if (holdIds.length === 0) return;
    await this.unit.run([bankId], async () => {
      const answer = await this.unit.one<{ code: RefusalCode | null }>('select release_holds($1, $2, $3) as code', [
        bankId,
        holdIds,
        this.unit.now,
      ]);
      if (answer?.code) throw refuse(answer.code);
    });
  }
}
