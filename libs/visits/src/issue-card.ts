import { Inject, Injectable } from '@nestjs/common';
import { Locator, Sealer, type Actor } from '@timebank/access';
import { ReadBank } from '@timebank/banks';
import type { Card } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { newId, randomCode } from '@timebank/kernel';
import { codeLength, tokenLength } from './card-text.rules';
import { drawPdf, drawSvg } from './draw-card';
import { LockClient } from './lock-client';
import { VISITS_OPTIONS, type VisitsOptions } from './visits.options';

type Issued = { cardId: string; version: number; token: string; code: string; bankName: string; bankPhone: string };

/**
 * Issues a service card for a client: 80 random bits in the address, 40 in the code to type. Both are kept as keyed hashes
 * only, so that cards can be printed neither later nor from a stolen database; a lost card is revoked and issued anew.
 * Cards issued before stay valid until they are revoked. Refuses `members/not_found` and `cards/not_a_client`.
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

  async run(actor: Actor, bankId: string, clientId: string): Promise<Card> {
    const { cardId, version, token, code, ...bank } = await this.unit.run([bankId], () => this.issue(actor, bankId, clientId));
    const url = `${this.options.origin}/s/${token}`;
    const svg = await drawSvg(url);
    const pdf = await drawPdf({ url, code, ...bank });
    return { cardId, version, url, code, svg, pdf: pdf.toString('base64') };
  }

  private async issue(actor: Actor, bankId: string, clientId: string): Promise<Issued> {
    const bank = await this.banks.run(bankId);
    await this.lockClient.run(bankId, clientId);
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
    return { cardId, version: card?.version ?? 1, token, code, bankName: bank.name, bankPhone: bank.phone };
  }

  /** Draws until the hash is free: short codes of a big city do meet now and then. */
  private async secret(kind: 'card_token' | 'card_code', length: number, bankId: string, cardId: string): Promise<string> {
    for (;;) {
      const secret = randomCode(length);
      if (await this.locator.put(kind, this.sealer.seal(kind, secret), { bankId, id: cardId })) return secret;
    }
  }
}
