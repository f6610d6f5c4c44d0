import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { refuse, type RearrangeInput, type Stored, type Visit } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { PatchRequest, RequestLock } from '@timebank/requests';
import { VisitLock } from '../visit-lock';
import { mayMove } from '../visit-states.rules';
import { CancelVisit } from './cancel-visit';
import { PlanVisit } from './plan-visit';

/**
 * A coordinator gives a planned visit to somebody else, moves it, or both. Atomic: the old one is called off, the request gets its new time, and another
 * visit is planned under the caller's id; where that is refused everything stays as it was. Whoever loses the visit is told, whoever keeps it at another
 * time is told that. Idempotent under the new visit's id. Refuses `visits/not_cancellable` once it has begun, `visits/stays_as_it_is`, `requests/not_open` for a new
 * time while others help too, and what planning refuses.
 */
@Injectable()
export class RearrangeVisit {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly visits: VisitLock,
    private readonly requests: RequestLock,
    private readonly cancelVisit: CancelVisit,
    private readonly patchRequest: PatchRequest,
    private readonly planVisit: PlanVisit,
  ) {}

  async run(
    actor: Actor,
    bankId: string,
    { visitId, newVisitId }: { visitId: string; newVisitId: string },
    { startsAt, ...input }: RearrangeInput,
  ): Promise<Stored<Visit>> {
    return this.unit.run(await this.planVisit.banks(bankId, input.volunteerId), async () => {
      const visit = await this.visits.one(bankId, visitId);
      const { requestId } = visit;
      const begins = startsAt === undefined ? null : new Date(startsAt);
      const plan = { requestId, ...input };
      const done = await this.unit.one<{ requestId: string; plannedStart: Date }>(
        'select request_id, planned_start from visit where bank_id = $1 and visit_id = $2',
        [bankId, newVisitId],
      );
      if (done) {
        const isSame = done.requestId === requestId && (begins === null || begins.getTime() === done.plannedStart.getTime());
        if (!isSame) throw refuse('visits/id_reused');
        return this.planVisit.run(actor, bankId, newVisitId, plan);
      }
      if (!mayMove(visit.state, 'cancelled', 'coordinator')) throw refuse('visits/not_cancellable', { state: visit.state });
      const isMoved = begins !== null && begins.getTime() !== visit.plannedStart.getTime();
      const staysWith = input.volunteerId === visit.volunteerId;
      if (staysWith && !isMoved) throw refuse('visits/stays_as_it_is');
      if (staysWith) await this.cancelVisit.free(actor, 'coordinator', visit, { reasonCode: 'other' });
      else await this.cancelVisit.callOff(actor, 'coordinator', visit, { reasonCode: 'other_helper' });
      await this.requests.settle(bankId, [requestId]);
      if (isMoved) {
        const { version } = await this.requests.one(bankId, requestId);
        await this.patchRequest.run(actor, bankId, requestId, { version, startsAt: begins.toISOString() });
      }
      return this.planVisit.run(actor, bankId, newVisitId, plan, visit);
    });
  }
}
