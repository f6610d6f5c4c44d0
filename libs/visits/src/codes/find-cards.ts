import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Locator, Sealer } from '@timebank/access';
import type { SearchHit } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { normalizeCode } from '@timebank/kernel';
import { FindThings, type IdRange, type Sought } from '@timebank/members';
import { codeLength } from './card-text.rules';

type CardFind = { bankId: string; cardId: string; version: number; revokedAt: Date | null; clientId: string; name: string };

/** Cards by their ids, and by the whole code that is printed on them: only its keyed hash is kept, so no part of it finds one. In the caller's unit of work. */
@Injectable()
export class FindCards implements OnModuleInit {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly locator: Locator,
    private readonly sealer: Sealer,
    private readonly things: FindThings,
  ) {}

  onModuleInit(): void {
    this.things.register((sought) => this.run(sought));
  }

  private async run({ banks, text, ids, limit }: Sought): Promise<SearchHit[]> {
    const typed = await this.typed(banks, text);
    const stretches = [typed, ids].filter((stretch) => stretch !== null);
    const hits = new Map<string, SearchHit>();
    for (const { from, to } of stretches) {
      const found = await this.unit.query<CardFind>(
        `select k.bank_id, k.card_id, k.version, k.revoked_at, k.client_id, c.name
           from service_card k join member c on c.bank_id = k.bank_id and c.member_id = k.client_id
          where k.bank_id = any ($1::uuid[]) and k.card_id >= $2::uuid and k.card_id <= $3::uuid order by k.card_id limit $4`,
        [banks, from, to, limit],
      );
      for (const { bankId, cardId, version, revokedAt, clientId, name } of found) {
        const detail = [version, revokedAt?.toISOString()].filter(Boolean).join(' · ');
        hits.set(cardId, { kind: 'card', id: cardId, bankId, title: name, detail, memberId: clientId });
      }
    }
    return [...hits.values()];
  }

  /** The one card that a typed code is of, if it is of one of these banks. */
  private async typed(banks: readonly string[], text: string): Promise<IdRange | null> {
    const code = normalizeCode(text);
    if (code?.length !== codeLength) return null;
    const place = await this.locator.find('card_code', this.sealer.seal('card_code', code));
    return place && banks.includes(place.bankId) ? { from: place.id, to: place.id } : null;
  }
}
