import { Injectable } from '@nestjs/common';
import { type Actor, hasRole, memberIn } from '@timebank/access';
import { refuse } from '@timebank/contract';
import { type Account, ReadAccount } from '@timebank/ledger';

const staff = ['coordinator', 'admin', 'auditor'] as const;

/** An account that the caller may look into: their own, or any of a bank where they are coordinator, admin or auditor. */
@Injectable()
export class AccountInSight {
  constructor(private readonly readAccount: ReadAccount) {}

  async run(actor: Actor, bankId: string, accountId: string): Promise<Account> {
    const account = await this.readAccount.run(bankId, accountId);
    if (staff.some((role) => hasRole(actor, role, bankId))) return account;
    if (account.ownerId === null || account.ownerId !== memberIn(actor, bankId)) throw refuse('access/not_allowed');
    return account;
  }
}
