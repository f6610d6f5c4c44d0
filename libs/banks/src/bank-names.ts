import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';

/** Names of banks, even of banks that the unit does not see: a statement names the bank on the other side. */
@Injectable()
export class BankNames {
  constructor(private readonly unit: UnitOfWork) {}

  /** Inside a unit of work. An id that is no bank's is left out. */
  async run(bankIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const ids = [...new Set(bankIds)];
    if (ids.length === 0) return new Map();
    const rows = await this.unit.query<{ bankId: string; name: string }>('select bank_id, name from bank_names($1)', [ids]);
    return new Map(rows.map(({ bankId, name }) => [bankId, name]));
  }
}
