import { Injectable } from '@nestjs/common';
import { refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import type { EntriesProof } from './proof.rules';
import { ProveEntries } from './prove-entries';

/**
 * The proof of one transfer, as an entry of one of its two accounts. Refuses `ledger/transfer_not_found`, also when the transfer does not touch the
 * account.
 */
@Injectable()
export class ProveEntry {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly proveEntries: ProveEntries,
  ) {}

  async run(bankId: string, transferId: string, accountId: string): Promise<EntriesProof> {
    return this.unit.run([bankId], async () => {
      const found = await this.unit.one<{ version: number }>(
        `select case $3::uuid when debit_account_id then debit_version else credit_version end as version from transfer
          where bank_id = $1 and transfer_id = $2 and $3::uuid in (debit_account_id, credit_account_id)`,
        [bankId, transferId, accountId],
      );
      if (!found) throw refuse('ledger/transfer_not_found', { transferId });
      return this.proveEntries.run(bankId, accountId, found.version, found.version);
    });
  }
}
