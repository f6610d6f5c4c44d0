import { Injectable } from '@nestjs/common';
import type { NobodyCame } from '@timebank/contract';
import { cutPage, UnitOfWork } from '@timebank/database';

type Row = Omit<NobodyCame, 'startsAt' | 'askedAt' | 'onWayAt'> & { startsAt: Date; askedAt: Date; onWayAt: Date | null };

/** Helpers who were asked where they are and have not begun yet, the longest first: with the phones of both sides, and of who stands by, the first first. */
@Injectable()
export class ListNobodyCame {
  constructor(private readonly unit: UnitOfWork) {}

  async run(
    bankId: string,
    page: { limit: number; cursor?: string | undefined },
  ): Promise<{ items: NobodyCame[]; nextCursor: string | null }> {
    const rows = await this.unit.run([bankId], () =>
      this.unit.query<Row>(
        `select v.visit_id, v.request_id, v.service_kind, v.planned_start as starts_at, c.name as client_name, c.phone as client_phone,
                w.name as volunteer_name, m.phone as volunteer_phone, p.asked_at, p.answered_at as on_way_at,
                coalesce((select jsonb_agg(jsonb_build_object('name', h.name, 'phone', s.phone) order by o.answered_at, o.offer_id)
                  from offer o join helper h on h.bank_id = o.bank_id and h.member_id = o.volunteer_id
                  left join member s on s.bank_id = o.bank_id and s.member_id = o.volunteer_id
                  where o.bank_id = v.bank_id and o.request_id = v.request_id and o.state = 'standby'), '[]') as standbys
           from visit v
           join visit_prompt p on p.bank_id = v.bank_id and p.visit_id = v.visit_id and p.kind = 'arrival'
           join member c on c.bank_id = v.bank_id and c.member_id = v.client_id
           join helper w on w.bank_id = v.bank_id and w.member_id = v.volunteer_id
           left join member m on m.bank_id = v.bank_id and m.member_id = v.volunteer_id
          where v.bank_id = $1 and v.state = 'planned' and v.planned_start > $2::timestamptz - interval '4 hours'
          order by v.planned_start, v.visit_id`,
        [bankId, this.unit.now],
      ),
    );
    const items = rows.map(({ startsAt, askedAt, onWayAt, ...row }) => ({
      ...row,
      startsAt: startsAt.toISOString(),
      askedAt: askedAt.toISOString(),
      onWayAt: onWayAt?.toISOString() ?? null,
    }));
    return cutPage(items, page);
  }
}
