import { Injectable } from '@nestjs/common';
import type { AccountKind } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';

export type TrialBalanceRow = {
  accountId: string;
  kind: AccountKind;
  ownerId: string | null;
  balanceMinutes: number;
  heldOutMinutes: number;
};

/** Every account of a bank at one moment, institutions first. Their minutes sum to zero, or the ledger is broken. */
@Injectable()
export class ReadTrialBalance {
  constructor(private readonly unit: UnitOfWork) {}

  async run(bankId: string): Promise<{ sumMinutes: number; accounts: TrialBalanceRow[] }> {
    const accounts = await this.unit.run([bankId], () =>
      this.unit.query<TrialBalanceRow>(
        `select account_id, kind, owner_id, balance_minutes, held_out_minutes from account
          where bank_id = $1 order by kind = 'member', kind, account_id`,
        [bankId],
      ),
    );
    return { sumMinutes: accounts.reduce((sum, account) => sum + account.balanceMinutes, 0), accounts };
  }
}
