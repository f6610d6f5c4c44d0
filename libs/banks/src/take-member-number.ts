import { Injectable } from '@nestjs/common';
import { refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';

/** The next member number of a bank: its own number in three digits, then six of the member. Call it under `ReadBank.lock`. */
@Injectable()
export class TakeMemberNumber {
  constructor(private readonly unit: UnitOfWork) {}

  async run(bankId: string): Promise<string> {
    return this.unit.run([bankId], async () => {
      const row = await this.unit.one<{ bankNumber: number; serial: number }>(
        'update bank set last_member_serial = last_member_serial + 1 where bank_id = $1 returning bank_number, last_member_serial as serial',
        [bankId],
      );
      if (!row) throw refuse('banks/not_found');
      return `${String(row.bankNumber).padStart(3, '0')}${String(row.serial).padStart(6, '0')}`;
    });
  }
}
