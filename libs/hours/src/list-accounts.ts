import { Injectable } from '@nestjs/common';
import type { AccountQuery, AnswerOf } from '@timebank/contract';
import { pageOf, readCursor, UnitOfWork } from '@timebank/database';
import type { Account } from '@timebank/ledger';
import { accountAnswer } from './account.answer.rules';
import { OwnerNames } from './owner-names';

/** Accounts of a bank in the order of their ids. The door lets admins and auditors only. */
@Injectable()
export class ListAccounts {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly ownerNames: OwnerNames,
  ) {}

  async run(bankId: string, { limit, cursor, kind }: AccountQuery): Promise<AnswerOf<'listAccounts'>> {
    const after = readCursor(cursor, ['uuid'])?.[0] ?? null;
    return this.unit.run([bankId], async () => {
      const rows = await this.unit.query<Account>(
        `select * from account where bank_id = $1 and ($2::uuid is null or account_id > $2) and ($3::text is null or kind = $3) order by account_id limit $4`,
        [bankId, after, kind ?? null, limit + 1],
      );
      const page = pageOf(rows, limit, (account) => [account.accountId]);
      const nameOf = await this.ownerNames.run(
        bankId,
        page.items.map((account) => account.ownerId),
      );
      return { ...page, items: page.items.map((account) => accountAnswer(account, nameOf)) };
    });
  }
}
