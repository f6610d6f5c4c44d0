import { Injectable } from '@nestjs/common';
import { type Actor, Locator } from '@timebank/access';
import type { Bank } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { bankAnswer } from './bank.answer.rules';
import { bankColumns, type KnownBank } from './bank.entity';

/** The banks a person belongs to, or every bank for those with a role in the city; in the order they were opened. */
@Injectable()
export class ListBanks {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly locator: Locator,
  ) {}

  async run(actor: Actor): Promise<Bank[]> {
    const given = actor.roles.map((role) => role.bankId);
    const bankIds = given.includes(null) ? await this.locator.banks() : [...new Set(given as string[])];
    if (bankIds.length === 0) return [];
    return this.unit.run(bankIds, async () => {
      const rows = await this.unit.query<KnownBank>(`select ${bankColumns} from bank b order by bank_number`);
      return rows.map((row) => bankAnswer(row, this.unit.now));
    });
  }
}
