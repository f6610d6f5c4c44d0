import { Injectable } from '@nestjs/common';
import { refuse, type RefusalCode } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';

export type NewHold = { bankId: string; holdId: string; accountId: string; minutes: number; expiresAt: Date };

/**
 * Sets minutes aside, in the caller's transaction: they stay on the balance and nobody else can spend them. Idempotent by `holdId`. Refuses
 * `ledger/account_not_found`, `ledger/overdraft` with `availableMinutes`, and `ledger/id_reused` for an id with another account or other minutes.
 */
@Injectable()
export class PlaceHold {
  constructor(private readonly unit: UnitOfWork) {}

  async run(hold: NewHold): Promise<void> {
    await this.unit.run([hold.bankId], async () => {
      const answer = await this.unit.one<{ code: RefusalCode | null; parameters: Record<string, unknown> }>(
        'select code, parameters from place_hold($1, $2, $3, $4, $5, $6)',
        [hold.bankId, hold.holdId, hold.accountId, hold.minutes, hold.expiresAt, this.unit.now],
      );
      if (answer?.code) throw refuse(answer.code, answer.parameters);
    });
  }
}
