import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';
import { GroupCommit } from './group-commit';
import { postStatement } from './post.sql';
import {
  banksOf,
  firstOfEachId,
  hasSoundMinutes,
  outcomesOf,
  postArguments,
  type PostedRow,
  type Posting,
  type PostOutcome,
  unsoundMinutes,
} from './posting.rules';

/**
 * Posts transfers by one call of SQL. Inside a unit of work it is part of that transaction; outside it goes through the
 * group-commit writer. Accounts are locked once, in id order.
 *
 * Each posting is answered for itself and none is thrown: `posted`; `repeated`, when its id stands with the same content,
 * with the first result; `refused` with a code. A refusal is kept, so that a late duplicate of it cannot succeed, except
 * `ledger/id_reused`, `clock_behind` and `unsound_minutes`, which leave nothing behind. Refuses `ledger/account_not_found`, `same_account`, `overdraft`
 * (availableMinutes), `ceiling` (roomMinutes), `issue_limit` (roomMinutes), `hold_not_found`, `hold_ended`,
 * `account_closed`, `transfer_not_found`, `already_reversed`, `reversal_of_reversal`, `reversal_differs`, `clock_behind` when the
 * product's clock is more than an hour behind what the account has recorded. With `onward` both legs stand or neither does.
 */
@Injectable()
export class PostTransfers {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly writer: GroupCommit,
  ) {}

  async run(postings: readonly Posting[]): Promise<PostOutcome[]> {
    const sound = postings.filter(hasSoundMinutes);
    const sent = firstOfEachId(sound);
    const posted = outcomesOf(sound, sent, sent.length === 0 ? [] : await this.post(sent));
    if (posted.length === postings.length) return posted;
    const answers = posted.values();
    return postings.map((posting) => (hasSoundMinutes(posting) ? (answers.next().value as PostOutcome) : unsoundMinutes(posting)));
  }

  private async post(sent: readonly Posting[]): Promise<PostedRow[]> {
    if (!this.unit.isOpen) return this.writer.post(sent);
    return this.unit.run(banksOf(sent), () =>
      this.unit.query<PostedRow>(postStatement(sent.length).text, postArguments(sent, this.unit.now)),
    );
  }
}
