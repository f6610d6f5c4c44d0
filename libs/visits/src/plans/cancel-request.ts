import { Injectable } from '@nestjs/common';
import { hasRole, memberIn, type Actor } from '@timebank/access';
import { refuse, type RequestAnswer } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { GetRequest, helps, RequestLock } from '@timebank/requests';
import { CancelVisit } from './cancel-visit';
import { VisitLock, type LockedVisit } from '../visit-lock';

/**
 * Cancels a request, by its client or a coordinator, together with the visits that are planned. Atomic: the held minutes are free again. It stands
 * here because requests know nothing of visits. Refuses `requests/visit_under_way` once the visit has begun, `requests/not_open` when it was served,
 * `requests/already_cancelled`.
 */
@Injectable()
export class CancelRequest {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly visits: VisitLock,
    private readonly requests: RequestLock,
    private readonly cancelVisit: CancelVisit,
    private readonly getRequest: GetRequest,
  ) {}

  async run(actor: Actor, bankId: string, requestId: string, note?: string): Promise<RequestAnswer> {
    return this.unit.run([bankId], async () => {
      const seen = await this.lockVisits(bankId, requestId);
      const request = await this.requests.one(bankId, requestId);
      // Whoever waited for the first lock stands before another visit now: it was rearranged, or somebody took a place at that moment.
      const visits = (await this.lockVisits(bankId, requestId, seen)).filter(({ state }) => state !== 'cancelled');
      if (!hasRole(actor, 'coordinator', bankId) && memberIn(actor, bankId) !== request.clientId) throw refuse('requests/not_found');
      if (request.state === 'cancelled') throw refuse('requests/already_cancelled');
      if (visits.some(({ state }) => state === 'approved')) throw refuse('requests/not_open', { state: 'served' });
      const begun = visits.find(({ state }) => state !== 'planned');
      if (begun) throw refuse('requests/visit_under_way', { visitId: begun.visitId });
      const by = hasRole(actor, 'coordinator', bankId) ? 'coordinator' : 'client';
      for (const visit of visits) await this.cancelVisit.callOff(actor, by, visit, { note }, true);
      await this.requests.cancel(bankId, [requestId]);
      this.unit.tell(bankId, 'requests/cancelled', {
        requestId,
        clientId: request.clientId,
        serviceKind: request.serviceKind,
        startsAt: request.startsAt.toISOString(),
        actorId: actor.personId,
        ...(note === undefined ? {} : { note }),
      });
      return this.getRequest.run(actor, bankId, requestId);
    });
  }

  /**
   * Visits are locked before their request, as everywhere; those that came meanwhile after it: who meets us the other way round ends in a deadlock, and the unit
   * begins anew.
   */
  private async lockVisits(bankId: string, requestId: string, known: readonly LockedVisit[] = []): Promise<LockedVisit[]> {
    const live = await this.unit.query<{ visitId: string }>(
      `select v.visit_id from request r join visit v on ${helps} where r.bank_id = $1 and r.request_id = $2 order by v.visit_id`,
      [bankId, requestId],
    );
    const locked: LockedVisit[] = [];
    for (const { visitId } of live)
      locked.push(known.find((visit) => visit.visitId === visitId) ?? (await this.visits.one(bankId, visitId)));
    return locked;
  }
}
