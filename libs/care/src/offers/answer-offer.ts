import { Injectable } from '@nestjs/common';
import { BanksOfMembers, memberIn, type Actor } from '@timebank/access';
import { type Offer, type OfferAnswerInput, refuse } from '@timebank/contract';
import { deriveId, UnitOfWork } from '@timebank/database';
import { RequestLock } from '@timebank/requests';
import { PlanVisit } from '@timebank/visits';
import { OfferRow } from './offer.entity';
import { ReadOffers } from './read-offers';
import { isFull } from './take-or-stand-by';

/**
 * A volunteer answers by one tap. A yes plans the visit as if they had taken it: the same gate, the same hold. Where somebody was quicker they stand by.
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
    private readonly readOffers: ReadOffers,
  ) {}

  async run(actor: Actor, bankId: string, offerId: string, { answer, reasonCode }: OfferAnswerInput): Promise<Offer> {
    const me = memberIn(actor, bankId);
    const banks = [...new Set([bankId, ...(me === null ? [] : await this.banksOfMembers.run([me]))])];
    return this.unit.run(banks, async () => {
      const { requestId, volunteerId } = await this.readOffers.one(bankId, offerId);
      if (volunteerId !== me) throw refuse('offers/not_yours');
      const request = await this.requests.one(bankId, requestId);
      // Of two answers at once the second waited for the request.
      const { state } = await this.readOffers.one(bankId, offerId);
      if (state === 'expired' || state === 'withdrawn') throw refuse('offers/over', { state });
      if (state !== 'open') throw refuse('offers/already_answered', { state });
      const now = this.unit.now;
      if (request.state === 'cancelled' || request.endsAt <= now) throw refuse('offers/over', { state: request.state });
      const said = { answeredAt: now, ...(reasonCode === undefined ? {} : { reasonCode }) };
      const outcome =
        answer === 'no' ? { state: 'declined' as const } : await this.take(actor, bankId, offerId, { requestId, volunteerId });
      await this.unit.updateRow(OfferRow, { bankId, offerId }, { ...said, ...outcome });
      return this.readOffers.one(bankId, offerId);
    });
  }

  private async take(actor: Actor, bankId: string, offerId: string, input: { requestId: string; volunteerId: string }) {
    const visitId = deriveId(offerId, 'visit');
    try {
      await this.planVisit.run(actor, bankId, visitId, input);
      return { state: 'accepted' as const, visitId };
    } catch (thrown) {
      if (isFull(thrown)) return { state: 'standby' as const };
      throw thrown;
    }
  }
}
