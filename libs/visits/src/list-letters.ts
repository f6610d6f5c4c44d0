import { Injectable } from '@nestjs/common';
import type { Letter, LetterQuery } from '@timebank/contract';
import { pageOf, readCursor, UnitOfWork } from '@timebank/database';
import { letterOf, letterSelect, type LetterRowRead } from './letter-view';

/** Letters of a bank, those whose deadline is nearest first, in keyset pages; all of them, or those open or closed. */
@Injectable()
export class ListLetters {
  constructor(private readonly unit: UnitOfWork) {}

  async run(bankId: string, query: LetterQuery): Promise<{ items: Letter[]; nextCursor: string | null }> {
    const after = readCursor(query.cursor, ['day', 'uuid']);
    const state = query.state ? `and n.answer_id is ${query.state === 'open' ? '' : 'not '}null` : '';
    const since = after ? 'and (l.deadline, l.event_id) > ($3::date, $4::uuid)' : '';
    const rows = await this.unit.run([bankId], () =>
      this.unit.query<LetterRowRead>(`${letterSelect} ${state} ${since} order by l.deadline, l.event_id limit $2::integer`, [
        bankId,
        query.limit + 1,
        ...(after ?? []),
      ]),
    );
    const page = pageOf(rows, query.limit, (row) => [row.deadline, row.eventId]);
    return { items: page.items.map(letterOf), nextCursor: page.nextCursor };
  }
}
