import { Injectable } from '@nestjs/common';
import { hasRole, memberIn, type Actor } from '@timebank/access';
import { cancelReasonsOf, refuse, type CancelReason, type CancelSide, type Visit, type VisitCancelInput } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { ReleaseHolds } from '@timebank/ledger';
import { GetVisit } from '../reading/get-visit';
import { partiesOf } from '../told.rules';
import { FreedPlaces } from './freed-places';
import { VisitLock, type LockedVisit } from '../visit-lock';
import { mayMove, type Mover } from '../visit-states.rules';
import { WriteVisit } from '../write-visit';

/** Whoever has a part in a visit acts for themselves, also where they work for the bank. */
function sideOf(actor: Actor, { bankId, volunteerId, clientId }: LockedVisit): CancelSide {
  const me = memberIn(actor, bankId);
  if (me === volunteerId) return 'by_volunteer';
  return me === clientId ? 'by_client' : 'by_bank';
}

/**
 * Cancels a planned visit: by its volunteer, its client or a coordinator. Atomic: the held minutes are free again and its place is open for
 * somebody else. A client who no longer wants the help cancels the request instead. Refuses `visits/not_cancellable` once it has begun or was
 * cancelled before, and `visits/reason_of_others` for a reason of another side.
 */
@Injectable()
export class CancelVisit {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly lock: VisitLock,
    private readonly freedPlaces: FreedPlaces,
    private readonly releaseHolds: ReleaseHolds,
    private readonly getVisit: GetVisit,
    private readonly writeVisit: WriteVisit,
  ) {}

  async run(actor: Actor, bankId: string, visitId: string, why: VisitCancelInput = {}): Promise<Visit> {
    return this.unit.run([bankId], async () => {
      const visit = await this.lock.one(bankId, visitId);
      const mover = this.moverOf(actor, visit);
      if (mover === null) throw refuse('visits/not_found');
      if (!mayMove(visit.state, 'cancelled', mover)) throw refuse('visits/not_cancellable', { state: visit.state });
      this.refuseOthers(actor, visit, why.reasonCode);
      await this.callOff(actor, mover, visit, why);
      await this.freedPlaces.run(bankId, visit.requestId);
      return this.getVisit.run(actor, bankId, visitId);
    });
  }

  /**
   * The same of a helper who cannot come, by themselves or by their home bank, also where they are a guest: in the caller's unit of work, which sees both banks.
   * False where it is no longer planned.
   */
  async giveBack(actor: Actor, bankId: string, visitId: string, reasonCode: CancelReason): Promise<boolean> {
    const visit = await this.lock.one(bankId, visitId);
    if (visit.state !== 'planned') return false;
    await this.callOff(actor, memberIn(actor, bankId) === visit.volunteerId ? 'volunteer' : 'coordinator', visit, { reasonCode });
    await this.freedPlaces.run(bankId, visit.requestId);
    return true;
  }

  /** Ends a locked, planned visit and frees its minutes. The caller decides about the request, and says if it ends as well. */
  async callOff(actor: Actor, by: Mover, visit: LockedVisit, why: VisitCancelInput, withRequest = false): Promise<void> {
    await this.free(actor, by, visit, why);
    this.unit.tell(visit.bankId, 'visits/cancelled', { ...partiesOf(visit), actorId: actor.personId, withRequest });
  }

  /** The same, and nobody is told yet. */
  async free(actor: Actor, mover: Mover, visit: LockedVisit, { reasonCode, note }: VisitCancelInput = {}): Promise<void> {
    const { bankId, visitId } = visit;
    await this.releaseHolds.run(bankId, [visit.holdId]);
    const by = { cancelledBy: actor.personId, cancelledAt: this.unit.now, cancelledSide: sideOf(actor, visit) };
    const set = { ...by, cancelReasonCode: reasonCode ?? null, cancelNote: note ?? null };
    await this.writeVisit.move(bankId, mover, [{ visitId, from: visit.state, to: 'cancelled', set }]);
  }

  /** Staff may say either what the bank is offered, or what they are where they have a part in it themselves. */
  private refuseOthers(actor: Actor, visit: LockedVisit, reasonCode: CancelReason | undefined): void {
    if (reasonCode === undefined) return;
    const own: readonly CancelReason[] = cancelReasonsOf[sideOf(actor, visit)];
    const ofBank: readonly CancelReason[] = hasRole(actor, 'coordinator', visit.bankId) ? cancelReasonsOf.by_bank : [];
    if (!own.includes(reasonCode) && !ofBank.includes(reasonCode)) throw refuse('visits/reason_of_others', {}, 'body.reasonCode');
  }

  private moverOf(actor: Actor, visit: LockedVisit): Mover | null {
    if (hasRole(actor, 'coordinator', visit.bankId)) return 'coordinator';
    const me = memberIn(actor, visit.bankId);
    if (me === visit.volunteerId) return 'volunteer';
    return me === visit.clientId ? 'client' : null;
  }
}
