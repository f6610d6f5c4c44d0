import { Injectable } from '@nestjs/common';
import { type Actor, BanksOfMembers, RevokeRole } from '@timebank/access';
import { UnitOfWork } from '@timebank/database';
import { MemberPlans, type UnderWay } from '../member-plans';

/**
 * Ends what a member has planned at home and where they help as a guest, in the caller's unit of work, which has to see those banks (`banks`);
 * and their stays there, when they leave for good.
 */
@Injectable()
export class EndElsewhere {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly banksOfMembers: BanksOfMembers,
    private readonly memberPlans: MemberPlans,
    private readonly revokeRole: RevokeRole,
  ) {}

  /** Home first, then every bank where the member has a role. Read before the unit of work is opened. */
  async banks(bankId: string, memberId: string): Promise<string[]> {
    return [...new Set([bankId, ...(await this.banksOfMembers.run([memberId]))])];
  }

  async plans(actor: Actor, banks: readonly string[], memberId: string, underWay: UnderWay): Promise<void> {
    for (const bankId of banks) await this.memberPlans.end(actor, bankId, memberId, underWay);
  }

  async stays(actor: Actor, memberId: string): Promise<void> {
    const stays = await this.unit.query<{ bankId: string; personId: string; homeBankId: string }>(
      `update guest set state = 'ended', ended_by = $2, ended_at = $3, version = version + 1
        where bank_id = any (timebank_banks()) and member_id = $1 and state <> 'ended' returning bank_id, person_id, home_bank_id`,
      [memberId, actor.personId, this.unit.now],
    );
    for (const { bankId, personId, homeBankId } of stays) {
      await this.revokeRole.run({ personId, bankId, role: 'volunteer' });
      this.unit.tell(bankId, 'guests/ended', { memberId, homeBankId });
    }
  }
}
