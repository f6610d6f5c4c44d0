import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';

/**
 * Every bank where members have a role, as members or as guests: what a unit of work must see to find a volunteer's visits
 * elsewhere. In id order, each once.
 */
@Injectable()
export class BanksOfMembers {
  constructor(private readonly unit: UnitOfWork) {}

  async run(memberIds: readonly string[]): Promise<string[]> {
    const rows = await this.unit.glance<{ bankId: string }>(
      'select distinct bank_id from role where member_id = any ($1) and bank_id is not null order by bank_id',
      [memberIds],
    );
    return rows.map((row) => row.bankId);
  }
}
