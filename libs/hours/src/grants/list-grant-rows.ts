import { Injectable } from '@nestjs/common';
import { type AnswerOf, type GrantRowQuery, refuse } from '@timebank/contract';
import { countUpTo, pageOf, readCursor, UnitOfWork } from '@timebank/database';
import { FindNamed } from '@timebank/members';
import type { GrantRowRow } from './grant-run.entity';

type Line = GrantRowRow & { memberNumber: string; name: string };

/**
 * Everybody a run is for, in the order in which minutes go out, with the outcome of each; optionally of one outcome. Refuses `grants/not_found`. The
 * door lets admins and auditors only.
 */
@Injectable()
export class ListGrantRows {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly findNamed: FindNamed,
  ) {}

  async run(bankId: string, runId: string, { limit, cursor, outcome, q, count }: GrantRowQuery): Promise<AnswerOf<'listGrantRows'>> {
    const after = readCursor(cursor, ['integer']);
    return this.unit.run([bankId], async () => {
      if (!(await this.unit.one('select from grant_run where bank_id = $1 and run_id = $2', [bankId, runId])))
        throw refuse('grants/not_found');
      const named = q === undefined ? null : (await this.findNamed.run(bankId, q)).memberIds;
      const select = `select grant_row.*, member.member_number, member.name from grant_row join member using (bank_id, member_id)
          where bank_id = $1 and run_id = $2 and ($3::text is null or coalesce(outcome, 'waiting') = $3) and ($4::uuid[] is null or member_id = any ($4))`;
      const asked = [bankId, runId, outcome ?? null, named];
      const rows = await this.unit.query<Line>(`${select} and place > $5::bigint order by place limit $6`, [
        ...asked,
        after?.[0] ?? 0,
        limit + 1,
      ]);
      const total = await countUpTo(this.unit, count, select, asked);
      const page = pageOf(rows, limit, (row) => [row.place]);
      return {
        ...page,
        ...total,
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
