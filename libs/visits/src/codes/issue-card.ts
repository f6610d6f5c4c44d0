import { Inject, Injectable } from '@nestjs/common';
import { Locator, Sealer, type Actor } from '@timebank/access';
import { ReadBank } from '@timebank/banks';
import { type Card, refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { newId, randomCode } from '@timebank/kernel';
import { codeLength, tokenLength } from './card-text.rules';
import { drawPdf, drawSvg } from './draw-card';
import { LockClient } from '../lock-client';
import { VISITS_OPTIONS, type VisitsOptions } from '../visits.options';

type IssuedCard = Pick<Card, 'cardId' | 'version' | 'code' | 'validCards'> & { token: string; bankName: string; bankPhone: string };

/**
 * Issues a service card for a client: 80 random bits in the address, 40 in the code to type. Both are kept only as keyed hashes, so no card can be
 * printed later or from a stolen database; a lost card is revoked and replaced. Earlier cards stay valid until they are revoked, here in the same act
 * or later. Refuses `members/not_found`, `cards/not_a_client` and, for a card to revoke that is not this client's, `cards/not_found`; one already
 * revoked is no error.
 */
@Injectable()
export class IssueCard {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly banks: ReadBank,
    private readonly lockClient: LockClient,
    private readonly locator: Locator,
    private readonly sealer: Sealer,
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
    const cardId = newId();
    const card = await this.unit.one<{ version: number }>(
      `insert into service_card (bank_id, card_id, client_id, version, issued_by, issued_at)
       select $1::uuid, $2::uuid, $3::uuid, coalesce(max(version), 0) + 1, $4::uuid, $5::timestamptz
       from service_card where bank_id = $1::uuid and client_id = $3::uuid returning version`,
      [bankId, cardId, clientId, actor.personId, this.unit.now],
    );
    const token = await this.secret('card_token', tokenLength, bankId, cardId);
    const code = await this.secret('card_code', codeLength, bankId, cardId);
    this.unit.tell(bankId, 'cards/issued', { cardId, clientId });
    const valid = await this.unit.query<{ cardId: string; version: number; issuedAt: Date }>(
      'select card_id, version, issued_at from service_card where bank_id = $1 and client_id = $2 and revoked_at is null order by version desc',
      [bankId, clientId],
    );
    const validCards = valid.map((one) => ({ ...one, issuedAt: one.issuedAt.toISOString() }));
    return { cardId, version: card?.version ?? 1, token, code, validCards, bankName: bank.name, bankPhone: bank.phone };
  }

  /** The client's row is locked, so that no other card of theirs is issued or revoked in between. */
  private async replace(actor: Actor, bankId: string, clientId: string, cardIds: string[]): Promise<void> {
    if (cardIds.length === 0) return;
    const cards = await this.unit.query<{ cardId: string; revokedAt: Date | null }>(
      'select card_id, revoked_at from service_card where bank_id = $1 and client_id = $2 and card_id = any ($3::uuid[]) order by card_id for no key update',
      [bankId, clientId, cardIds],
    );
    if (cards.length < cardIds.length) throw refuse('cards/not_found', {}, 'body.revokeCardIds');
    const valid = cards.filter(({ revokedAt }) => revokedAt === null).map(({ cardId }) => cardId);
    await this.unit.query('update service_card set revoked_by = $3, revoked_at = $4 where bank_id = $1 and card_id = any ($2::uuid[])', [
      bankId,
      valid,
      actor.personId,
      this.unit.now,
    ]);
    for (const cardId of valid) this.unit.tell(bankId, 'cards/revoked', { cardId, clientId });
  }

  /** Draws until the hash is free: short codes of a big city do meet now and then. */
  private async secret(kind: 'card_token' | 'card_code', length: number, bankId: string, cardId: string): Promise<string> {
    for (;;) {
      const secret = randomCode(length);
      if (await this.locator.put(kind, this.sealer.seal(kind, secret), { bankId, id: cardId })) return secret;
    }
  }
}
