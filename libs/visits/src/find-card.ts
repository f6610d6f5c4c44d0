import { Inject, Injectable } from '@nestjs/common';
import { Sealer } from '@timebank/access';
import { UnitOfWork } from '@timebank/database';
import { readCardText } from './card-text.rules';
import type { ScanEventRow } from './evidence.entity';
import { typedCodeCounts, type CardFault } from './scan.rules';
import type { LockedVisit } from './visit-lock';
import { VISITS_OPTIONS, type VisitsOptions } from './visits.options';

export type FoundCard = { via: ScanEventRow['via']; cardId: string | null; fault: CardFault | null };

/** Which card a scanned or typed text is, and whether it is the visit's. In the caller's unit; changes nothing. */
@Injectable()
export class FindCard {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly sealer: Sealer,
    @Inject(VISITS_OPTIONS) private readonly options: VisitsOptions,
  ) {}

  /** By its sealed text. Row security hides other banks' cards, which are then as unknown as any. */
  async run(visit: LockedVisit, text: string): Promise<FoundCard> {
    const read = readCardText(text, this.options.origin);
    if (read.via === null || read.via === 'rotating') return { via: read.via, cardId: null, fault: 'visits/unknown_card' };
    if (read.via === 'typed' && !typedCodeCounts(visit, this.unit.now))
      return { via: 'typed', cardId: null, fault: 'visits/code_not_valid_now' };
    const [kind, secret] = read.via === 'card' ? ['card_token', read.token] : ['card_code', read.code];
    const card = await this.unit.one<{ cardId: string; clientId: string; revokedAt: Date | null }>(
      `select c.card_id, c.client_id, c.revoked_at from locator l
       join service_card c on c.bank_id = l.bank_id and c.card_id = l.id where l.kind = $1 and l.hash = $2 and c.bank_id = $3`,
      [kind, this.sealer.seal(kind, secret), visit.bankId],
    );
    if (!card) return { via: read.via, cardId: null, fault: 'visits/unknown_card' };
    if (card.clientId !== visit.clientId) return { via: read.via, cardId: card.cardId, fault: 'visits/wrong_card' };
    return { via: read.via, cardId: card.cardId, fault: card.revokedAt ? 'visits/card_revoked' : null };
  }
}
