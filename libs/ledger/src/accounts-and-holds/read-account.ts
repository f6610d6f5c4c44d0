import { Injectable } from '@nestjs/common';
import { refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import type { Account } from './account.entity';

/** An account as it is now, in minutes. Refuses `ledger/account_not_found`. */
@Injectable()
export class ReadAccount {
  constructor(private readonly unit: UnitOfWork) {}

  async run(bankId: string, accountId: string): Promise<Account> {
    return this.unit.run([bankId], async () => {
      const account = await this.unit.one<Account>('select * from account where bank_id = $1 and account_id = $2', [bankId, accountId]);
      if (!account) throw refuse('ledger/account_not_found', { accountId });
      return account;
    });
  }
}
