import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';
import type { Posting, PostOutcome } from '@timebank/ledger';

type Free = { bankId: string; accountId: string; freeMinutes: number | null };

/**
 * Says which side of a posting between banks was short: the paying account, or the credit line between the banks. The ledger says `ledger/overdraft`
 * for either; if the first leg's account could pay, it is `ledger/credit_line`, with the `availableMinutes` left on the line. Inside the unit of work
 * that posted.
 */
@Injectable()
export class CreditLineReached {
  constructor(private readonly unit: UnitOfWork) {}

  async run(posting: Posting, outcome: PostOutcome): Promise<PostOutcome> {
    const { onward } = posting;
    if (!onward || outcome.code !== 'ledger/overdraft') return outcome;
    const accounts = await this.unit.query<Free>(
      `select a.bank_id, a.account_id, a.balance_minutes - a.held_out_minutes - a.floor_minutes
          + coalesce((select h.minutes from hold h where h.bank_id = a.bank_id and h.hold_id = $5 and h.account_id = a.account_id
             and not exists (select from hold_end e where e.bank_id = h.bank_id and e.hold_id = h.hold_id)), 0) as free_minutes
         from account a where (a.bank_id, a.account_id) in (($1::uuid, $2::uuid), ($3::uuid, $4::uuid))`,
      [posting.bankId, posting.debitAccountId, onward.bankId, onward.debitAccountId, posting.holdId],
    );
    const free = (bankId: string) => accounts.find((account) => account.bankId === bankId)?.freeMinutes ?? 0;
    if (free(posting.bankId) < posting.minutes) return outcome;
    return { ...outcome, code: 'ledger/credit_line', parameters: { availableMinutes: Math.max(0, free(onward.bankId)) } };
  }
}
