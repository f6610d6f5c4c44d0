import { Injectable } from '@nestjs/common';
import { refuse, type RefusalCode } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';

/** In minutes; null is none. Only issuance has no floor, and only a clearing account's floor is below zero: its credit line. */
export type NewLimits = { floorMinutes: number | null; ceilingMinutes: number | null };

/**
 * Sets an account's floor and ceiling, in the caller's transaction, and keeps the old ones. Idempotent. Refuses `ledger/account_not_found`,
 * `ledger/account_closed`, and `ledger/limit_passed` with `balanceMinutes` and `heldMinutes` when the account is already outside the new limits.
 */
@Injectable()
export class SetLimits {
  constructor(private readonly unit: UnitOfWork) {}

  async run(bankId: string, accountId: string, { floorMinutes, ceilingMinutes }: NewLimits): Promise<void> {
    await this.unit.run([bankId], async () => {
      const answer = await this.unit.one<{ code: RefusalCode | null; parameters: Record<string, unknown> }>(
        'select code, parameters from set_limits($1, $2, $3, $4, $5)',
        [bankId, accountId, floorMinutes, ceilingMinutes, this.unit.now],
      );
      if (answer?.code) throw refuse(answer.code, answer.parameters);
    });
  }
}
