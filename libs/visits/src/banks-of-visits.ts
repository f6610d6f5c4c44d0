import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';

/**
 * Every bank that visits have to do with: their own, and those where their volunteers act. Read before the unit of work that
 * decides or judges them is opened, since it has to see those banks; a visit's volunteer never changes.
 */
@Injectable()
export class BanksOfVisits {
  constructor(private readonly unit: UnitOfWork) {}

  async run(bankId: string, visitIds: readonly string[]): Promise<string[]> {
    const rows = await this.unit.run([bankId], () =>
      this.unit.query<{ bankId: string }>(
        `with asked as (select volunteer_id, volunteer_home_bank_id from visit where bank_id = $1 and visit_id = any ($2::uuid[]))
         select volunteer_home_bank_id as bank_id from asked where volunteer_home_bank_id is not null
         union select r.bank_id from role r join asked on asked.volunteer_id = r.member_id where r.bank_id is not null
         union select $1`,
        [bankId, visitIds],
      ),
    );
    return rows.map((row) => row.bankId);
  }
}
