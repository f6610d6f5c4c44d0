import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { ReadBank } from '@timebank/banks';
import { type Card, refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { drawPdf, drawSvg } from './draw-card';
import { MakeCard, type MadeCard } from './make-card';
import { LockClient } from '../lock-client';
import { VISITS_OPTIONS, type VisitsOptions } from '../visits.options';

type IssuedCard = MadeCard & Pick<Card, 'validCards'> & { bankName: string; bankPhone: string };

/**
 * Issues a service card for a client. Its secrets are kept only as keyed hashes, so no card can be printed later or from a stolen database; a lost card is
 * revoked and replaced. Earlier cards stay valid until they are revoked, here in the same act or later. Refuses `members/not_found`,
 * `cards/not_a_client` and, for a card to revoke that is not this client's, `cards/not_found`; one already revoked is no error.
 */
@Injectable()
export class IssueCard {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly banks: ReadBank,
    private readonly lockClient: LockClient,
    private readonly makeCard: MakeCard,
    @Inject(VISITS_OPTIONS) private readonly options: VisitsOptions,
  ) {}

  async run(actor: Actor, bankId: string, clientId: string, revokeCardIds: readonly string[] = []): Promise<Card> {
    const { cardId, version, token, code, validCards, ...bank } = await this.unit.run([bankId], () =>
      this.issue(actor, bankId, clientId, [...new Set(revokeCardIds)]),
    );
    const url = `${this.options.origin}/s/${token}`;
    const svg = await drawSvg(url);
    const pdf = await drawPdf({ url, code, ...bank });
    return { cardId, version, url, code, svg, pdf: pdf.toString('base64'), validCards };
  }

  private async issue(actor: Actor, bankId: string, clientId: string, revokeCardIds: string[]): Promise<IssuedCard> {
    const bank = await this.banks.run(bankId);
    await this.lockClient.run(bankId, clientId);
    await this.replace(actor, bankId, clientId, revokeCardIds);
    const made = await this.makeCard.run(actor, bankId, clientId);
    const valid = await this.unit.query<{ cardId: string; version: number; issuedAt: Date }>(
      'select card_id, version, issued_at from service_card where bank_id = $1 and client_id = $2 and revoked_at is null order by version desc',
      [bankId, clientId],
    );
    const validCards = valid.map((one) => ({ ...one, issuedAt: one.issuedAt.toISOString() }));
    return { ...made, validCards, bankName: bank.name, bankPhone: bank.phone };
  }

  /** The client's row is locked, so that no other card of theirs is issued or revoked in between. */
  private async replace(actor: Actor, bankId: string, clientId: string, cardIds: string[]): Promise<void> {
    if (cardIds.length === 0) return;
    const cards = await this.unit.query<{ cardId: string; revokedAt: Date | null }>(
      'select card_id, revoked_at from service_card where bank_id = $1 and client_id = $2 and card_id = any ($3::uuid[]) order by card_id for no key update',
      [bankId, clientId, cardIds],
    );
    if (cards.length < cardIds.length) throw refuse('cards/not_found', {}, 'body.revokeCardIds');
    const valid = cards.filter(({ revokedAt }) => revokedAt === null).map(({ cardId }) => ({ cardId, clientId }));
    await this.makeCard.revoke(actor, bankId, valid);
  }
}
