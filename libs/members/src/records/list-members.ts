import { Injectable } from '@nestjs/common';
import type { MemberLine, MemberQuery } from '@timebank/contract';
import { countUpTo, pageOf, readCursor, type Total, UnitOfWork } from '@timebank/database';
import { isMeant, meantBy } from '../meant.sql';
import { memberLines } from './read-member';

/** By name, or those who came last first, each in the order of an index. */
const orders = {
  name: `and ($5::text is null or (member.name, member.member_id) > ($5, $6::uuid)) order by member.name, member.member_id`,
  newest: `and ($5::timestamptz is null or (member.created_at, member.member_id) < ($5, $6::uuid)) order by member.created_at desc, member.member_id desc`,
};

/** Members of a bank by name, then id, or those who came last first; `q` (or `search`) finds part of a name or the beginning of a phone or member number, in any spelling. */
@Injectable()
export class ListMembers {
  constructor(private readonly unit: UnitOfWork) {}

  async run(bankId: string, query: MemberQuery): Promise<{ items: MemberLine[]; nextCursor: string | null; total?: Total }> {
    const { sort = 'name' } = query;
    const after = readCursor(query.cursor, [sort === 'newest' ? 'instant' : 'text', 'uuid']);
    const asked = query.q ?? query.search;
    const [name, beginnings] = asked === undefined ? [null, []] : meantBy(asked);
    const values = [bankId, query.role ?? null, name, beginnings];
    const select = `${memberLines}
      where member.bank_id = $1
        and ($2::text is null or exists (select from role where role.person_id = member.person_id and role.bank_id = $1 and role.role = $2))
        and ($3::text is null or ${isMeant('$3', '$4')})`;
    return this.unit.run([bankId], async () => {
      const rows = await this.unit.query<MemberLine & { createdAt: Date }>(`${select} ${orders[sort]} limit $7`, [
        ...values,
        after?.[0] ?? null,
        after?.[1] ?? null,
        query.limit + 1,
      ]);
      const page = pageOf(rows, query.limit, (row) => [sort === 'newest' ? row.createdAt.toISOString() : row.name, row.memberId]);
      return { ...page, ...(await countUpTo(this.unit, query.count, select, values)) };
    });
  }
}
