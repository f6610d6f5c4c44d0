import { Injectable } from '@nestjs/common';
import { refuse, type AccountKind } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';

export type NewAccount = {
  accountId: string;
  kind: AccountKind;
  ownerId: string | null;
  /** Null: no floor, for issuance alone. */
  floorMinutes: number | null;
  ceilingMinutes: number | null;
};

/**
 * Opens accounts of a bank with nothing on them, all or none, in the caller's transaction. Idempotent: an account that is
 * there already with the same kind and owner stays as it is. Refuses `ledger/id_reused` for another kind or owner.
 */
@Injectable()
export class OpenAccounts {
  constructor(private readonly unit: UnitOfWork) {}

  async run(bankId: string, accounts: readonly NewAccount[]): Promise<void> {
    await this.unit.run([bankId], async () => {
      const answer = await this.unit.one<{ reused: number }>('select open_accounts($1, $2, $3, $4, $5, $6, $7) as reused', [
        bankId,
        accounts.map((account) => account.accountId),
        accounts.map((account) => account.kind),
        accounts.map((account) => account.ownerId),
        accounts.map((account) => account.floorMinutes),
        accounts.map((account) => account.ceilingMinutes),
        this.unit.now,
      ]);
      if (answer?.reused !== 0) throw refuse('ledger/id_reused');
    });
  }
}
