import { Injectable } from '@nestjs/common';
import type { Guest, GuestQuery } from '@timebank/contract';
import { byName, countUpTo, pageOf, readCursor, type Total, UnitOfWork } from '@timebank/database';
import type { GuestRow } from './guest.entity';
import { GuestView } from './guest-view';
import { isGuestMeant, meantBy } from '../search/meant.sql';

/** Volunteers of other banks who help in a bank or ask to, by name; the door lets coordinators, admins and auditors only. */
@Injectable()
export class ListGuests {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly view: GuestView,
  ) {}

  async run(
    bankId: string,
    { limit, cursor, state, q, count }: GuestQuery,
  ): Promise<{ items: Guest[]; nextCursor: string | null; total?: Total }> {
    const after = readCursor(cursor, ['text', 'uuid']);
    const select = `select * from guest where bank_id = $1 and ($2::text is null or state = $2) and ($3::text is null or ${isGuestMeant('$3')})`;
    const values = [bankId, state ?? null, q === undefined ? null : meantBy(q)[2]];
    const { rows, total } = await this.unit.run([bankId], async () => ({
      rows: await this.unit.query<GuestRow>(
        `${select} and ($4::text is null or (${byName('name')}, member_id) > ($4, $5::uuid)) order by ${byName('name')}, member_id limit $6`,
        [...values, after?.[0] ?? null, after?.[1] ?? null, limit + 1],
      ),
      total: await countUpTo(this.unit, count, select, values),
    }));
    const page = pageOf(rows, limit, (row) => [row.name, row.memberId]);
    const homes = [...new Set(page.items.map((row) => row.homeBankId))];
    return { ...page, ...total, items: await this.unit.run([bankId, ...homes], () => this.view.run(page.items)) };
  }
}
