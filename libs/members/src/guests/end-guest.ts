import { Injectable } from '@nestjs/common';
import { type Actor, hasRole, RevokeRole } from '@timebank/access';
import { refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { GuestRow } from './guest.entity';

/**
 * Ends a guest's stay in another bank, or declines one who has asked: by the guest, or by a coordinator there. Takes back the role there in the same
 * transaction. Idempotent. Visits that wait for approval are still credited. Refuses `guests/visits_ahead` with the visits while one is planned or
 * under way (finish or cancel it first), and `guests/not_found`, also to anybody else.
 */
@Injectable()
export class EndGuest {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly revokeRole: RevokeRole,
  ) {}

  async run(actor: Actor, bankId: string, memberId: string): Promise<void> {
    const isOwn = actor.roles.some((role) => role.memberId === memberId);
    if (!isOwn && !hasRole(actor, 'coordinator', bankId)) throw refuse('guests/not_found');
    await this.unit.run([bankId], async () => {
      const guest = await this.unit.one<GuestRow>('select * from guest where bank_id = $1 and member_id = $2 for no key update', [
        bankId,
        memberId,
      ]);
      if (!guest) throw refuse('guests/not_found');
      if (guest.state === 'ended') return;
      await this.refuseAhead(bankId, memberId);
      await this.revokeRole.run({ personId: guest.personId, bankId, role: 'volunteer' });
      await this.unit.updateRow(GuestRow, { bankId, memberId }, { state: 'ended', endedBy: actor.personId, endedAt: this.unit.now });
      this.unit.tell(bankId, 'guests/ended', { memberId, homeBankId: guest.homeBankId });
    });
  }

  private async refuseAhead(bankId: string, memberId: string): Promise<void> {
    const ahead = await this.unit.query<{ visitId: string }>(
      `select visit_id from visit where bank_id = $1 and volunteer_id = $2 and state in ('planned', 'in_progress') order by planned_start limit 20`,
      [bankId, memberId],
    );
    if (ahead.length > 0) throw refuse('guests/visits_ahead', { visitIds: ahead.map(({ visitId }) => visitId) });
  }
}
