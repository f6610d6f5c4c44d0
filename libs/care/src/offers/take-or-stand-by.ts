import { Injectable } from '@nestjs/common';
import { type Actor, guestHome } from '@timebank/access';
import { type Accepted, type Offer, refuse, type Stored, type Visit, type VisitInput } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { Refusal } from '@timebank/kernel';
import { RequestLock, ShareHours } from '@timebank/requests';
import { PlanVisit } from '@timebank/visits';
import { OfferRow } from './offer.entity';
import { ReadOffers } from './read-offers';

/** Whether nothing but that somebody has it already stands in the way: to a volunteer whatever is hidden from them looks the same. */
export const isFull = (thrown: unknown): boolean =>
  thrown instanceof Refusal &&
  thrown.code === 'requests/not_open' &&
  thrown.parameters['state'] === 'taken' &&
  (thrown.parameters['gate'] as string[] | undefined)?.join() === 'full';

/**
 * Takes or assigns a request as `PlanVisit` does; who asks for it stands by where somebody else has it: the offer carries the id that the visit would
 * have had. Standing by holds no minutes.
 */
@Injectable()
export class TakeOrStandBy {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly planVisit: PlanVisit,
    private readonly requests: RequestLock,
    private readonly readOffers: ReadOffers,
    private readonly shareHours: ShareHours,
  ) {}

  async run(
    actor: Actor,
    bankId: string,
    visitId: string,
    { orStandby = false, ...input }: VisitInput,
  ): Promise<Stored<Visit> | Accepted<Offer>> {
    try {
      return await this.planVisit.run(actor, bankId, visitId, input);
    } catch (thrown) {
      if (!orStandby || !isFull(thrown)) throw thrown;
      const isGuest = guestHome(actor, bankId) !== null;
      return { accepted: await this.standBy(bankId, visitId, input, isGuest ? thrown : null) };
    }
  }

  /** `beforeShared`: what a guest gets to hear who cannot see the request yet, and only knows its id. */
  private standBy(bankId: string, offerId: string, { requestId, volunteerId }: VisitInput, beforeShared: unknown): Promise<Offer> {
    return this.unit.run([bankId], async () => {
      const { serviceKind, startsAt, createdAt } = await this.requests.one(bankId, requestId);
      if (beforeShared !== null && createdAt > (await this.shareHours.before(bankId))) throw beforeShared;
      const now = this.unit.now;
      const offer = { bankId, offerId, requestId, volunteerId, serviceKind, state: 'standby' as const };
      const isNew = await this.unit.insertNew(OfferRow, { ...offer, offeredAt: now, answeredAt: now, answerBy: startsAt });
      if (isNew) return this.readOffers.one(bankId, offerId);
      // Who was asked and has not answered says yes by this; who stands by already goes on.
      const live = await this.unit.one<{ offerId: string }>(
        `update offer set state = 'standby', answered_at = coalesce(answered_at, $4)
          where bank_id = $1 and request_id = $2 and volunteer_id = $3 and state in ('open', 'standby') returning offer_id`,
        [bankId, requestId, volunteerId, now],
      );
      if (!live) throw refuse('offers/id_reused');
      return this.readOffers.one(bankId, live.offerId);
    });
  }
}
