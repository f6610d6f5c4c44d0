import { Injectable } from '@nestjs/common';
import { Locator, Sealer, type Actor } from '@timebank/access';
import { UnitOfWork } from '@timebank/database';
import { newId, randomCode } from '@timebank/kernel';
import { codeLength, tokenLength } from './card-text.rules';

/** A card just made, with what opens visits by it: this is the only time that both are known. */
export type MadeCard = { cardId: string; version: number; token: string; code: string };

/** Makes and revokes cards of clients whose rows are locked. In the caller's unit of work. */
@Injectable()
export class MakeCard {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly locator: Locator,
    private readonly sealer: Sealer,
  ) {}

  /** 80 random bits in the address, 40 in the code to type; both are kept only as keyed hashes. */
  async run(actor: Actor, bankId: string, clientId: string): Promise<MadeCard> {
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
    return { cardId, version: card?.version ?? 1, token, code };
  }

  async revoke(actor: Actor, bankId: string, cards: readonly { cardId: string; clientId: string }[]): Promise<void> {
    if (cards.length === 0) return;
    await this.unit.query('update service_card set revoked_by = $3, revoked_at = $4 where bank_id = $1 and card_id = any ($2::uuid[])', [
      bankId,
      cards.map(({ cardId }) => cardId),
      actor.personId,
      this.unit.now,
    ]);
    for (const { cardId, clientId } of cards) this.unit.tell(bankId, 'cards/revoked', { cardId, clientId });
  }

  /** Draws until the hash is free: short codes of a big city do meet now and then. */
  private async secret(kind: 'card_token' | 'card_code', length: number, bankId: string, cardId: string): Promise<string> {
    for (;;) {
      const secret = randomCode(length);
      if (await this.locator.put(kind, this.sealer.seal(kind, secret), { bankId, id: cardId })) return secret;
    }
  }
}
