import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';

/**
 * Sets the ceiling of all members' accounts in a bank, in minutes. An account above it keeps its minutes and receives none until they are spent.
 * Atomic; repeatable. Returns how many accounts changed.
 */
@Injectable()
export class CapMembers {
  constructor(private readonly unit: UnitOfWork) {}

  async run(bankId: string, ceilingMinutes: number): Promise<number> {
    return this.unit.run([bankId], async () => {
      const answer = await this.unit.one<{ changed: number }>('select cap_members($1, $2, $3) as changed', [
        bankId,
        ceilingMinutes,
        this.unit.now,
      ]);
      return answer?.changed ?? 0;
    });
  }
}
