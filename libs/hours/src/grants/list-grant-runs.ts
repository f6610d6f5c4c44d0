import { Injectable } from '@nestjs/common';
import type { AnswerOf, GrantRunQuery } from '@timebank/contract';
import { pageOf, readCursor, UnitOfWork } from '@timebank/database';
import { grantRunAnswer } from './grant-run.answer.rules';
import type { GrantRunRow } from './grant-run.entity';

/** The runs of a bank, newest month first. The door lets admins and auditors only. */
@Injectable()
export class ListGrantRuns {
  constructor(private readonly unit: UnitOfWork) {}

  async run(bankId: string, { limit, cursor }: GrantRunQuery): Promise<AnswerOf<'listGrantRuns'>> {
    const before = readCursor(cursor, ['text']);
    return this.unit.run([bankId], async () => {
      const rows = await this.unit.query<GrantRunRow>(
        'select * from grant_run where bank_id = $1 and ($2::text is null or month < $2) order by month desc limit $3',
        [bankId, before?.[0] ?? null, limit + 1],
      );
      const page = pageOf(rows, limit, (row) => [row.month]);
      return { ...page, items: page.items.map(grantRunAnswer) };
    });
  }
}
