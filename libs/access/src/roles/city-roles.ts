import { Injectable } from '@nestjs/common';
import { refuse, type GrantedRole, type Reason, type Stored } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import type { Actor } from '../actor.rules';
import { GrantRole } from './grant-role';
import { NoteRoleChange } from './note-role-change';
import { RevokeRole } from './revoke-role';

export type CityRole = 'admin' | 'auditor';

/**
 * Gives and takes roles in the whole city. It finds a member in any bank, because a person carries the id of the membership they were registered
 * with. Nobody gives themselves a role (`access/not_allowed`). The door lets city admins only. Refuses `members/not_found`, `access/last_admin`.
 */
@Injectable()
export class CityRoles {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly grantRole: GrantRole,
    private readonly revokeRole: RevokeRole,
    private readonly noteRoleChange: NoteRoleChange,
  ) {}

  async put(actor: Actor, memberId: string, role: CityRole, reason: Reason = {}): Promise<Stored<GrantedRole>> {
    return this.unit.run([], async () => {
      await this.find(memberId);
      if (actor.personId === memberId) throw refuse('access/not_allowed');
      const first = await this.grantRole.run({ personId: memberId, bankId: null, role, memberId: null });
      const change = { personId: memberId, bankId: null, role, change: 'given' as const, reason, changedBy: actor.personId, firstBy: null };
      if (first) await this.noteRoleChange.run(change);
      return { first, value: { role, bankId: null } };
    });
  }

  async delete(actor: Actor, memberId: string, role: CityRole, reason: Reason = {}): Promise<void> {
    await this.unit.run([], async () => {
      await this.find(memberId);
      const gone = await this.revokeRole.run({ personId: memberId, bankId: null, role });
      const change = { personId: memberId, bankId: null, role, change: 'taken' as const, reason, changedBy: actor.personId, firstBy: null };
      if (gone) await this.noteRoleChange.run(change);
    });
  }

  private async find(personId: string): Promise<void> {
    const person = await this.unit.one('select 1 from person where person_id = $1', [personId]);
    if (!person) throw refuse('members/not_found');
  }
}
