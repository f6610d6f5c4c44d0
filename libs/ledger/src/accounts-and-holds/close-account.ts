import { Injectable } from '@nestjs/common';
import { refuse, type RefusalCode } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';

/**
 * Closes an account for good, in the caller's transaction: nothing is posted to it or from it any more, and its entries stay.
 * Idempotent. Refuses `ledger/account_not_found`, and `ledger/account_not_empty` with `balanceMinutes` and `heldMinutes`.
 */
@Injectable()
export class CloseAccount {
  constructor(private readonly unit: UnitOfWork) {}

  async run(bankId: string, accountId: string): Promise<void> {
    await this.unit.run([bankId], async () => {
      const answer = await this.unit.one<{ code: RefusalCode | null; parameters: Record<string, unknown> }>(
        'select code, parameters from close_account($1, $2, $3)',
        [bankId, accountId, this.unit.now],
      );
      if (answer?.code) throw refuse(answer.code, answer.parameters);
    });
  }
}
