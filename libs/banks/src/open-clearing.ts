import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';
import { localDate } from '@timebank/kernel';
import { OpenAccounts } from '@timebank/ledger';
import { clearingAccountOf } from './clearing-account';
import { ReadBank } from './read-bank';
import { ReadPolicy } from './read-policy';

/**
 * Opens two banks' clearing accounts for each other, in the caller's transaction, which sees both. Idempotent: an open one keeps its credit line. A
 * new one takes policy `creditLineMinutes` of its own bank today; the floor is minus that.
 */
@Injectable()
export class OpenClearing {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly readBank: ReadBank,
    private readonly readPolicy: ReadPolicy,
    private readonly openAccounts: OpenAccounts,
  ) {}

  async run(bankId: string, otherBankId: string): Promise<void> {
    await this.unit.run([bankId, otherBankId], async () => {
      await this.open(bankId, otherBankId);
      await this.open(otherBankId, bankId);
    });
  }

  private async open(bankId: string, otherBankId: string): Promise<void> {
    const accountId = clearingAccountOf(bankId, otherBankId);
    if (await this.unit.one('select from account where bank_id = $1 and account_id = $2', [bankId, accountId])) return;
    const { zone } = await this.readBank.run(bankId);
    const { creditLineMinutes } = await this.readPolicy.run(bankId, localDate(this.unit.now, zone));
    await this.openAccounts.run(bankId, [
      { accountId, kind: 'clearing', ownerId: otherBankId, floorMinutes: -creditLineMinutes, ceilingMinutes: null },
    ]);
  }
}
