import { Injectable } from '@nestjs/common';
import { memberIn, type Actor } from '@timebank/access';
import { refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import type { LockedVisit } from './visit-lock';

/**
 * Refuses to let somebody judge a visit that concerns them: `visits/own_visit` for its volunteer and its client, `visits/conflict_of_interest` for
 * their relatives and household, and for whoever acts for its client. Relations count from every bank that the unit sees.
 */
@Injectable()
export class CheckOutsider {
  constructor(private readonly unit: UnitOfWork) {}

  async run(actor: Actor, visit: LockedVisit): Promise<void> {
    if (actor.personId === visit.volunteerPersonId || actor.personId === visit.clientPersonId) throw refuse('visits/own_visit');
    const related = await this.unit.one(
      `select from relation where bank_id = any (timebank_banks())
        and ((member_id = $1 and other_member_id in ($2, $3)) or (other_member_id = $1 and member_id in ($2, $3)))
       union all select from proxy_role where person_id = $4 and client_id = $3 limit 1`,
      [memberIn(actor, visit.bankId), visit.volunteerId, visit.clientId, actor.personId],
    );
    if (related) throw refuse('visits/conflict_of_interest');
  }
}
