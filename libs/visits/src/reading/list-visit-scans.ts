import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { refuse, type VisitEvent, type VisitScanQuery } from '@timebank/contract';
import { pageOf, readCursor, UnitOfWork } from '@timebank/database';
import { readerOf } from './get-visit';
import { scanEvents, scanJson, type StoredEvent } from './visit-events';

type Parties = { bankId: string; volunteerId: string; clientId: string };
type Row = { receivedAt: Date; eventId: string; scan: StoredEvent };

/**
 * Every scan kept of a visit, in the order they arrived, in keyset pages: a visit's own answer carries only the newest. For staff;
 * `visits/not_found`.
 */
@Injectable()
export class ListVisitScans {
  constructor(private readonly unit: UnitOfWork) {}

  async run(
    actor: Actor,
    bankId: string,
    visitId: string,
    query: VisitScanQuery,
  ): Promise<{ items: VisitEvent[]; nextCursor: string | null }> {
    const after = readCursor(query.cursor, ['instant', 'uuid']);
    return this.unit.run([bankId], async () => {
      const visit = await this.unit.one<Parties>(
        'select bank_id, volunteer_id, client_id from visit where bank_id = $1 and visit_id = $2',
        [bankId, visitId],
      );
      const reader = visit && readerOf(actor, visit);
      if (!reader) throw refuse('visits/not_found');
      const rows = await this.unit.query<Row>(
        `select s.received_at, s.event_id, ${scanJson} as scan
           from visit v join scan_event s on s.bank_id = v.bank_id and s.visit_id = v.visit_id
          where v.bank_id = $1 and v.visit_id = $2 and ($3::timestamptz is null or (s.received_at, s.event_id) > ($3::timestamptz, $4::uuid))
          order by s.received_at, s.event_id limit $5`,
        [bankId, visitId, after?.[0] ?? null, after?.[1] ?? null, query.limit + 1],
      );
      const { items, nextCursor } = pageOf(rows, query.limit, (row) => [row.receivedAt.toISOString(), row.eventId]);
      return {
        items: scanEvents(
          items.map(({ scan }) => scan),
          reader,
        ),
        nextCursor,
      };
    });
  }
}
