import { Injectable } from '@nestjs/common';
import type { MemberLine, MemberQuery, RoleName } from '@timebank/contract';
import { byName, countWithin, pageOf, readCursor, rowsFor, type Selection, type Total, UnitOfWork } from '@timebank/database';
import { MemberFilters } from '../member-filters';
import { isMeant } from '../search/meant.sql';
import { memberLines } from './read-member';

/** By name, or those who came last first, each in the order of an index. */
const orders = {
  name: { column: byName('member.name'), type: 'text', beyond: '>', way: 'asc' },
  newest: { column: 'member.created_at', type: 'timestamptz', beyond: '<', way: 'desc' },
} as const;

/** Members with a role `$2` in bank `$1`, by an index; guests have one too, and are no members. */
const havingRole = 'from role where role.bank_id = $1 and role.role = $2::text and role.home_bank_id is null';
/**
 * Few are looked up and put in order. Of some, their ids are gathered and one goes through the members in order until a page is full; `is true` keeps
 * Postgres from reading all of them instead. Of many, each member is asked on the way, and the page is soon full; `offset 0` does there what `is true` does.
 */
const few = 1_000;
const some = 4_000;
const having = {
  few: `member.member_id = any (array(select role.member_id ${havingRole}))`,
  some: `(member.member_id in (select role.member_id ${havingRole})) is true`,
  many: `exists (select ${havingRole} and role.member_id = member.member_id offset 0)`,
};

/** Members of a bank by name, then id, or those who came last first; `q` (or `search`) finds part of a name, initials or pinyin, or the beginning of a phone or member number, in any spelling. */
@Injectable()
export class ListMembers {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly filters: MemberFilters,
  ) {}

  async run(bankId: string, query: MemberQuery): Promise<{ items: MemberLine[]; nextCursor: string | null; total?: Total }> {
    const { sort = 'name', limit } = query;
    const after = readCursor(query.cursor, [sort === 'newest' ? 'instant' : 'text', 'uuid']);
    return this.unit.run([bankId], async () => {
      const { condition, values } = await this.asked(bankId, query);
      const place = (value: unknown, type: string) => `$${values.push(value)}::${type}`;
      const { column, type, beyond, way } = orders[sort];
      const since = after ? `and (${column}, member.member_id) ${beyond} (${place(after[0], type)}, ${place(after[1], 'uuid')})` : '';
      const inOrder = `order by ${column} ${way}, member.member_id ${way} limit ${rowsFor(limit)}`;
      // Whom a role or a filter leaves is found in the index of the order alone; the rest is looked up for a page of them.
      const wanted =
        (query.role ?? query.only)
          ? `member.bank_id = $1 and member.member_id = any (array(select member.member_id from member where ${condition} ${since} ${inOrder}))`
          : `${condition} ${since}`;
      const rows = await this.unit.query<MemberLine & { createdAt: Date }>(`${memberLines} where ${wanted} ${inOrder}`, values);
      const page = pageOf(rows, limit, (row) => [sort === 'newest' ? row.createdAt.toISOString() : row.name, row.memberId]);
      return { ...page, ...(await this.counted(bankId, query)) };
    });
  }

  /** Who is listed, as a condition on `member` and what stands in it. */
  private async asked(
    bankId: string,
    { role, only, q, search }: Omit<MemberQuery, 'limit'>,
  ): Promise<{ condition: string; values: unknown[] }> {
    const text = q ?? search;
    const values: unknown[] = role === undefined ? [bankId] : [bankId, role];
    const howMany = only !== undefined || role === undefined ? 'few' : await this.howManyHave(bankId, role);
    const conditions = ['member.bank_id = $1'];
    if (role !== undefined) conditions.push(having[howMany]);
    if (only !== undefined) conditions.push(`member.member_id = any (array(${this.filters.ids(only, `$${values.push(this.unit.now)}`)}))`);
    if (text !== undefined) {
      const meant = isMeant(bankId, text, values.length + 1);
      conditions.push(meant.condition);
      values.push(...meant.values);
    }
    return { condition: conditions.join(' and '), values };
  }

  private async howManyHave(bankId: string, role: RoleName): Promise<keyof typeof having> {
    const row = await this.unit.one<{ count: number }>(
      `select count(*)::integer as count from (select ${havingRole} limit ${some + 1}) as having_role`,
      [bankId, role],
    );
    const count = row?.count ?? 0;
    return count <= few ? 'few' : count <= some ? 'some' : 'many';
  }

  /** All of them, and by role: whoever has two is counted for each. Without a text both stand in the index of roles. */
  private async counted(bankId: string, query: MemberQuery) {
    const { role, count } = query;
    if ((query.q ?? query.search ?? query.only) !== undefined) {
      const all = await this.asked(bankId, { ...query, role: undefined });
      const byRole = `select role.role as value from member join role on role.person_id = member.person_id and role.bank_id = $1
        where ${all.condition}`;
      const { condition, values } = role === undefined ? all : await this.asked(bankId, query);
      return countWithin(
        this.unit,
        count,
        { select: `select from member where ${condition}`, values },
        { select: byRole, values: all.values },
      );
    }
    const list: Selection =
      role === undefined
        ? { select: 'select from member where bank_id = $1', values: [bankId] }
        : { select: `select ${havingRole}`, values: [bankId, role] };
    const all = 'select role.role as value from role where role.bank_id = $1 and role.home_bank_id is null';
    return countWithin(this.unit, count, list, { select: all, values: [bankId] });
  }
}
