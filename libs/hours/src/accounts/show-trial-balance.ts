import { Injectable } from '@nestjs/common';
import type { TrialBalance } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { ReadTrialBalance } from '@timebank/ledger';
import { OwnerNames } from './owner-names';

/** Every account of a bank with its owner's name, and their sum: zero, or the ledger is broken. The door lets admins and auditors only. */
@Injectable()
export class ShowTrialBalance {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly readTrialBalance: ReadTrialBalance,
    private readonly ownerNames: OwnerNames,
  ) {}

  async run(bankId: string): Promise<TrialBalance> {
    return this.unit.run([bankId], async () => {
      const { sumMinutes, accounts } = await this.readTrialBalance.run(bankId);
      const nameOf = await this.ownerNames.run(
        bankId,
        accounts.map((account) => account.ownerId),
      );
      return {
        sumMinutes,
        accounts: accounts.map(({ accountId, kind, ownerId, balanceMinutes, heldOutMinutes }) => ({
          accountId,
          kind,
          ownerName: nameOf(ownerId),
          balanceMinutes,
          heldMinutes: heldOutMinutes,
        })),
      };
    });
  }
}
