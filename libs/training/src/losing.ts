import { Injectable } from '@nestjs/common';
import { BanksOfMembers } from '@timebank/access';
import type { AnswerOf, Losing } from '@timebank/contract';
import { cutPage, UnitOfWork } from '@timebank/database';
import { helps } from '@timebank/requests';

/** Coming visits, and dates kept for regulars, of bank `$1` after `$2`: whose they are, and on which day. */
const promised = `
  select r.request_id, r.service_kind, r.starts_at, bank_day(r.bank_id, r.starts_at) as day, h.member_id
    from request r cross join lateral (
      select v.volunteer_id as member_id from visit v where ${helps} and v.state = 'planned'
      union select r.reserved_for where r.reserved_for is not null and r.state in ('open', 'waiting_for_minutes')) h
   where r.bank_id = $1 and r.starts_at > $2::timestamptz and r.state in ('open', 'taken', 'waiting_for_minutes')`;

/** For which of these the helper has no qualification on the day. `until` is the last day on which they have it, or are exempt; null where they never were. */
const losingSql = `
  select l.member_id, m.name, l.qualification, l.until, count(*)::integer as visits, (array_agg(l.request_id order by l.starts_at))[1] as first_request_id,
         min(l.starts_at) as first_starts_at, (array_agg(l.service_kind order by l.starts_at))[1] as service_kind
    from (select p.*, s.qualification, greatest(q.until, e.valid_until) as until
            from (${promised}) p
            join helper h on h.bank_id = $1 and h.member_id = p.member_id
            join service_kind_qualification s on s.code = p.service_kind and s.valid_from <= p.day and coalesce(s.valid_until >= p.day, true)
            left join lateral (select max(x.valid_until) as until from qualification_held x
              where x.bank_id = coalesce(h.home_bank_id, h.bank_id) and x.member_id = p.member_id and x.code = s.qualification) q on true
            left join qualification_exemption e on e.bank_id = coalesce(h.home_bank_id, h.bank_id) and e.member_id = p.member_id and e.code = s.qualification
         ) l join helper m on m.bank_id = $1 and m.member_id = l.member_id
   where coalesce(l.until < l.day, true)
   group by l.member_id, m.name, l.qualification, l.until order by first_starts_at, l.member_id, l.qualification`;

/** Whose visits and dates will be without them because a qualification ends before, by helper and qualification, the nearest first. */
@Injectable()
export class FindLosing {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly banksOfMembers: BanksOfMembers,
  ) {}

  /** Opens a unit of its own: what guests have is recorded at home. */
  async run(bankId: string): Promise<Losing['items']> {
    const people = await this.unit.run([bankId], () =>
      this.unit.query<{ memberId: string }>(`select distinct member_id from (${promised}) p`, [bankId, this.unit.now]),
    );
    const banks = new Set([bankId, ...(await this.banksOfMembers.run(people.map(({ memberId }) => memberId)))]);
    return this.unit.run([...banks], async () => {
      const rows = await this.unit.query<Omit<Losing['items'][number], 'firstStartsAt'> & { firstStartsAt: Date }>(losingSql, [
        bankId,
        this.unit.now,
      ]);
      return rows.map((row) => ({ ...row, firstStartsAt: row.firstStartsAt.toISOString() }));
    });
  }

  async list(bankId: string, page: { limit: number; cursor?: string | undefined }): Promise<AnswerOf<'listLosing'>> {
    return cutPage(await this.run(bankId), page);
  }
}
