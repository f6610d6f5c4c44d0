import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { SearchHit } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { FindThings, type Sought } from '@timebank/members';
import { requestSelect, type RequestViewRow } from './request-view';

/** Requests by their ids, with the state of the moment. In the caller's unit of work. */
@Injectable()
export class FindRequests implements OnModuleInit {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly things: FindThings,
  ) {}

  onModuleInit(): void {
    this.things.register((sought) => this.run(sought));
  }

  private async run({ banks, ids, limit }: Sought): Promise<SearchHit[]> {
    if (ids === null) return [];
    const found = await this.unit.query<{ bankId: string; requestId: string; day: string }>(
      `select bank_id, request_id, bank_day(bank_id, starts_at) as day from request
        where bank_id = any ($1::uuid[]) and request_id >= $2::uuid and request_id <= $3::uuid order by request_id limit $4`,
      [banks, ids.from, ids.to, limit],
    );
    const hits: SearchHit[] = [];
    for (const { bankId, requestId, day } of found) {
      const request = await this.unit.one<RequestViewRow>(`${requestSelect} and r.request_id = $3`, [bankId, this.unit.now, requestId]);
      if (!request) continue;
      const detail = `${request.state} · ${request.startsAt.toISOString()}`;
      hits.push({ kind: 'request', id: requestId, bankId, title: `${request.clientName} · ${day}`, detail });
    }
    return hits;
  }
}
