import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import type { Disclosure, DisclosureQuery } from '@timebank/contract';
import { pageOf, readCursor, rowsFor, UnitOfWork } from '@timebank/database';
import { OwnMember } from '../records/own-member';

type Row = Omit<Disclosure, 'at'> & { at: Date; disclosureId: string };
type DisclosurePage = { items: Disclosure[]; nextCursor: string | null };

/** Who looked at what few may see, newest first: of oneself, of one member, or of the whole bank. The door lets admins and auditors ask of others. */
@Injectable()
export class ListDisclosures {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly ownMember: OwnMember,
  ) {}

  async own(actor: Actor, page: Pick<DisclosureQuery, 'limit' | 'cursor'>): Promise<DisclosurePage> {
    const member = await this.ownMember.run(actor);
    if (!member) return { items: [], nextCursor: null };
    const { items, nextCursor } = await this.run(member.bankId, { ...page, memberId: member.memberId });
    return { items: items.map((look) => ({ ...look, seenBy: null })), nextCursor };
  }

  async run(bankId: string, { memberId, limit, cursor }: DisclosureQuery): Promise<DisclosurePage> {
    const [before, beforeId] = readCursor(cursor, ['instant', 'uuid']) ?? [null, null];
    return this.unit.run([bankId], async () => {
      const rows = await this.unit.query<Row>(
        `select d.disclosure_id, d.seen_at as at, d.kind, d.member_id, m.name as member_name, d.people, d.fields, d.visit_id,
                to_char(d.on_day, 'YYYY-MM-DD') as on_day,
                (select h.name from helper h where h.bank_id = d.bank_id and h.person_id = d.seen_by limit 1) as seen_by_name, d.seen_by,
                coalesce(d.seen_as, case when d.visit_id is not null then 'helper'
                  when exists (select from role r where r.person_id = d.seen_by and r.bank_id is null) then 'city' else 'desk' end) as seen_as
           from disclosure d left join member m on m.bank_id = d.bank_id and m.member_id = d.member_id
          where d.bank_id = $1 and ($2::uuid is null or d.member_id = $2)
            and ($3::timestamptz is null or (d.seen_at, d.disclosure_id) < ($3, $4::uuid))
          order by d.seen_at desc, d.disclosure_id desc limit ${rowsFor(limit)}`,
        [bankId, memberId ?? null, before, beforeId],
      );
      const { items, nextCursor } = pageOf(rows, limit, ({ at, disclosureId }) => [at.toISOString(), disclosureId]);
      return { items: items.map(({ disclosureId: _id, at, ...row }) => ({ ...row, at: at.toISOString() })), nextCursor };
    });
  }
}
