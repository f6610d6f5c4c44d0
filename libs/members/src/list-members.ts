import { Injectable } from '@nestjs/common';
import type { MemberLine, MemberQuery } from '@timebank/contract';
import { pageOf, readCursor, UnitOfWork } from '@timebank/database';
import { foldName, phoneBeginnings } from '@timebank/kernel';
import { likeText } from './member.rules';
import { memberLines } from './read-member';

/** Members of a bank by name, then id; `search` finds part of a name or the beginning of a phone or member number, in any spelling. */
@Injectable()
export class ListMembers {
  constructor(private readonly unit: UnitOfWork) {}

  async run(bankId: string, query: MemberQuery): Promise<{ items: MemberLine[]; nextCursor: string | null }> {
    const after = readCursor(query.cursor, ['text', 'uuid']);
    const name = query.search === undefined ? null : likeText(foldName(query.search));
    const beginnings = phoneBeginnings(query.search ?? '').map((digits) => `${digits}%`);
    return this.unit.run([bankId], async () => {
      const rows = await this.unit.query<MemberLine>(
        `${memberLines}
          where member.bank_id = $1
            and ($2::text is null or member.name_key like '%' || $2 || '%' or member.phone_digits like any ($7::text[]) or member.member_number like any ($7::text[]))
            and ($3::text is null or exists (select from role where role.person_id = member.person_id and role.bank_id = $1 and role.role = $3))
            and ($4::text is null or (member.name, member.member_id) > ($4, $5::uuid))
          order by member.name, member.member_id limit $6`,
        [bankId, name, query.role ?? null, after?.[0] ?? null, after?.[1] ?? null, query.limit + 1, beginnings],
      );
      return pageOf(rows, query.limit, (row) => [row.name, row.memberId]);
    });
  }
}
