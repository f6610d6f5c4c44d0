import { Injectable } from '@nestjs/common';
import { ReadBank, ReadPolicy } from '@timebank/banks';
import type { Policy } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { localDate } from '@timebank/kernel';

/** The policy of a bank on its own today. */
@Injectable()
export class PolicyToday {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly readBank: ReadBank,
    private readonly readPolicy: ReadPolicy,
  ) {}

  async run(bankId: string): Promise<Policy> {
    const { zone } = await this.readBank.run(bankId);
    return this.readPolicy.run(bankId, localDate(this.unit.now, zone));
  }
}
