import { Injectable } from '@nestjs/common';
import { refuse, type GrantedRole, type Stored } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { GrantRole } from './grant-role';
import { RevokeRole } from './revoke-role';

export type CityRole = 'admin' | 'auditor';

/**
 * Gives and takes roles in the whole city. A member is found in any bank, because a person carries the id of the
 * membership they were registered with. The door lets city admins only. Refuses `members/not_found`, `access/last_admin`.
 */
@Injectable()
export class CityRoles {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly grantRole: GrantRole,
    private readonly revokeRole: RevokeRole,
  ) {}

  async put(memberId: string, role: CityRole): Promise<Stored<GrantedRole>> {
    return this.unit.run([], async () => {
      await this.find(memberId);
      const first = await this.grantRole.run({ personId: memberId, bankId: null, role, memberId: null });
      return { first, value: { role, bankId: null } };
    });
  }

  async delete(memberId: string, role: CityRole): Promise<void> {
    await this.unit.run([], async () => {
      await this.find(memberId);
      await this.revokeRole.run({ personId: memberId, bankId: null, role });
    });
  }

  private async find(personId: string): Promise<void> {
    const person = await this.unit.one('select 1 from person where person_id = $1', [personId]);
    if (!person) throw refuse('members/not_found');
  }
}
