import { Injectable } from '@nestjs/common';
import { type Actor, hasRole } from '@timebank/access';
import { ReadBank } from '@timebank/banks';
import type { AnswerOf, EntryQuery } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { monthRange } from '@timebank/kernel';
import { ReadEntries } from '@timebank/ledger';
import { AccountInSight } from './account-in-sight';
import { DescribeEntries } from './describe-entries';

/**
 * Entries of an account, newest first, with the balance after each, the name on the other side and the kind of service; optionally of one kind, class or month of the
 * bank's zone. Refuses `ledger/account_not_found`, `access/not_allowed`.
 */
@Injectable()
export class ListEntries {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly accountInSight: AccountInSight,
    private readonly readBank: ReadBank,
    private readonly readEntries: ReadEntries,
    private readonly describeEntries: DescribeEntries,
  ) {}

  async run(actor: Actor, bankId: string, accountId: string, { month, ...query }: EntryQuery): Promise<AnswerOf<'listEntries'>> {
    return this.unit.run([bankId], async () => {
      await this.accountInSight.run(actor, bankId, accountId);
      const recorded = month === undefined ? undefined : monthRange(month, (await this.readBank.run(bankId)).zone);
      const page = await this.readEntries.run(bankId, accountId, { ...query, recorded });
      const isStaff = (['coordinator', 'admin', 'auditor'] as const).some((role) => hasRole(actor, role, bankId));
      return { ...page, items: await this.describeEntries.run(bankId, page.items, isStaff) };
    });
  }
}
