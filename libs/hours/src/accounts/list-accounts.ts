import { Injectable } from '@nestjs/common';
import type { AccountQuery, AnswerOf } from '@timebank/contract';
import { countWithin, pageOf, readCursor, rowsFor, UnitOfWork } from '@timebank/database';
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
    const after = readCursor(cursor, ['integer', 'uuid']);
    return this.unit.run([bankId], async () => {
      const named = q === undefined ? null : (await this.findNamed.run(bankId, q)).accountIds;
      const values: unknown[] = named === null ? [bankId] : [bankId, named];
      const all = `from account where bank_id = $1 ${named === null ? '' : 'and account_id = any ($2::uuid[])'}`;
      const place = (value: unknown, type: string) => `$${values.push(value)}::${type}`;
      const byKind = { select: `select kind as value ${all}`, values: [...values] };
      const ofKind = kind === undefined ? '' : `and kind = ${place(kind, 'text')}`;
      const list = { select: `select * ${all} ${ofKind}`, values: [...values] };
      const since = after ? `and account_id > ${place(after[1], 'uuid')}` : '';
      const [afterRank, most] = [after ? Math.sign(Math.max(0, Number(after[0]))) : null, `limit ${rowsFor(limit)}`];
      // The bank's own and its members', each in the order of an index; what the page before had come to is gone on with.
      const parts = [`kind <> 'member'`, `kind = 'member'`].map(
        (whose, rank) => `(${list.select} and ${whose} ${rank === afterRank ? since : ''} order by account_id ${most})`,
      );
      const rows = await this.unit.query<Account>(
        `select * from (${parts.slice(afterRank ?? 0).join(' union all ')}) account order by (kind = 'member'), account_id ${most}`,
        values,
      );
      const counted = await countWithin(this.unit, count, list, byKind);
      const page = pageOf(rows, limit, (account) => [Number(account.kind === 'member'), account.accountId]);
      const nameOf = await this.ownerNames.run(
        bankId,
        page.items.map((account) => account.ownerId),
      );
      const { limitWarningPercent } = await this.policyToday.run(bankId);
      return { ...page, ...counted, items: page.items.map((account) => accountAnswer(account, nameOf, limitWarningPercent)) };
    });
  }
}
