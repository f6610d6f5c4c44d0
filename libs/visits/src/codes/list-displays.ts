import { Injectable } from '@nestjs/common';
import type { DisplayQuery, Displays } from '@timebank/contract';
import { pageOf, readCursor, UnitOfWork } from '@timebank/database';

type Row = { displayId: string; clientId: string | null; clientName: string | null; name: string; openedAt: Date; closedAt: Date | null };

/** A bank's displays, newest first. Their screens' addresses were answered once and are not kept. */
@Injectable()
export class ListDisplays {
  constructor(private readonly unit: UnitOfWork) {}

  async run(bankId: string, { limit, cursor }: DisplayQuery): Promise<Displays> {
    const after = readCursor(cursor, ['instant', 'uuid']);
    const rows = await this.unit.run([bankId], () =>
      this.unit.query<Row>(
        `select d.display_id, d.client_id, c.name as client_name, d.name, d.opened_at, d.closed_at
         from display d left join member c on c.bank_id = d.bank_id and c.member_id = d.client_id
         where d.bank_id = $1 and ($2::timestamptz is null or (d.opened_at, d.display_id) < ($2::timestamptz, $3::uuid))
         order by d.opened_at desc, d.display_id desc limit $4`,
        [bankId, after?.[0] ?? null, after?.[1] ?? null, limit + 1],
      ),
    );
    const page = pageOf(rows, limit, (row) => [row.openedAt.toISOString(), row.displayId]);
    const items = page.items.map((row) => ({
      ...row,
      openedAt: row.openedAt.toISOString(),
      closedAt: row.closedAt?.toISOString() ?? null,
    }));
    return { items, nextCursor: page.nextCursor };
  }
}
