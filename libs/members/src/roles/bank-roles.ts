import { Injectable } from '@nestjs/common';
import { type Actor, banksOf, GrantRole, mayGrant, NoteRoleChange, RevokeRole, SecondPerson } from '@timebank/access';
import { type GrantedRole, isWaiting, type Reason, type RoleName, type Stored, refuse, type Waiting } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { ClosePeople } from '../relations/close-people';

/**
 * Gives and takes roles of members in their bank: only a city admin makes an admin; an admin of bank or city gives the others. Records who and why.
 * Nobody gives themselves a role; for relatives or household it needs a second person (202). Idempotent. Refuses `access/not_allowed`,
 * `members/not_found`, and `members/disabled` for somebody who has left.
 */
@Injectable()
export class BankRoles {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly grantRole: GrantRole,
    private readonly revokeRole: RevokeRole,
    private readonly noteRoleChange: NoteRoleChange,
    private readonly closePeople: ClosePeople,
    private readonly secondPerson: SecondPerson,
  ) {}

  async put(actor: Actor, bankId: string, memberId: string, role: RoleName, reason: Reason = {}): Promise<Stored<GrantedRole> | Waiting> {
    if (!mayGrant(actor, role, bankId)) throw refuse('access/not_allowed');
    return this.unit.run(banksOf(actor, bankId), async () => {
      const { personId, leftOn, holds } = await this.memberOf(bankId, memberId, role);
      if (leftOn !== null) throw refuse('members/disabled');
      const value = { role, bankId };
      if (holds) return { first: false, value };
      const second = await this.second(actor, bankId, { memberId, personId, role, reason });
      if (isWaiting(second)) return second;
      const first = await this.grantRole.run({ personId, bankId, role, memberId });
      await this.note(actor, { personId, bankId, role }, 'given', reason, second.firstBy);
      return { first, value };
    });
  }

  async delete(actor: Actor, bankId: string, memberId: string, role: RoleName, reason: Reason = {}): Promise<void> {
    if (!mayGrant(actor, role, bankId)) throw refuse('access/not_allowed');
    await this.unit.run([bankId], async () => {
      const { personId } = await this.memberOf(bankId, memberId, role);
      const gone = await this.revokeRole.run({ personId, bankId, role });
      if (gone) await this.note(actor, { personId, bankId, role }, 'taken', reason, null);
    });
  }

  private async second(
    actor: Actor,
    bankId: string,
    { memberId, personId, role, reason }: { memberId: string; personId: string; role: RoleName; reason: Reason },
  ): Promise<Waiting | { firstBy: string | null }> {
    const closeness = personId === actor.personId ? 'self' : await this.closePeople.run(actor, [memberId]);
    if (closeness === 'self') throw refuse('access/not_allowed');
    const waits = await this.secondPerson.isOpen(bankId, 'role', memberId, { role, ...reason });
    if (closeness === null && !waits) return { firstBy: null };
    const act = { bankId, kind: 'role' as const, subjectId: memberId, content: { role, ...reason }, memberId, roles: ['admin'] as const };
    const asked = await this.secondPerson.run(actor, act);
    return isWaiting(asked) ? asked : { firstBy: asked.askedBy };
  }

  private note(
    actor: Actor,
    of: { personId: string; bankId: string; role: RoleName },
    change: 'given' | 'taken',
    reason: Reason,
    firstBy: string | null,
  ): Promise<void> {
    return this.noteRoleChange.run({ ...of, change, reason, changedBy: actor.personId, firstBy });
  }

  private async memberOf(
    bankId: string,
    memberId: string,
    role: RoleName,
  ): Promise<{ personId: string; leftOn: string | null; holds: boolean }> {
    const row = await this.unit.one<{ personId: string; leftOn: string | null; holds: boolean }>(
      `select person_id, left_on,
              exists (select from role r where r.person_id = member.person_id and r.bank_id = member.bank_id and r.role = $3) as holds
         from member where bank_id = $1 and member_id = $2 for no key update`,
      [bankId, memberId, role],
    );
    if (!row) throw refuse('members/not_found');
    return row;
  }
}
