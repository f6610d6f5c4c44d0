import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { ReadBank } from '@timebank/banks';
import { UnitOfWork } from '@timebank/database';
import { localMinute, localMonth, monthRange } from '@timebank/kernel';
import { ReadStatement } from '@timebank/ledger';
import { AccountInSight } from './account-in-sight';
import { writeCsv } from './csv.rules';
import { OwnerNames } from './owner-names';

const header = [
  'line',
  'recordedAt',
  'effectiveAt',
  'kind',
  'class',
  'minutes',
  'balanceAfterMinutes',
  'otherAccountKind',
  'otherName',
  'transferId',
  'visitId',
  'reversesId',
];

/**
 * A month of an account as CSV, by default the bank's current one: opening balance, entries oldest first with the balance
 * after each, closing balance. Times are the bank's wall clock, minutes whole, names of columns and codes the same in every
 * language. Refuses `ledger/account_not_found`, `access/not_allowed`.
 */
@Injectable()
export class StatementCsv {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly accountInSight: AccountInSight,
    private readonly readBank: ReadBank,
    private readonly readStatement: ReadStatement,
    private readonly ownerNames: OwnerNames,
  ) {}

  async run(actor: Actor, bankId: string, accountId: string, asked?: string): Promise<{ fileName: string; text: string }> {
    return this.unit.run([bankId], async () => {
      await this.accountInSight.run(actor, bankId, accountId);
      const { timeZone } = await this.readBank.run(bankId);
      const month = asked ?? localMonth(this.unit.now, timeZone);
      const { from, to } = monthRange(month, timeZone);
      const statement = await this.readStatement.run(bankId, accountId, from, to);
      const nameOf = await this.ownerNames.run(
        bankId,
        statement.entries.map((entry) => entry.otherOwnerId),
      );
      const border = (line: string, at: Date, balanceMinutes: number) => [
        line,
        localMinute(at, timeZone),
        null,
        null,
        null,
        null,
        balanceMinutes,
        null,
        null,
        null,
        null,
        null,
      ];
      const lines = statement.entries.map((entry) => [
        'entry',
        localMinute(entry.recordedAt, timeZone),
        localMinute(entry.effectiveAt, timeZone),
        entry.kind,
        entry.class,
        entry.minutes,
        entry.balanceAfterMinutes,
        entry.otherAccountKind,
        nameOf(entry.otherOwnerId),
        entry.transferId,
        entry.visitId,
        entry.reversesId,
      ]);
      const text = writeCsv(header, [
        border('opening', from, statement.openingMinutes),
        ...lines,
        border('closing', to, statement.closingMinutes),
      ]);
      return { fileName: `statement-${accountId}-${month}.csv`, text };
    });
  }
}
