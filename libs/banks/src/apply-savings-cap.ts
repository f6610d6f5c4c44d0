import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';
import { localDate } from '@timebank/kernel';
import { CapMembers } from '@timebank/ledger';
import { ReadBank } from './read-bank';
import { ReadPolicy } from './read-policy';

/**
 * Brings the ceilings of a bank's members to the savings cap in force on its own today: a policy row takes effect on its day
 * without anybody doing anything; nothing changes in a closed bank. Safe to run at any time and twice at once. Returns how many accounts changed.
 */
@Injectable()
export class ApplySavingsCap {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly readBank: ReadBank,
    private readonly readPolicy: ReadPolicy,
    private readonly capMembers: CapMembers,
  ) {}

  async run(bankId: string): Promise<number> {
    return this.unit.run([bankId], async () => {
      const { zone, closedOn } = await this.readBank.run(bankId);
      if (closedOn !== null) return 0;
      const { savingsCapMinutes } = await this.readPolicy.run(bankId, localDate(this.unit.now, zone));
      return this.capMembers.run(bankId, savingsCapMinutes);
    });
  }
}
