import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { UnitOfWork } from '@timebank/database';
import { RequestLock } from '@timebank/requests';
import { partiesOf } from '../told.rules';
import { type LockedVisit, VisitLock } from '../visit-lock';
import { CancelVisit } from './cancel-visit';
import { PlanVisit } from './plan-visit';

type To = { visitId: string; requestId: string; volunteerId: string };

/**
 * A helper's place becomes a colleague's, who has said yes: the helper leaves, and the colleague takes it as anybody would, by gate and hold, in one act. The
 * client is told who comes, the helper that they need not go. Where the visit is no longer the helper's to give, only the taking is left. In the
 * caller's unit, which sees the banks of both.
 */
@Injectable()
export class HandVisitOver {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly lock: VisitLock,
    private readonly requests: RequestLock,
    private readonly cancelVisit: CancelVisit,
    private readonly planVisit: PlanVisit,
  ) {}

  /** Locked before its request, as everywhere. */
  visit(bankId: string, visitId: string): Promise<LockedVisit> {
    return this.lock.one(bankId, visitId);
  }

  async run(actor: Actor, visit: LockedVisit, to: To): Promise<void> {
    const { bankId, requestId, volunteerId, volunteerPersonId } = visit;
    if (visit.state === 'planned') {
      const helper: Actor = { personId: volunteerPersonId, roles: [{ role: 'volunteer', bankId, memberId: volunteerId }] };
      await this.cancelVisit.free(helper, 'volunteer', visit, { reasonCode: 'other' });
      await this.requests.settle(bankId, [requestId]);
      this.unit.tell(bankId, 'visits/handed_over', { ...partiesOf(visit), actorId: actor.personId });
    }
    const plan = { requestId, volunteerId: to.volunteerId };
    await this.planVisit.run(actor, bankId, to.visitId, plan, visit.state === 'planned' ? visit : undefined);
  }
}
