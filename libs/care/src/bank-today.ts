import { Injectable } from '@nestjs/common';
import { ReadBank, ReadPolicy } from '@timebank/banks';
import type { Policy } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { localDate, type Zone } from '@timebank/kernel';

/** A bank's day, by its own zone, and the policy in force on it. */
@Injectable()
export class BankToday {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly readBank: ReadBank,
    private readonly readPolicy: ReadPolicy,
  ) {}

  async run(bankId: string): Promise<{ today: string; zone: Zone; policy: Policy }> {
    const { zone } = await this.readBank.run(bankId);
    const today = localDate(this.unit.now, zone);
    return { today, zone, policy: await this.readPolicy.run(bankId, today) };
  }
}
