import { Injectable } from '@nestjs/common';
import { type ActorRole, DisablePerson, RevokeRole } from '@timebank/access';
import { type LeavingReason, refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { MemberRecord } from '../member.entity';

/**
 * Writes down that a member has left the bank, the day and why, in the caller's unit of work: their roles in the bank end,
 * and after a death every sign-in; where they live is forgotten. The member, their relations and their records stay. Answers the member, held until the
 * unit ends, or null when they had left before. Refuses `members/not_found`, `access/last_admin`.
 */
@Injectable()
export class MarkLeft {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly revokeRole: RevokeRole,
    private readonly disablePerson: DisablePerson,
  ) {}

  async run(bankId: string, memberId: string, on: string, reason: LeavingReason): Promise<MemberRecord | null> {
    return this.unit.run([bankId], async () => {
      const member = await this.unit.one<MemberRecord>('select * from member where bank_id = $1 and member_id = $2 for no key update', [
        bankId,
        memberId,
      ]);
      if (!member) throw refuse('members/not_found');
      if (member.leftOn !== null) return null;
      const { personId } = member;
      const roles = await this.unit.query<ActorRole>('select role, bank_id, member_id from role where person_id = $1 and bank_id = $2', [
        personId,
        bankId,
      ]);
      for (const { role } of roles) await this.revokeRole.run({ personId, bankId, role });
      if (reason === 'death') await this.disablePerson.run(personId, true);
      await this.unit.updateRow(MemberRecord, { bankId, memberId }, { leftOn: on, leftReason: reason, homeAddress: null });
      return member;
    });
  }
}
