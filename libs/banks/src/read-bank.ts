import { Injectable } from '@nestjs/common';
import { type Bank, refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { bankAnswer } from './bank.answer.rules';
import { bankColumns, type KnownBank } from './bank.entity';

/**
 * A bank's row. `lock` and `hold` keep it to the end of the unit: `lock` so that what counts within a bank is done one after another, `hold` so
 * that nothing at all is begun in it. Refuses `banks/not_found`.
 */
@Injectable()
export class ReadBank {
  constructor(private readonly unit: UnitOfWork) {}

  async run(bankId: string): Promise<KnownBank> {
    return this.read(bankId, `select ${bankColumns} from bank b where b.bank_id = $1`);
  }

  /** As callers see it. */
  async answer(bankId: string): Promise<Bank> {
    return this.unit.run([bankId], async () => bankAnswer(await this.run(bankId), this.unit.now));
  }

  async lock(bankId: string): Promise<KnownBank> {
    return this.read(bankId, `select ${bankColumns} from bank b where b.bank_id = $1 for no key update`);
  }

  /**
   * Waits until everybody who writes in the bank has finished; later writers wait. The bank is read only then, because its zones are rows of their
   * own.
   */
  async hold(bankId: string): Promise<KnownBank> {
    await this.unit.query('select from bank where bank_id = $1 for update', [bankId]);
    return this.run(bankId);
  }

  private async read(bankId: string, sql: string): Promise<KnownBank> {
    return this.unit.run([bankId], async () => {
      const row = await this.unit.one<KnownBank>(sql, [bankId]);
      if (!row) throw refuse('banks/not_found');
      return row;
    });
  }
}
