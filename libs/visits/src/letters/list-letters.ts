import { Injectable } from '@nestjs/common';
import type { Letter, LetterQuery } from '@timebank/contract';
import { countUpTo, pageOf, readCursor, type Total, UnitOfWork } from '@timebank/database';
import { FindNamed } from '@timebank/members';
import { letterOf, letterSelect, type LetterRowRead } from './letter-view';

/** Letters of a bank, those whose deadline is nearest first, in keyset pages; all of them, or those open or closed. */
@Injectable()
export class ListLetters {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly findNamed: FindNamed,
  ) {}

  async run(bankId: string, query: LetterQuery): Promise<{ items: Letter[]; nextCursor: string | null; total?: Total }> {
    const after = readCursor(query.cursor, ['day', 'uuid']);
    const named = query.q === undefined ? null : (await this.findNamed.run(bankId, query.q)).memberIds;
    const values: unknown[] = [bankId];
    const place = (value: unknown, type: string) => `$${values.push(value)}::${type}`;
    const state = query.state ? `and n.answer_id is ${query.state === 'open' ? '' : 'not '}null` : '';
    const people = named === null ? '' : place(named, 'uuid[]');
    const found = people && `and (l.volunteer_id = any (${people}) or v.client_id = any (${people}))`;
    const select = `${letterSelect} ${state} ${found}`;
    return this.unit.run([bankId], async () => {
      const total = await countUpTo(this.unit, query.count, select, values);
      const since = after ? `and (l.deadline, l.event_id) > (${place(after[0], 'date')}, ${place(after[1], 'uuid')})` : '';
      const rows = await this.unit.query<LetterRowRead>(
        `${select} ${since} order by l.deadline, l.event_id limit ${place(query.limit + 1, 'integer')}`,
        values,
      );
      const page = pageOf(rows, query.limit, (row) => [row.deadline, row.eventId]);
      return { items: page.items.map(letterOf), nextCursor: page.nextCursor, ...total };
    });
  }
}
