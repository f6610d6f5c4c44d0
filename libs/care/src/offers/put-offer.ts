import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { gateReasons, type Offer, type OfferInput, refuse, type Stored } from '@timebank/contract';
import { UnitOfWork, violates } from '@timebank/database';
import { RequestLock, type RequestRow } from '@timebank/requests';
import { ReadCandidate } from '@timebank/visits';
import { BankToday } from '../bank-today';
import { OfferRow } from './offer.entity';
import { ReadOffers } from './read-offers';
import { awakeAfter } from './rounds.rules';

/**
 * A coordinator asks one volunteer whom nothing bars. Idempotent under the caller's id; other content is `offers/id_reused`. Refuses what the gate finds,
 * and `offers/already_asked` while an earlier question to the same person is open.
 */
@Injectable()
export class PutOffer {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly bankToday: BankToday,
    private readonly requests: RequestLock,
    private readonly candidates: ReadCandidate,
    private readonly readOffers: ReadOffers,
  ) {}

  async run(actor: Actor, bankId: string, offerId: string, { requestId, volunteerId }: OfferInput): Promise<Stored<Offer>> {
    const earlier = await this.earlier(bankId, offerId);
    if (earlier) {
      if (earlier.requestId !== requestId || earlier.volunteerId !== volunteerId) throw refuse('offers/id_reused');
      return { first: false, value: await this.readOffers.one(bankId, offerId) };
    }
    const { gate, reasons } = await this.candidates.run(actor, bankId, requestId, volunteerId);
    const bar = reasons.find(({ strength }) => strength !== 'warning');
    if (bar) throw refuse(gateReasons[bar.reason].code, { ...bar.parameters, gate }, 'body.volunteerId');
    try {
      return await this.unit.run([bankId], async () => {
        const request = await this.requests.one(bankId, requestId);
        const { policy, zone } = await this.bankToday.run(bankId);
        const until = awakeAfter(this.unit.now, policy.offerNextMinutes, policy, zone);
        const last = request.startsAt > this.unit.now ? request.startsAt : request.endsAt;
        const answerBy = until < last ? until : last;
        await this.unit.insertRow(OfferRow, {
          bankId,
          offerId,
          requestId,
          volunteerId,
          answerBy,
          serviceKind: request.serviceKind,
          state: 'open',
          offeredBy: actor.personId,
          offeredAt: this.unit.now,
        });
        this.unit.tell(bankId, 'offers/made', { ...aboutOffer(request, volunteerId), actorId: actor.personId });
        return { first: true, value: await this.readOffers.one(bankId, offerId) };
      });
    } catch (thrown) {
      if (violates(thrown, 'offer_live')) throw refuse('offers/already_asked');
      if (violates(thrown, 'offer_pkey')) throw refuse('offers/id_reused');
      throw thrown;
    }
  }

  private earlier(bankId: string, offerId: string): Promise<OfferInput | null> {
    return this.unit.run([bankId], () =>
      this.unit.one<OfferInput>('select request_id, volunteer_id from offer where bank_id = $1 and offer_id = $2', [bankId, offerId]),
    );
  }
}

/** What an event about an offer tells: no names. */
export const aboutOffer = ({ requestId, clientId, serviceKind, startsAt }: RequestRow, volunteerId: string) => ({
  requestId,
  clientId,
  volunteerId,
  serviceKind,
  startsAt: startsAt.toISOString(),
});
