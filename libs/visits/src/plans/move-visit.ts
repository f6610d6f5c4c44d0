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
import { PlanVisit } from './plan-visit';

/**
 * A planned visit whose request is changed with it. Its volunteer keeps the request where they may and the gate lets them through, with the new minutes
 * held, and is told (`visits/moved`); else they lose it, and are told that. A visit's plan and hold never change: the old one is cancelled and another
 * planned in its place. In the caller's unit, which sees the volunteer's banks.
 */
@Injectable()
export class MoveVisit {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly visits: VisitLock,
    private readonly requests: RequestLock,
    private readonly cancelVisit: CancelVisit,
    private readonly planVisit: PlanVisit,
  ) {}

  /** Answers the new visit's id, null when the helper lost it. */
  async run(
    actor: Actor,
    by: Mover,
    { bankId, visitId, mayKeep }: { bankId: string; visitId: string; mayKeep: boolean },
    change: () => Promise<void>,
  ): Promise<string | null> {
    const visit = await this.visits.one(bankId, visitId);
    if (visit.state !== 'planned') throw refuse('visits/not_cancellable', { state: visit.state });
    await this.cancelVisit.free(actor, by, visit);
    await this.requests.move(bankId, [visit.requestId], 'open');
    await change();
    const kept = mayKeep ? await this.planAgain(visit) : null;
    const told = { ...partiesOf(visit), actorId: actor.personId };
    if (kept === null) this.unit.tell(bankId, 'visits/cancelled', { ...told, withRequest: false });
    else this.unit.tell(bankId, 'visits/moved', { ...told, ...kept });
    return kept?.visitId ?? null;
  }

  /** As if the volunteer took it anew: nothing that a coordinator once set aside counts. */
  private async planAgain({ bankId, requestId, volunteerId, volunteerPersonId, volunteerHomeBankId }: LockedVisit) {
    const visitId = newId();
    const volunteer: Actor = {
      personId: volunteerPersonId,
      roles: [{ role: 'volunteer', bankId, memberId: volunteerId, homeBankId: volunteerHomeBankId }],
    };
    try {
      const { value } = await this.planVisit.run(volunteer, bankId, visitId, { requestId, volunteerId });
      return { visitId, startsAt: value.plannedStart };
    } catch (thrown) {
      // The gate and the hold refuse before anything is written.
      if (thrown instanceof Refusal && thrown.code !== 'service/unavailable') return null;
      throw thrown;
    }
  }
}
