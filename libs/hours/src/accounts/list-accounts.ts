import { Injectable } from '@nestjs/common';
import type { AccountQuery, AnswerOf } from '@timebank/contract';
import { countEach, countUpTo, pageOf, readCursor, UnitOfWork } from '@timebank/database';
import type { Account } from '@timebank/ledger';
import { FindNamed } from '@timebank/members';
import { accountAnswer } from './account.answer.rules';
import { OwnerNames } from './owner-names';
import { PolicyToday } from '../policy-today';

/** Accounts of a bank, its own before its members', or those of the people that a name means; then in the order of their ids. The door lets admins and auditors only. */
@Injectable()
export class ListAccounts {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly ownerNames: OwnerNames,
    private readonly policyToday: PolicyToday,
    private readonly findNamed: FindNamed,
  ) {}

  async run(bankId: string, { limit, cursor, kind, q, count }: AccountQuery): Promise<AnswerOf<'listAccounts'>> {
    const [afterRank, afterId] = readCursor(cursor, ['integer', 'uuid']) ?? [null, null];
    return this.unit.run([bankId], async () => {
      const named = q === undefined ? null : (await this.findNamed.run(bankId, q)).accountIds;
      const ofAll = 'from account where bank_id = $1 and ($2::uuid[] is null or account_id = any ($2))';
      const select = `select * ${ofAll} and ($3::text is null or kind = $3)`;
      const asked = [bankId, named, kind ?? null];
      const rows = await this.unit.query<Account>(
        `${select} and ($4::integer is null or ((kind = 'member')::integer, account_id) > ($4, $5))
          order by (kind = 'member')::integer, account_id limit $6`,
        [...asked, afterRank, afterId, limit + 1],
      );
      const total = await countUpTo(this.unit, count, select, asked);
      const counts = await countEach(this.unit, count, `select kind as value ${ofAll}`, [bankId, named]);
      const page = pageOf(rows, limit, (account) => [Number(account.kind === 'member'), account.accountId]);
      const nameOf = await this.ownerNames.run(
        bankId,
        page.items.map((account) => account.ownerId),
      );
      const { limitWarningPercent } = await this.policyToday.run(bankId);
      return { ...page, ...total, ...counts, items: page.items.map((account) => accountAnswer(account, nameOf, limitWarningPercent)) };
    });
  }
}
