import { Injectable } from '@nestjs/common';
import { ReadBank, ReadPolicy } from '@timebank/banks';
import type { Policy } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { localDate } from '@timebank/kernel';

/** The policy in force at a bank today, by its own zone: for deadlines of the desk, which are about now and not about the day of a visit. */
@Injectable()
export class PolicyNow {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly readBank: ReadBank,
    private readonly readPolicy: ReadPolicy,
  ) {}

  async run(bankId: string): Promise<Policy & { day: string }> {
    const { zone } = await this.readBank.run(bankId);
    const day = localDate(this.unit.now, zone);
    return { ...(await this.readPolicy.run(bankId, day)), day };
  }
}
