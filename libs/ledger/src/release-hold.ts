import { Injectable } from '@nestjs/common';
import { refuse, type RefusalCode } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';

/**
 * Ends a hold without a posting and gives its minutes back, in the caller's transaction. Idempotent: a hold released or
 * expired already stays so. Refuses `ledger/hold_not_found`, and `ledger/hold_ended` when a posting took it.
 */
@Injectable()
export class ReleaseHold {
  constructor(private readonly unit: UnitOfWork) {}

  async run(hold: { bankId: string; holdId: string }): Promise<void> {
    await this.unit.run([hold.bankId], async () => {
      const answer = await this.unit.one<{ code: RefusalCode | null }>('select release_hold($1, $2, $3) as code', [
        hold.bankId,
        hold.holdId,
        this.unit.now,
      ]);
      if (answer?.code) throw refuse(answer.code);
    });
  }
}
