import { Injectable } from '@nestjs/common';
import type { MemberLine, MemberQuery } from '@timebank/contract';
import { countEach, countUpTo, pageOf, readCursor, type Total, UnitOfWork } from '@timebank/database';
import { isMeant } from '../search/meant.sql';
import { memberLines } from './read-member';

/** By name, or those who came last first, each in the order of an index. */
const orders = {
  name: { column: 'member.name', type: 'text', beyond: '>', way: 'asc' },
  newest: { column: 'member.created_at', type: 'timestamptz', beyond: '<', way: 'desc' },
} as const;

/** Members of a bank by name, then id, or those who came last first; `q` (or `search`) finds part of a name, initials or pinyin, or the beginning of a phone or member number, in any spelling. */
@Injectable()
export class ListMembers {
  constructor(private readonly unit: UnitOfWork) {}

  async run(bankId: string, query: MemberQuery): Promise<{ items: MemberLine[]; nextCursor: string | null; total?: Total }> {
    const { sort = 'name' } = query;
    const after = readCursor(query.cursor, [sort === 'newest' ? 'instant' : 'text', 'uuid']);
    const asked = query.q ?? query.search;
    const meant = asked === undefined ? null : isMeant(bankId, asked, 3);
    const values: unknown[] = [bankId, query.role ?? null, ...(meant?.values ?? [])];
    const select = `${memberLines}
      where member.bank_id = $1
        and ($2::text is null or exists (select from role where role.person_id = member.person_id and role.bank_id = $1 and role.role = $2))
        ${meant ? `and ${meant.condition}` : ''}`;
    const counted = [...values];
    const place = (value: unknown, type: string) => `$${values.push(value)}::${type}`;
    const { column, type, beyond, way } = orders[sort];
    const since = after ? `and (${column}, member.member_id) ${beyond} (${place(after[0], type)}, ${place(after[1], 'uuid')})` : '';
    const sql = `${select} ${since} order by ${column} ${way}, member.member_id ${way} limit ${place(query.limit + 1, 'integer')}`;
    return this.unit.run([bankId], async () => {
      const rows = await this.unit.query<MemberLine & { createdAt: Date }>(sql, values);
      const page = pageOf(rows, query.limit, (row) => [sort === 'newest' ? row.createdAt.toISOString() : row.name, row.memberId]);
      const total = await countUpTo(this.unit, query.count, select, counted);
      return { ...page, ...total, ...(await this.byRole(bankId, asked, query.count)) };
    });
  }

  /** Whoever has two roles is counted for each. */
  private byRole(bankId: string, asked: string | undefined, count: MemberQuery['count']) {
    const meant = asked === undefined ? null : isMeant(bankId, asked, 2);
    const select = `select role.role as value from member join role on role.person_id = member.person_id and role.bank_id = $1
      where member.bank_id = $1 ${meant ? `and ${meant.condition}` : ''}`;
    return countEach(this.unit, count, select, [bankId, ...(meant?.values ?? [])]);
  }
}
