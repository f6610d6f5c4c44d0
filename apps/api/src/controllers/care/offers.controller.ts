import { Controller } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { AnswerOffer, HandOver, PutOffer, ReadOffers } from '@timebank/care';
import type { AnswerOf, HandOver as HandedOver, InputOf, Offer, Stored } from '@timebank/contract';
import { Caller, Endpoint, Input } from '../../http/endpoint';

/** Requests put to volunteers. */
@Controller()
export class OffersController {
  constructor(
    private readonly putOffer: PutOffer,
    private readonly answerOffer: AnswerOffer,
    private readonly readOffers: ReadOffers,
    private readonly handOver: HandOver,
  ) {}

  @Endpoint('putOffer')
  put(@Caller() caller: Actor, @Input() { params, body }: InputOf<'putOffer'>): Promise<Stored<Offer>> {
    return this.putOffer.run(caller, params.bankId, params.offerId, body);
  }

  @Endpoint('putHandOver')
  hand(@Caller() caller: Actor, @Input() { params, body }: InputOf<'putHandOver'>): Promise<Stored<HandedOver>> {
    return this.handOver.run(caller, params.bankId, params.visitId, params.offerId, body);
  }

  @Endpoint('answerOffer')
  answer(@Caller() caller: Actor, @Input() { params, body }: InputOf<'answerOffer'>): Promise<Offer> {
    return this.answerOffer.run(caller, params.bankId, params.offerId, body);
  }

  @Endpoint('listOffers')
  list(@Input() { params }: InputOf<'listOffers'>): Promise<AnswerOf<'listOffers'>> {
    return this.readOffers.ofRequest(params.bankId, params.requestId);
  }

  @Endpoint('myOffers')
  mine(@Caller() caller: Actor): Promise<AnswerOf<'myOffers'>> {
    return this.readOffers.mine(caller);
  }
}
