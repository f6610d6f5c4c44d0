import { Controller } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import type { Card, CardPlace, Cards, InputOf } from '@timebank/contract';
import { IssueCard, ListCards, ReadCardPlace, RevokeCard } from '@timebank/visits';
import { Caller, Endpoint, Input } from '../../http/endpoint';

/** Service cards, and the page behind one. */
@Controller()
export class CardsController {
  constructor(
    private readonly listCards: ListCards,
    private readonly issueCard: IssueCard,
    private readonly revokeCard: RevokeCard,
    private readonly readCardPlace: ReadCardPlace,
  ) {}

  @Endpoint('listCards')
  list(@Input() { params, query }: InputOf<'listCards'>): Promise<Cards> {
    return this.listCards.run(params.bankId, params.memberId, query);
  }

  @Endpoint('issueCard')
  issue(@Caller() caller: Actor, @Input() { params, body }: InputOf<'issueCard'>): Promise<Card> {
    return this.issueCard.run(caller, params.bankId, params.memberId, body?.revokeCardIds);
  }

  @Endpoint('revokeCard')
  revoke(@Caller() caller: Actor, @Input() { params }: InputOf<'revokeCard'>): Promise<{ done: true }> {
    return this.revokeCard.run(caller, params.bankId, params.memberId, params.cardId);
  }

  @Endpoint('cardPlace')
  place(@Caller() caller: Actor | null, @Input() { params }: InputOf<'cardPlace'>): Promise<CardPlace> {
    return this.readCardPlace.run(caller, params.token);
  }
}
