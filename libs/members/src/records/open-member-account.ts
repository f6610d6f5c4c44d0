import { Injectable } from '@nestjs/common';
import { ReadBank, ReadPolicy, TakeMemberNumber } from '@timebank/banks';
import { deriveId, UnitOfWork } from '@timebank/database';
import { localDate } from '@timebank/kernel';
import { OpenAccounts } from '@timebank/ledger';

/** Gives a member a number and opens their account: never below zero, and no fuller than the savings cap of the day. */
@Injectable()
export class OpenMemberAccount {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly readBank: ReadBank,
    private readonly readPolicy: ReadPolicy,
    private readonly takeMemberNumber: TakeMemberNumber,
    private readonly openAccounts: OpenAccounts,
  ) {}

  async run(bankId: string, memberId: string): Promise<{ memberNumber: string; accountId: string }> {
    return this.unit.run([bankId], async () => {
      const memberNumber = await this.takeMemberNumber.run(bankId);
      const { zone } = await this.readBank.run(bankId);
      const { savingsCapMinutes } = await this.readPolicy.run(bankId, localDate(this.unit.now, zone));
      const accountId = deriveId(memberId, 'account');
      await this.openAccounts.run(bankId, [
        { accountId, kind: 'member', ownerId: memberId, floorMinutes: 0, ceilingMinutes: savingsCapMinutes },
      ]);
      return { memberNumber, accountId };
    });
  }
}
