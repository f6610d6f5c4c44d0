import { Injectable } from '@nestjs/common';
import type { Bank, BankInput, Stored } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { OneName } from './one-name';
import { PutBank } from './put-bank';

/**
 * Founds a time bank. A name that another bank has, in whatever spelling, is `banks/same_name` until the founder confirms it (`sameName`); a repeat
 * asks nothing. Refuses what `PutBank` refuses.
 */
@Injectable()
export class FoundBank {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly oneName: OneName,
    private readonly putBank: PutBank,
  ) {}

  async run(bankId: string, { sameName, ...input }: BankInput): Promise<Stored<Bank>> {
    return this.unit.run([bankId], async () => {
      if (!(await this.putBank.isThere(bankId))) await this.oneName.run(bankId, input.name, sameName === true);
      return this.putBank.run(bankId, input);
    });
  }
}
