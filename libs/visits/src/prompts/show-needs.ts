import { Injectable } from '@nestjs/common';
import { type Actor, memberIn } from '@timebank/access';
import { refuse, type VisitNeeds } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { ClientNeeds } from '@timebank/members';
import { VisitLock } from '../visit-lock';
import { knowsUntil, mayKnow } from './needs.rules';

/**
 * What the helper of a visit has to know of its client, from the day before until the visit ends; each look is kept. Refuses `visits/not_found` to anybody
 * else, and `visits/needs_not_now` outside that time.
 */
@Injectable()
export class ShowNeeds {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly lock: VisitLock,
    private readonly clientNeeds: ClientNeeds,
  ) {}

  async run(actor: Actor, bankId: string, visitId: string): Promise<VisitNeeds> {
    return this.unit.run([bankId], async () => {
      const visit = await this.lock.one(bankId, visitId);
      if (memberIn(actor, bankId) !== visit.volunteerId) throw refuse('visits/not_found');
      if (!mayKnow(visit, this.unit.now, visit.zone)) throw refuse('visits/needs_not_now');
      const { memberId: _, version: _version, ...needs } = await this.clientNeeds.show(actor, bankId, visit.clientId, visitId);
      return { visitId, ...needs, until: knowsUntil(visit).toISOString() };
    });
  }
}
