import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { newId, Refusal } from '@timebank/kernel';
import { RequestLock } from '@timebank/requests';
import { VisitLock, type LockedVisit } from '../visit-lock';
import type { Mover } from '../visit-states.rules';
import { partiesOf } from '../told.rules';
import { CancelVisit } from './cancel-visit';
import { FreedPlaces } from './freed-places';
import { PlanVisit } from './plan-visit';

/**
 * The planned visits of a request that is changed with them. Each volunteer keeps their place where they may and the gate lets them through, with the new
 * minutes held, and is told (`visits/moved`); else they lose it, and are told that. A visit's plan and hold never change: the old one is cancelled and
 * another planned in its place. In the caller's unit, which sees the volunteers' banks.
 */
@Injectable()
export class MoveVisits {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly visits: VisitLock,
    private readonly requests: RequestLock,
    private readonly cancelVisit: CancelVisit,
    private readonly planVisit: PlanVisit,
    private readonly freedPlaces: FreedPlaces,
  ) {}

  /** Answers which of the visits lost their helper. */
  async run(
    actor: Actor,
    by: Mover,
    { bankId, requestId, visitIds, mayKeep }: { bankId: string; requestId: string; visitIds: readonly string[]; mayKeep: boolean },
    change: () => Promise<void>,
  ): Promise<string[]> {
    const visits: LockedVisit[] = [];
    for (const visitId of visitIds.toSorted()) visits.push(await this.visits.one(bankId, visitId));
    const begun = visits.find(({ state }) => state !== 'planned');
    if (begun) throw refuse('visits/not_cancellable', { state: begun.state });
    for (const visit of visits) await this.cancelVisit.free(actor, by, visit);
    await this.requests.settle(bankId, [requestId]);
    await change();
    const lost: LockedVisit[] = [];
    for (const visit of visits) {
      const kept = mayKeep ? await this.planAgain(visit) : null;
      const told = { ...partiesOf(visit), actorId: actor.personId };
      if (kept === null) {
        this.unit.tell(bankId, 'visits/cancelled', { ...told, withRequest: false });
        lost.push(visit);
      } else this.unit.tell(bankId, 'visits/moved', { ...told, ...kept });
    }
    if (lost.length > 0) await this.freedPlaces.run(bankId, requestId);
    return lost.map(({ visitId }) => visitId);
  }

  /** As if the volunteer took it anew: nothing that a coordinator once set aside counts, but who pays for it. */
  private async planAgain(before: LockedVisit) {
    const { bankId, requestId, volunteerId, volunteerPersonId, volunteerHomeBankId } = before;
    const visitId = newId();
    const volunteer: Actor = {
      personId: volunteerPersonId,
      roles: [{ role: 'volunteer', bankId, memberId: volunteerId, homeBankId: volunteerHomeBankId }],
    };
    try {
      const { value } = await this.planVisit.run(volunteer, bankId, visitId, { requestId, volunteerId }, before);
      return { visitId, startsAt: value.plannedStart };
    } catch (thrown) {
      // The gate and the hold refuse before anything is written.
      if (thrown instanceof Refusal && thrown.code !== 'service/unavailable') return null;
      throw thrown;
    }
  }
}
