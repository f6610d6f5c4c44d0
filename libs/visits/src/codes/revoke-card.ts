import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { ServiceCardRow } from './card.entity';

/** Revokes a client's card for good; scans that it made stay. Refuses `cards/not_found` and `cards/already_revoked`. */
@Injectable()
export class RevokeCard {
  constructor(private readonly unit: UnitOfWork) {}

  async run(actor: Actor, bankId: string, clientId: string, cardId: string): Promise<{ done: true }> {
    return this.unit.run([bankId], async () => {
      const card = await this.unit.one<{ revokedAt: Date | null }>(
        'select revoked_at from service_card where bank_id = $1 and client_id = $2 and card_id = $3 for no key update',
        [bankId, clientId, cardId],
      );
      if (!card) throw refuse('cards/not_found');
      if (card.revokedAt) throw refuse('cards/already_revoked', { at: card.revokedAt.toISOString() });
      await this.unit.updateRow(ServiceCardRow, { bankId, cardId }, { revokedBy: actor.personId, revokedAt: this.unit.now });
      this.unit.tell(bankId, 'cards/revoked', { cardId, clientId });
      return { done: true };
    });
  }
}
