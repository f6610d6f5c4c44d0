import { Injectable } from '@nestjs/common';
import { type Actor, hasRole } from '@timebank/access';
import { type ActsFor, type AnswerOf, type Proxy, type ProxyQuery, refuse, type RoleName } from '@timebank/contract';
import { pageOf, readCursor, UnitOfWork } from '@timebank/database';
import type { ProxyRow } from './proxy.entity';

type Row = ProxyRow & { clientName: string; memberId: string | null; confirmedByName: string | null; phone: string | null };

const staff: readonly RoleName[] = ['coordinator', 'admin', 'auditor'];

const select = `
  select p.*, c.name as client_name, w.member_id, person.sign_in_phone as phone,
         (select h.name from helper h where h.bank_id = p.bank_id and h.person_id = p.confirmed_by limit 1) as confirmed_by_name
    from proxy p join member c on c.bank_id = p.bank_id and c.member_id = p.client_id join person on person.person_id = p.person_id
    left join member w on w.bank_id = p.bank_id and w.person_id = p.person_id
   where p.bank_id = $1`;

/** Who acts for whom: staff read all of the bank, a client who acts for them, everybody for whom they act themselves. */
@Injectable()
export class ReadProxies {
  constructor(private readonly unit: UnitOfWork) {}

  async list(actor: Actor, bankId: string, { clientId, state, ...page }: ProxyQuery): Promise<AnswerOf<'listProxies'>> {
    const after = readCursor(page.cursor, ['instant', 'uuid']);
    return this.unit.run([bankId], async () => {
      const ended = '(p.ended_at is not null or p.ends_at <= $5)';
      const rows = await this.unit.query<Row>(
        `${select} and ($2::uuid is null or p.client_id = $2) and ($3::uuid is null or p.person_id = $3 or c.person_id = $3)
            and ($4::text is null or ($4 = 'ended') = ${ended})
            and ($6::timestamptz is null or (p.recorded_at, p.proxy_id) < ($6, $7::uuid))
          order by p.recorded_at desc, p.proxy_id desc limit $8`,
        [
          bankId,
          clientId ?? null,
          readsAll(actor, bankId) ? null : actor.personId,
          state ?? null,
          this.unit.now,
          after?.[0] ?? null,
          after?.[1] ?? null,
          page.limit + 1,
        ],
      );
      const { items, nextCursor } = pageOf(rows, page.limit, ({ recordedAt, proxyId }) => [recordedAt.toISOString(), proxyId]);
      return { items: items.map((row) => this.shown(actor, row)), nextCursor };
    });
  }

  async one(actor: Actor, bankId: string, proxyId: string): Promise<Proxy> {
    const row = await this.unit.one<Row>(`${select} and p.proxy_id = $2`, [bankId, proxyId]);
    if (!row) throw refuse('proxies/not_found');
    return this.shown(actor, row);
  }

  /** For whom the caller acts now, at every bank: what a family's screens need. */
  async own(actor: Actor): Promise<ActsFor> {
    const banks = [...new Set((actor.proxies ?? []).map(({ bankId }) => bankId))];
    if (banks.length === 0) return { items: [] };
    return this.unit.run(banks, async () => ({
      items: await this.unit.query<ActsFor['items'][number]>(
        `select p.proxy_id, p.bank_id, p.client_id, c.name, p.relation, p.scopes, p.valid_until,
                case when p.scopes && array['see', 'give'] then c.account_id end as account_id
           from proxy p join member c on c.bank_id = p.bank_id and c.member_id = p.client_id
          where p.person_id = $1 and p.ended_at is null and p.ends_at > $2 order by p.recorded_at, p.proxy_id`,
        [actor.personId, this.unit.now],
      ),
    }));
  }

  private shown(actor: Actor, row: Row): Proxy {
    const isOver = row.endedAt !== null || row.endsAt <= this.unit.now;
    const ofDesk = readsAll(actor, row.bankId) ? {} : { confirmedFrom: null, phone: null };
    return {
      ...row,
      confirmedAt: row.confirmedAt.toISOString(),
      state: isOver ? 'ended' : 'active',
      endedAt: isOver ? (row.endedAt ?? row.endsAt).toISOString() : null,
      endReason: isOver ? (row.endReason ?? 'expired') : null,
      ...ofDesk,
    };
  }
}

function readsAll(actor: Actor, bankId: string): boolean {
  return staff.some((role) => hasRole(actor, role, bankId));
}
