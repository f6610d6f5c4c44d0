import { Injectable } from '@nestjs/common';
import type { Appeal, AppealQuery } from '@timebank/contract';
import { pageOf, readCursor, UnitOfWork } from '@timebank/database';
import { appealOf, appealSelect, type AppealRowRead } from './appeal-view';

/** Appeals of a bank, the oldest first, in keyset pages; all of them, or those open or answered. */
@Injectable()
export class ListAppeals {
  constructor(private readonly unit: UnitOfWork) {}

  async run(bankId: string, query: AppealQuery): Promise<{ items: Appeal[]; nextCursor: string | null }> {
    const after = readCursor(query.cursor, ['instant', 'uuid']);
    const state = query.state ? `and n.answer_id is ${query.state === 'open' ? '' : 'not '}null` : '';
    const since = after ? 'and (a.appealed_at, a.appeal_id) > ($3::timestamptz, $4::uuid)' : '';
    const rows = await this.unit.run([bankId], () =>
      this.unit.query<AppealRowRead>(`${appealSelect} ${state} ${since} order by a.appealed_at, a.appeal_id limit $2::integer`, [
        bankId,
        query.limit + 1,
        ...(after ?? []),
      ]),
    );
    const page = pageOf(rows, query.limit, (row) => [row.appealedAt.toISOString(), row.appealId as string]);
    return { items: page.items.map(appealOf), nextCursor: page.nextCursor };
  }
}
