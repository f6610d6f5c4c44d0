import { Injectable } from '@nestjs/common';
import { ReadBank, ReadPolicy } from '@timebank/banks';
import { deriveId, UnitOfWork } from '@timebank/database';
import { localDate } from '@timebank/kernel';
import { OpenAccounts } from '@timebank/ledger';

/** Opens a member's account: never below zero, and no fuller than the savings cap of the day. Answers its id. */
@Injectable()
export class OpenMemberAccount {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly readBank: ReadBank,
    private readonly readPolicy: ReadPolicy,
    private readonly openAccounts: OpenAccounts,
  ) {}

  async run(bankId: string, memberId: string): Promise<string> {
    return this.unit.run([bankId], async () => {
      const { zone } = await this.readBank.run(bankId);
      const { savingsCapMinutes } = await this.readPolicy.run(bankId, localDate(this.unit.now, zone));
      const accountId = deriveId(memberId, 'account');
      await this.openAccounts.run(bankId, [
        { accountId, kind: 'member', ownerId: memberId, floorMinutes: 0, ceilingMinutes: savingsCapMinutes },
      ]);
      return accountId;
    });
  }
}
