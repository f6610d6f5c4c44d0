import { Injectable } from '@nestjs/common';
import { type Actor, hasRole, memberIn } from '@timebank/access';
import { refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { type EntriesProof, ProveEntry, ReadAccount } from '@timebank/ledger';

const staff = ['coordinator', 'admin', 'auditor'] as const;

/**
 * Proves a transfer to a stranger, as an entry of the caller's own account, or of the debit account for a coordinator, admin or auditor of the bank.
 * It reveals nothing about the other account. Refuses `ledger/transfer_not_found`, `access/not_allowed`.
 */
@Injectable()
export class ShowProof {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly readAccount: ReadAccount,
    private readonly proveEntry: ProveEntry,
  ) {}

  async run(actor: Actor, bankId: string, transferId: string): Promise<EntriesProof> {
    return this.unit.run([bankId], async () => {
      const transfer = await this.unit.one<{ debitAccountId: string; creditAccountId: string }>(
        'select debit_account_id, credit_account_id from transfer where bank_id = $1 and transfer_id = $2',
        [bankId, transferId],
      );
      if (!transfer) throw refuse('ledger/transfer_not_found', { transferId });
      const sides = [transfer.debitAccountId, transfer.creditAccountId];
      const memberId = memberIn(actor, bankId);
      for (const accountId of memberId === null ? [] : sides) {
        const { ownerId } = await this.readAccount.run(bankId, accountId);
        if (ownerId === memberId) return this.proveEntry.run(bankId, transferId, accountId);
      }
      if (!staff.some((role) => hasRole(actor, role, bankId))) throw refuse('access/not_allowed');
      return this.proveEntry.run(bankId, transferId, transfer.debitAccountId);
    });
  }
}
