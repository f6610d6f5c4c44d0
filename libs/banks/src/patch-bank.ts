import { Injectable } from '@nestjs/common';
import { refuse, type Bank, type BankPatch } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { bankAnswer } from './bank.answer.rules';
import { ReadBank } from './read-bank';

/** Changes a bank's name or phone. Refuses `banks/not_found`, and `banks/stale` when somebody else changed it since. */
@Injectable()
export class PatchBank {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly readBank: ReadBank,
  ) {}

  async run(bankId: string, patch: BankPatch): Promise<Bank> {
    return this.unit.run([bankId], async () => {
      const { version } = await this.readBank.lock(bankId);
      if (version !== patch.version) throw refuse('banks/stale', { version }, 'body.version');
      await this.unit.query(
        'update bank set name = coalesce($2, name), phone = coalesce($3, phone), version = version + 1 where bank_id = $1',
        [bankId, patch.name ?? null, patch.phone ?? null],
      );
      return bankAnswer(await this.readBank.run(bankId));
    });
  }
}
