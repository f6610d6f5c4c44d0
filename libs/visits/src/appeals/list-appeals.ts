import { Injectable } from '@nestjs/common';
import type { Appeal, AppealQuery } from '@timebank/contract';
import { countUpTo, pageOf, readCursor, type Total, UnitOfWork } from '@timebank/database';
import { FindNamed } from '@timebank/members';
import { appealOf, appealSelect, type AppealRowRead } from './appeal-view';

/** Appeals of a bank, the oldest first, in keyset pages; all of them, or those open or answered. */
@Injectable()
export class ListAppeals {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly findNamed: FindNamed,
  ) {}

  async run(bankId: string, query: AppealQuery): Promise<{ items: Appeal[]; nextCursor: string | null; total?: Total }> {
    const after = readCursor(query.cursor, ['instant', 'uuid']);
    const named = query.q === undefined ? null : (await this.findNamed.run(bankId, query.q)).memberIds;
    const values: unknown[] = [bankId];
    const place = (value: unknown, type: string) => `$${values.push(value)}::${type}`;
    const state = query.state ? `and n.answer_id is ${query.state === 'open' ? '' : 'not '}null` : '';
    const people = named === null ? '' : place(named, 'uuid[]');
    const found = people && `and (v.volunteer_id = any (${people}) or v.client_id = any (${people}))`;
    const select = `${appealSelect} ${state} ${found}`;
    const [order, beyond] = query.sort === 'newest' ? ['desc', '<'] : ['asc', '>'];
    return this.unit.run([bankId], async () => {
      const total = await countUpTo(this.unit, query.count, select, values);
      const since = after
        ? `and (a.appealed_at, a.appeal_id) ${beyond} (${place(after[0], 'timestamptz')}, ${place(after[1], 'uuid')})`
        : '';
      const rows = await this.unit.query<AppealRowRead>(
        `${select} ${since} order by a.appealed_at ${order}, a.appeal_id ${order} limit ${place(query.limit + 1, 'integer')}`,
        values,
      );
      const page = pageOf(rows, query.limit, (row) => [row.appealedAt.toISOString(), row.appealId as string]);
      return { items: page.items.map(appealOf), nextCursor: page.nextCursor, ...total };
    });
  }
}
