import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';
import { keepAnAdmin } from '../city-admins';
import type { RoleOfPerson } from './grant-role';

/** Takes a role back. Idempotent; answers whether it was held; works from the person's next call on. Refuses `access/last_admin`. */
@Injectable()
export class RevokeRole {
  constructor(private readonly unit: UnitOfWork) {}

  async run(taken: RoleOfPerson): Promise<boolean> {
    return this.unit.run([], async () => {
      if (taken.bankId === null && taken.role === 'admin') await keepAnAdmin(this.unit, taken.personId);
      const gone = await this.unit.query(
        'delete from role where person_id = $1 and bank_id is not distinct from $2 and role = $3 returning role',
        [taken.personId, taken.bankId, taken.role],
      );
      return gone.length > 0;
    });
  }
}
