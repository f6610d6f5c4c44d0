import { Injectable } from '@nestjs/common';
import { type Actor, hasRole } from '@timebank/access';
import { ReadBank } from '@timebank/banks';
import type { AnswerOf, EntryQuery } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { monthRange } from '@timebank/kernel';
import { ReadEntries } from '@timebank/ledger';
import { entryAnswer } from './account.answer.rules';
import { AccountInSight } from './account-in-sight';
import { HandsOf } from './hands-of';
import { OwnerNames } from './owner-names';

/**
 * Entries of an account, newest first, with the balance after each and the name on the other side; optionally of one kind, class or month of the
 * bank's zone. Refuses `ledger/account_not_found`, `access/not_allowed`.
 */
@Injectable()
export class ListEntries {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly accountInSight: AccountInSight,
    private readonly readBank: ReadBank,
    private readonly readEntries: ReadEntries,
    private readonly ownerNames: OwnerNames,
    private readonly handsOf: HandsOf,
  ) {}

  async run(actor: Actor, bankId: string, accountId: string, { month, ...query }: EntryQuery): Promise<AnswerOf<'listEntries'>> {
    return this.unit.run([bankId], async () => {
      await this.accountInSight.run(actor, bankId, accountId);
      const recorded = month === undefined ? undefined : monthRange(month, (await this.readBank.run(bankId)).zone);
      const page = await this.readEntries.run(bankId, accountId, { ...query, recorded });
      const nameOf = await this.ownerNames.run(
        bankId,
        page.items.map((entry) => entry.otherOwnerId),
      );
      const isStaff = (['coordinator', 'admin', 'auditor'] as const).some((role) => hasRole(actor, role, bankId));
      const handOf = await this.handsOf.run(
        bankId,
        page.items.map((entry) => entry.transferId),
        isStaff,
      );
      return { ...page, items: page.items.map((entry) => ({ ...entryAnswer(entry, nameOf), byHand: handOf(entry.transferId) })) };
    });
  }
}
