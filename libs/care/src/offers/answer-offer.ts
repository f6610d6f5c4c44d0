import { Injectable } from '@nestjs/common';
import { BanksOfMembers, hasRole, memberIn, type Actor } from '@timebank/access';
import { type Offer, type OfferAnswerInput, refuse } from '@timebank/contract';
import { deriveId, UnitOfWork } from '@timebank/database';
import { RequestLock } from '@timebank/requests';
import { HandVisitOver, PlanVisit } from '@timebank/visits';
import { OfferRow } from './offer.entity';
import { ReadOffers } from './read-offers';
import { isFull } from './take-or-stand-by';

type TakeInput = { requestId: string; volunteerId: string };
type GivenVisit = Awaited<ReturnType<HandVisitOver['visit']>>;

/**
 * A volunteer answers by one tap. A yes plans the visit as if they had taken it: the same gate, the same hold. Where somebody was quicker they stand by.
 * A visit that a colleague puts to them is given up and taken in the same act.
 * Refuses `offers/not_yours`, `offers/already_answered`, and `offers/over` where it was not answered in time or the request is gone; and what taking
 * refuses.
 */
@Injectable()
export class AnswerOffer {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly banksOfMembers: BanksOfMembers,
    private readonly requests: RequestLock,
    private readonly planVisit: PlanVisit,
    private readonly handVisitOver: HandVisitOver,
    private readonly readOffers: ReadOffers,
  ) {}

  async run(actor: Actor, bankId: string, offerId: string, { answer, reasonCode }: OfferAnswerInput): Promise<Offer> {
    const me = await this.answersFor(actor, bankId, offerId);
    const banks = [...new Set([bankId, ...(me === null ? [] : await this.banksOfMembers.run([me]))])];
    return this.unit.run(banks, async () => {
      const { requestId, volunteerId } = await this.readOffers.one(bankId, offerId);
      if (volunteerId !== me) throw refuse('offers/not_yours');
      const handedOver = answer === 'yes' ? await this.handedOver(bankId, offerId) : null;
      const request = await this.requests.one(bankId, requestId);
      // Of two answers at once the second waited for the request.
      const { state } = await this.readOffers.one(bankId, offerId);
      if (state === 'expired' || state === 'withdrawn') throw refuse('offers/over', { state });
      if (state !== 'open') throw refuse('offers/already_answered', { state });
      const now = this.unit.now;
      if (request.state === 'cancelled' || request.endsAt <= now) throw refuse('offers/over', { state: request.state });
      const said = { answeredAt: now, ...(reasonCode === undefined ? {} : { reasonCode }) };
      const outcome =
        answer === 'no' ? { state: 'declined' as const } : await this.take(actor, bankId, offerId, { requestId, volunteerId }, handedOver);
      await this.unit.updateRow(OfferRow, { bankId, offerId }, { ...said, ...outcome });
      return this.readOffers.one(bankId, offerId);
    });
  }

  /** A volunteer answers themselves; the desk writes down what they said on the phone. */
  private async answersFor(actor: Actor, bankId: string, offerId: string): Promise<string | null> {
    if (!hasRole(actor, 'coordinator', bankId)) return memberIn(actor, bankId);
    return this.unit.run([bankId], async () => (await this.readOffers.one(bankId, offerId)).volunteerId);
  }

  /** The visit whose helper puts it to them, locked before its request. */
  private async handedOver(bankId: string, offerId: string): Promise<GivenVisit | null> {
    const offer = await this.unit.one<{ handsOver: string | null }>('select hands_over from offer where bank_id = $1 and offer_id = $2', [
      bankId,
      offerId,
    ]);
    return offer?.handsOver ? this.handVisitOver.visit(bankId, offer.handsOver) : null;
  }

  private async take(actor: Actor, bankId: string, offerId: string, input: TakeInput, given: GivenVisit | null) {
    const visitId = deriveId(offerId, 'visit');
    if (given) {
      await this.handVisitOver.run(actor, given, { visitId, ...input });
      return { state: 'accepted' as const, visitId };
    }
    try {
      await this.planVisit.run(actor, bankId, visitId, input);
      return { state: 'accepted' as const, visitId };
    } catch (thrown) {
      if (isFull(thrown)) return { state: 'standby' as const };
      throw thrown;
    }
  }
}
