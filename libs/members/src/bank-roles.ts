import { Injectable } from '@nestjs/common';
import { type Actor, GrantRole, mayGrant, RevokeRole } from '@timebank/access';
import { type GrantedRole, type RoleName, type Stored, refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';

/**
 * Gives and takes roles of members in their bank: admin by a city admin only, the others by an admin of the bank or the
 * city. Idempotent. Refuses `access/not_allowed`, `members/not_found`, and `members/disabled` for a role to somebody who has left.
 */
@Injectable()
export class BankRoles {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly grantRole: GrantRole,
    private readonly revokeRole: RevokeRole,
  ) {}

  async put(actor: Actor, bankId: string, memberId: string, role: RoleName): Promise<Stored<GrantedRole>> {
    if (!mayGrant(actor, role, bankId)) throw refuse('access/not_allowed');
    return this.unit.run([bankId], async () => {
      const { personId, leftOn } = await this.memberOf(bankId, memberId);
      if (leftOn !== null) throw refuse('members/disabled');
      const first = await this.grantRole.run({ personId, bankId, role, memberId });
      return { first, value: { role, bankId } };
    });
  }

  async delete(actor: Actor, bankId: string, memberId: string, role: RoleName): Promise<void> {
    if (!mayGrant(actor, role, bankId)) throw refuse('access/not_allowed');
    await this.unit.run([bankId], async () => {
      await this.revokeRole.run({ personId: (await this.memberOf(bankId, memberId)).personId, bankId, role });
    });
  }

  private async memberOf(bankId: string, memberId: string): Promise<{ personId: string; leftOn: string | null }> {
    const row = await this.unit.one<{ personId: string; leftOn: string | null }>(
      'select person_id, left_on from member where bank_id = $1 and member_id = $2',
      [bankId, memberId],
    );
    if (!row) throw refuse('members/not_found');
    return row;
  }
}
