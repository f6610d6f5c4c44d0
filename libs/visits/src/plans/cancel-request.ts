import { Injectable } from '@nestjs/common';
import { hasRole, memberIn, type Actor } from '@timebank/access';
import { refuse, type RequestAnswer } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { GetRequest, RequestLock } from '@timebank/requests';
import { CancelVisit } from './cancel-visit';
import { VisitLock } from '../visit-lock';

/**
 * Cancels a request, by its client or a coordinator, together with its visit if one is planned. Atomic: the held minutes are free again. It stands
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
      const live = await this.unit.one<{ visitId: string }>(
        `select visit_id from visit where bank_id = $1 and request_id = $2 and state not in ('cancelled', 'no_show', 'rejected')`,
        [bankId, requestId],
      );
      // A visit is locked before its request, as everywhere.
      const visit = live && (await this.visits.one(bankId, live.visitId));
      const request = await this.requests.one(bankId, requestId);
      if (!hasRole(actor, 'coordinator', bankId) && memberIn(actor, bankId) !== request.clientId) throw refuse('requests/not_found');
      if (request.state === 'cancelled') throw refuse('requests/already_cancelled');
      if (visit?.state === 'approved') throw refuse('requests/not_open', { state: 'served' });
      if (request.state === 'taken') {
        if (visit?.state !== 'planned') throw refuse('requests/visit_under_way', visit ? { visitId: visit.visitId } : {});
        const by = hasRole(actor, 'coordinator', bankId) ? 'coordinator' : 'client';
        await this.cancelVisit.callOff(actor, by, visit, note, true);
      }
      await this.requests.move(bankId, [requestId], 'cancelled');
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
}
