import { Injectable } from '@nestjs/common';
import { type Actor } from '@timebank/access';
import { clearingAccountOf, Interchange, OpenClearing, onwardIdOf } from '@timebank/banks';
import { refuse } from '@timebank/contract';
import { deriveId, UnitOfWork } from '@timebank/database';
import type { Posting, Transfer } from '@timebank/ledger';

/** The second leg of a posting between two banks. Inside a unit of work that sees both. */
@Injectable()
export class DraftOnward {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly interchange: Interchange,
    private readonly openClearing: OpenClearing,
  ) {}

  /** The same posting to an account of another bank. What is new needs policy `interchange` on in both. */
  async to(toBankId: string, posting: Posting, isKnown: boolean): Promise<Posting> {
    const { bankId, transferId, creditAccountId } = posting;
    if (!isKnown) {
      await this.interchange.holdOpen([bankId, toBankId]);
      await this.openClearing.run(bankId, toBankId);
    }
    return {
      ...posting,
      creditAccountId: clearingAccountOf(bankId, toBankId),
      onward: {
        bankId: toBankId,
        transferId: onwardIdOf(transferId),
        debitAccountId: clearingAccountOf(toBankId, bankId),
        creditAccountId,
        reversesId: null,
        overflow: null,
      },
    };
  }

  /**
   * Reverses one leg together with the other, whichever came first. Only the city reverses a settlement between banks. Refuses
   * `ledger/reversal_differs` for a leg without a counterpart, such as what a cap sent on: that comes back with its service.
   */
  async reversal(actor: Actor, posting: Posting, original: Transfer, otherBankId: string): Promise<Posting> {
    const isCityAdmin = actor.roles.some(({ role, bankId }) => role === 'admin' && bankId === null);
    if (original.kind === 'clearing' && !isCityAdmin) throw refuse('access/not_allowed');
    const counterpart = await this.counterpart(original, otherBankId);
    if (!counterpart) throw refuse('ledger/reversal_differs', {}, 'body.reversesId');
    const overflow = await this.overflowOf(counterpart);
    return {
      ...posting,
      onward: {
        bankId: otherBankId,
        transferId: onwardIdOf(posting.transferId),
        debitAccountId: counterpart.creditAccountId,
        creditAccountId: counterpart.debitAccountId,
        minutes: counterpart.minutes,
        reversesId: counterpart.transferId,
        overflow: overflow && { accountId: overflow.creditAccountId, transferId: deriveId(posting.transferId, 'onward overflow') },
      },
    };
  }

  /** What a cap sent on from a leg: the next entry on the same debit account. */
  async overflowOf(leg: Transfer): Promise<Transfer | null> {
    return this.unit.one<Transfer>(
      `select * from transfer where bank_id = $1 and debit_account_id = $2 and debit_version = $3 and kind = 'overflow' and visit_id = $4`,
      [leg.bankId, leg.debitAccountId, leg.debitVersion + 1, leg.visitId],
    );
  }

  /** The second leg by its id; the first leg among those of the same moment, since an id cannot be derived backwards. */
  private async counterpart(original: Transfer, otherBankId: string): Promise<Transfer | null> {
    const second = await this.unit.one<Transfer>('select * from transfer where bank_id = $1 and transfer_id = $2', [
      otherBankId,
      onwardIdOf(original.transferId),
    ]);
    if (second) return second;
    const clearing = clearingAccountOf(otherBankId, original.bankId);
    const same = `bank_id = $1 and effective_at = $3 and visit_id is not distinct from $4`;
    const candidates = await this.unit.query<Transfer>(
      `select * from transfer where debit_account_id = $2 and ${same} union all select * from transfer where credit_account_id = $2 and ${same}`,
      [otherBankId, clearing, original.effectiveAt, original.visitId],
    );
    return candidates.find(({ transferId }) => onwardIdOf(transferId) === original.transferId) ?? null;
  }
}
