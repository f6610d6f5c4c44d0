import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';

/** Whether a member is qualified on a day; the last day counts. */
@Injectable()
export class HasQualification {
  constructor(private readonly unit: UnitOfWork) {}

  async run(bankId: string, memberId: string, code: string, day: string): Promise<boolean> {
    return this.unit.run([bankId], async () => {
      const row = await this.unit.one(
        'select 1 from qualification where bank_id = $1 and member_id = $2 and code = $3 and valid_until >= $4',
        [bankId, memberId, code, day],
      );
      return row !== null;
    });
  }
}
