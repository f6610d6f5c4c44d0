import { Injectable } from '@nestjs/common';
import type { Guest, GuestQuery } from '@timebank/contract';
import { pageOf, readCursor, UnitOfWork } from '@timebank/database';
import type { GuestRow } from './guest.entity';
import { GuestView } from './guest-view';

/** Volunteers of other banks who help in a bank or ask to, by name; the door lets coordinators, admins and auditors only. */
@Injectable()
export class ListGuests {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly view: GuestView,
  ) {}

  async run(bankId: string, { limit, cursor, state }: GuestQuery): Promise<{ items: Guest[]; nextCursor: string | null }> {
    const after = readCursor(cursor, ['text', 'uuid']);
    const rows = await this.unit.run([bankId], () =>
      this.unit.query<GuestRow>(
        `select * from guest where bank_id = $1 and ($2::text is null or state = $2)
            and ($3::text is null or (name, member_id) > ($3, $4::uuid)) order by name, member_id limit $5`,
        [bankId, state ?? null, after?.[0] ?? null, after?.[1] ?? null, limit + 1],
      ),
    );
    const page = pageOf(rows, limit, (row) => [row.name, row.memberId]);
    const homes = [...new Set(page.items.map((row) => row.homeBankId))];
    return { ...page, items: await this.unit.run([bankId, ...homes], () => this.view.run(page.items)) };
  }
}
