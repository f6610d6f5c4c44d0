import { Injectable } from '@nestjs/common';
import { type AnswerOf, type GrantRowQuery, refuse } from '@timebank/contract';
import { pageOf, readCursor, UnitOfWork } from '@timebank/database';
import type { GrantRowRow } from './grant-run.entity';

type Line = GrantRowRow & { memberNumber: string; name: string };

/**
 * Everybody that a run is for, in the order in which minutes go out, with what became of each; also of one outcome alone.
 * Refuses `grants/not_found`. The door lets admins and auditors only.
 */
@Injectable()
export class ListGrantRows {
  constructor(private readonly unit: UnitOfWork) {}

  async run(bankId: string, runId: string, { limit, cursor, outcome }: GrantRowQuery): Promise<AnswerOf<'listGrantRows'>> {
    const after = readCursor(cursor, ['integer']);
    return this.unit.run([bankId], async () => {
      if (!(await this.unit.one('select from grant_run where bank_id = $1 and run_id = $2', [bankId, runId])))
        throw refuse('grants/not_found');
      const rows = await this.unit.query<Line>(
        `select grant_row.*, member.member_number, member.name from grant_row join member using (bank_id, member_id)
          where bank_id = $1 and run_id = $2 and place > $3::bigint and ($4::text is null or coalesce(outcome, 'waiting') = $4)
          order by place limit $5`,
        [bankId, runId, after?.[0] ?? 0, outcome ?? null, limit + 1],
      );
      const page = pageOf(rows, limit, (row) => [row.place]);
      return {
        ...page,
        items: page.items.map((row) => ({
          memberId: row.memberId,
          memberNumber: row.memberNumber,
          name: row.name,
          accountId: row.accountId,
          reason: row.reason,
          outcome: row.outcome ?? 'waiting',
          grantedMinutes: row.poolMinutes + row.fundMinutes,
          poolMinutes: row.poolMinutes,
          code: row.code,
        })),
      };
    });
  }
}
