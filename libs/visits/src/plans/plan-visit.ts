import { Injectable } from '@nestjs/common';
import { hasRole, memberIn, type Actor } from '@timebank/access';
import { refuse, type Stored, type Visit, type VisitInput } from '@timebank/contract';
import { contentHash, isRepeat, once, UnitOfWork } from '@timebank/database';
import { RequestLock, type RequestRow } from '@timebank/requests';
import { CheckVolunteer } from '../check-volunteer';
import { GetVisit } from '../reading/get-visit';
import { HoldPlannedMinutes } from '../hold-planned-minutes';
import { partiesOf } from '../told.rules';
import { VisitRow } from '../visit.entity';
import { WriteVisit } from '../write-visit';

/**
 * A volunteer takes a request, or a coordinator assigns one. Atomic: the request is taken, the visit planned and the planned minutes held on the
 * client's account until `holdExpiryDays` after the planned end. Idempotent under the caller's id; other content is `visits/id_reused`. Refuses a
 * request that is not open or past its planned end, one's own, a missing qualification, a plan that overlaps another of the volunteer in any of their
 * banks, `ledger/overdraft`, and a guest while policy `interchange` is off in either bank.
 */
@Injectable()
export class PlanVisit {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly requests: RequestLock,
    private readonly checkVolunteer: CheckVolunteer,
    private readonly holdMinutes: HoldPlannedMinutes,
    private readonly getVisit: GetVisit,
    private readonly writeVisit: WriteVisit,
  ) {}

  async run(actor: Actor, bankId: string, visitId: string, input: VisitInput): Promise<Stored<Visit>> {
    if (!hasRole(actor, 'coordinator', bankId) && memberIn(actor, bankId) !== input.volunteerId)
      throw refuse('access/not_allowed', {}, 'body.volunteerId');
    const sent = { hash: contentHash(input), reused: 'visits/id_reused' } as const;
    return this.unit.run(await this.checkVolunteer.banks(bankId, input.volunteerId), async () => {
      const first = await once(this.unit, VisitRow, { bankId, visitId }, sent, async () => {
        const request = await this.requests.one(bankId, input.requestId);
        // The same call may have come twice; the second one waited for the request.
        if (await isRepeat(this.unit, VisitRow, { bankId, visitId }, sent)) return false;
        await this.plan(actor, visitId, request, input.volunteerId, sent.hash);
        return true;
      });
      return { first, value: await this.getVisit.run(actor, bankId, visitId) };
    });
  }

  private async plan(actor: Actor, visitId: string, request: RequestRow, volunteerId: string, hash: Buffer): Promise<void> {
    const { bankId, requestId, clientId } = request;
    if (request.state !== 'open') throw refuse('requests/not_open', { state: request.state });
    if (request.endsAt <= this.unit.now) throw refuse('requests/past', { endedAt: request.endsAt.toISOString() });
    if (clientId === volunteerId) throw refuse('requests/own_request');
    const homeBankId = await this.checkVolunteer.run(request, volunteerId);
    await this.holdMinutes.run(visitId, request);
    const { serviceKind, startsAt: plannedStart, endsAt: plannedEnd, minutes: plannedMinutes } = request;
    const who = memberIn(actor, bankId) === volunteerId ? 'volunteer' : 'coordinator';
    const begun = await this.writeVisit.begin(bankId, visitId, 'planned', who, {
      requestId,
      clientId,
      volunteerId,
      volunteerHomeBankId: homeBankId,
      serviceKind,
      plannedStart,
      plannedEnd,
      plannedMinutes,
      holdId: visitId,
      class: 'verified',
      plannedBy: actor.personId,
      contentHash: hash,
      createdAt: this.unit.now,
    });
    // The same id was used for another request at the same moment.
    if (!begun) throw refuse('visits/id_reused');
    await this.requests.move(bankId, [requestId], 'taken');
    const visit = { visitId, requestId, clientId, volunteerId, serviceKind, plannedStart };
    this.unit.tell(bankId, 'visits/planned', { ...partiesOf(visit), actorId: actor.personId });
  }
}
