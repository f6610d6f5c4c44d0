import { Injectable } from '@nestjs/common';
import type { AccountQuery, AnswerOf } from '@timebank/contract';
import { pageOf, readCursor, UnitOfWork } from '@timebank/database';
import type { Account } from '@timebank/ledger';
import { accountAnswer } from './account.answer.rules';
import { OwnerNames } from './owner-names';
import { PolicyToday } from './policy-today';

/** Accounts of a bank, its own before its members', then in the order of their ids. The door lets admins and auditors only. */
@Injectable()
export class ListAccounts {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly ownerNames: OwnerNames,
    private readonly policyToday: PolicyToday,
  ) {}

  async run(bankId: string, { limit, cursor, kind }: AccountQuery): Promise<AnswerOf<'listAccounts'>> {
    const [afterRank, afterId] = readCursor(cursor, ['integer', 'uuid']) ?? [null, null];
    return this.unit.run([bankId], async () => {
      const rows = await this.unit.query<Account>(
        `select * from account
          where bank_id = $1 and ($2::integer is null or ((kind = 'member')::integer, account_id) > ($2, $3)) and ($4::text is null or kind = $4)
          order by (kind = 'member')::integer, account_id limit $5`,
        [bankId, afterRank, afterId, kind ?? null, limit + 1],
      );
      const page = pageOf(rows, limit, (account) => [Number(account.kind === 'member'), account.accountId]);
      const nameOf = await this.ownerNames.run(
        bankId,
        page.items.map((account) => account.ownerId),
      );
      const { limitWarningPercent } = await this.policyToday.run(bankId);
      return { ...page, items: page.items.map((account) => accountAnswer(account, nameOf, limitWarningPercent)) };
    });
  }
}
