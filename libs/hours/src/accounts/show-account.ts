import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import type { Account } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { accountAnswer } from './account.answer.rules';
import { AccountInSight } from './account-in-sight';
import { OwnerNames } from './owner-names';
import { PolicyToday } from '../policy-today';

/** An account in minutes, with its owner's name. Refuses `ledger/account_not_found`, `access/not_allowed`. */
@Injectable()
export class ShowAccount {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly accountInSight: AccountInSight,
    private readonly ownerNames: OwnerNames,
    private readonly policyToday: PolicyToday,
  ) {}

  async run(actor: Actor, bankId: string, accountId: string): Promise<Account> {
    return this.unit.run([bankId], async () => {
      const account = await this.accountInSight.run(actor, bankId, accountId);
      const { limitWarningPercent } = await this.policyToday.run(bankId);
      return accountAnswer(account, await this.ownerNames.run(bankId, [account.ownerId]), limitWarningPercent);
    });
  }
}
