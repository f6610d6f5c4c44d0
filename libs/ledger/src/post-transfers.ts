import { Inject, Injectable } from '@nestjs/common';
import { asOutage, CLOCK, isRetryable, LedgerPool, UnitOfWork } from '@timebank/database';
import type { Clock } from '@timebank/kernel';
import { firstOfEachId, outcomesOf, postArguments, type PostedRow, type Posting, type PostOutcome } from './posting.rules';

const statement = {
  name: 'post_many',
  text: `select place, outcome, code, parameters, posted_minutes as "postedMinutes", overflow_minutes as "overflowMinutes"
           from post_many($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)`,
};
const longestRetry = 6;

/**
 * Posts transfers by one call of SQL. Inside a unit of work it is part of that transaction; outside it is a transaction of
 * its own on the ledger's connections. Accounts are locked once, in id order.
 *
 * Each posting is answered for itself and none is thrown: `posted`; `repeated`, when its id stands with the same content,
 * with the first result; `refused` with a code. A refusal is kept, so that a late duplicate of it cannot succeed, except
 * `ledger/id_reused`, which leaves nothing behind. Refuses `ledger/account_not_found`, `same_account`, `overdraft`
 * (availableMinutes), `ceiling` (roomMinutes), `issue_limit` (roomMinutes), `hold_not_found`, `hold_ended`,
 * `transfer_not_found`, `already_reversed`, `reversal_of_reversal`, `reversal_differs`. Whole minutes, more than none.
 */
@Injectable()
export class PostTransfers {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly ledger: LedgerPool,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(postings: readonly Posting[]): Promise<PostOutcome[]> {
    if (postings.length === 0) return [];
    const sent = firstOfEachId(postings);
    const rows = this.unit.isOpen
      ? await this.unit.run([...new Set(sent.map((posting) => posting.bankId))], () =>
          this.unit.query<PostedRow>(statement.text, postArguments(sent, this.unit.now)),
        )
      : await this.postAlone(sent);
    return outcomesOf(postings, sent, rows);
  }

  private async postAlone(sent: Posting[]): Promise<PostedRow[]> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const { rows } = await this.ledger.pool.query<PostedRow>({ ...statement, values: postArguments(sent, this.clock.now()) });
        return rows;
      } catch (error) {
        if (!isRetryable(error) || attempt >= longestRetry) throw asOutage(error);
      }
    }
  }
}
