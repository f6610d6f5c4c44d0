import { Injectable } from '@nestjs/common';
import { refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';

/** The next member number of a bank: its own number in three digits, then six of the member. Call it under `ReadBank.lock`. */
@Injectable()
export class TakeMemberNumber {
  constructor(private readonly unit: UnitOfWork) {}

  async run(bankId: string): Promise<string> {
    return (await this.many(bankId, 1))[0] as string;
  }

  /** The next ones, in their order. */
  async many(bankId: string, count: number): Promise<string[]> {
    return this.unit.run([bankId], async () => {
      const row = await this.unit.one<{ bankNumber: number; serial: number }>(
        'update bank set last_member_serial = last_member_serial + $2 where bank_id = $1 returning bank_number, last_member_serial as serial',
        [bankId, count],
      );
      if (!row) throw refuse('banks/not_found');
      const first = row.serial - count + 1;
      return Array.from(
        { length: count },
        (_, index) => `${String(row.bankNumber).padStart(3, '0')}${String(first + index).padStart(6, '0')}`,
      );
    });
  }
}
