import { Injectable } from '@nestjs/common';
import type { ImaginedPlan } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { helps, ShareHours } from '@timebank/requests';
import { uninsuredOn } from '../risk/insured.sql';
import type { GateFacts } from './gate.rules';
import { type OtherPlan, OtherPlans } from './other-plans';

export type PairFacts = GateFacts & { requestId: string; memberId: string; homeBankId: string | null };
type FactsRow = Omit<PairFacts, 'bankWithoutInterchange' | 'heldBackUntil' | 'otherPlan'> & {
  createdAt: Date;
  startsAt: Date;
  endsAt: Date;
};

const hourMs = 3_600_000;

/** No visit is longer than a day; what lies further off neither overlaps nor shares the week. */
const near = `v.planned_start > r.starts_at - interval '8 days' and v.planned_start < r.ends_at + interval '8 days'`;

/**
 * `$1` is the bank, `$2` requests, `$3` volunteers, `$4` now, `$5` the banks where the volunteers act, `$6` another beginning than
 * the requests have, `$7` a planned visit as if it were given up. What a kind needs and the day are found once a
 * request, the rest once a pair by keys: many requests of one volunteer, or many volunteers of one request, cost a few index reads each.
 */
const factsSql = `
  with asked as materialized (
    select r.bank_id, r.request_id, r.client_id, r.request_state, r.starts_at, r.ends_at, r.minutes, r.helpers_needed,
      case when r.ends_at <= $4::timestamptz then r.ends_at end as ended_at, r.created_at,
      bank_day(r.bank_id, r.starts_at) as day, bank_day(r.bank_id, $4::timestamptz) as today,
      k.code, k.open_to_volunteers as is_open_to_volunteers, k.risk_level, risk_version(k.code) as risk_version, c.helper_wish,
      ${uninsuredOn} as uninsured_on
    from (
      select bank_id, request_id, client_id, service_kind, created_at, minutes, helpers_needed, coalesce($6::timestamptz, starts_at) as starts_at,
        coalesce($6::timestamptz + make_interval(mins => minutes), ends_at) as ends_at,
        case when state = 'taken' and $7::uuid is not null and exists (select from visit v
          where v.bank_id = $1 and v.visit_id = $7 and v.request_id = o.request_id and v.state = 'planned') then 'open' else state end as request_state
      from request o where bank_id = $1 and request_id = any ($2::uuid[])) r
    join service_kind k on k.code = r.service_kind join member c on c.bank_id = r.bank_id and c.member_id = r.client_id)
  select r.request_id, h.member_id, h.home_bank_id, r.created_at, r.starts_at, r.ends_at, r.request_state, r.ended_at, r.minutes, r.day, r.today, r.is_open_to_volunteers, r.helper_wish,
    r.client_id = h.member_id as is_own, p.disabled_at is not null as is_disabled, m.left_on is not null as has_left, m.gender,
    not exists (select from unnest(array[r.bank_id, h.at_home]) needed (bank_id) where not exists (
      select from role o where o.bank_id = needed.bank_id and o.member_id = h.member_id and o.role = 'volunteer')) as is_volunteer,
    n.needed, v.*, a.week_minutes as week_wish, coalesce(a.pauses @> r.day, false) as is_paused,
    exists (select from visit v where ${helps} and v.volunteer_id = h.member_id) as helps,
    r.code as service_kind, r.risk_level, r.risk_version, r.helpers_needed, t.*,
    exists (select from risk_reading k where k.bank_id in (r.bank_id, h.at_home) and k.member_id = h.member_id
      and k.service_kind = r.code and k.version = r.risk_version) as knows_risk, r.uninsured_on,
    exists (select from pair_block b where b.bank_id = r.bank_id
      and b.member_id = least(r.client_id, h.member_id) and b.other_member_id = greatest(r.client_id, h.member_id)) as is_blocked,
    exists (select from relation l where l.bank_id = any ($5::uuid[])
      and ((l.member_id = r.client_id and l.other_member_id = h.member_id)
        or (l.other_member_id = r.client_id and l.member_id = h.member_id))) as is_related
  from asked r
  join (select helper.*, coalesce(home_bank_id, bank_id) as at_home from helper) h on h.bank_id = r.bank_id and h.member_id = any ($3::uuid[])
  join person p on p.person_id = h.person_id
  left join member m on m.bank_id = h.at_home and m.member_id = h.member_id
  left join availability a on a.bank_id = h.at_home and a.member_id = h.member_id
  cross join lateral (
    select coalesce(jsonb_agg(jsonb_build_object('code', s.qualification, 'validUntil', q.valid_until, 'exemptUntil', e.valid_until,
                                'reactivateWithinDays', k.reactivate_within_days) order by s.qualification), '[]') as needed
      from service_kind_qualification s
      left join qualification_kind k on k.code = s.qualification
      left join lateral (select max(valid_until) as valid_until from qualification_held
        where bank_id = h.at_home and member_id = h.member_id and code = s.qualification) q on true
      left join qualification_exemption e on e.bank_id = h.at_home and e.member_id = h.member_id and e.code = s.qualification
     where s.code = r.code and s.valid_from <= r.day and coalesce(s.valid_until >= r.day, true)) n
  -- What is asked of risky kinds alone. Whoever has a qualification that the kind needs is trained for it.
  cross join lateral (
    select r.risk_level <> 'low' and exists (select from trained o where o.bank_id = r.bank_id and o.service_kind = r.code)
        and not exists (select from trained o where o.bank_id in (r.bank_id, h.at_home) and o.member_id = h.member_id and o.service_kind = r.code)
        and not exists (select from jsonb_to_recordset(n.needed) q ("validUntil" date) where q."validUntil" >= r.day) as is_untrained,
      r.risk_level <> 'low' and exists (select from mentor o join role u on u.bank_id = o.bank_id and u.member_id = o.member_id
        where o.bank_id = r.bank_id and u.role = 'volunteer' and o.member_id <> h.member_id)
        and not exists (select from mentor o where o.bank_id = r.bank_id and o.member_id = h.member_id) as has_mentors,
      r.risk_level <> 'low' and exists (select from visit v join mentor o on o.bank_id = v.bank_id and o.member_id = v.volunteer_id
        where ${helps} and v.volunteer_id <> h.member_id) as mentor_helps,
      case when r.risk_level = 'low' then 0 else (select count(*)::integer from (select from visit v
        where v.bank_id = any ($5::uuid[]) and v.volunteer_id = h.member_id and v.state in ('ended', 'ready', 'needs_ack', 'needs_fix', 'approved')
        limit 50) done) end as visits_done) t
  cross join lateral (
    select (array_agg(v.visit_id) filter (where o.overlaps))[1] as overlapping, (array_agg(v.bank_id) filter (where o.overlaps))[1] as overlapping_bank_id,
      min(extract(epoch from greatest(r.starts_at - v.planned_end, v.planned_start - r.ends_at)) / 60)
        filter (where not o.overlaps)::float8 as nearest_minutes,
      coalesce(sum(v.planned_minutes) filter (where o.same_day), 0)::integer as day_minutes,
      coalesce(sum(v.planned_minutes) filter (where o.same_day and v.client_id = r.client_id), 0)::integer as pair_minutes,
      coalesce(sum(v.planned_minutes) filter (where o.same_week), 0)::integer as week_minutes
    from visit v cross join lateral (
      select v.planned_start < r.ends_at and v.planned_end > r.starts_at and v.state in ('planned', 'in_progress') as overlaps,
        o.day = r.day as same_day, date_trunc('week', o.day) = date_trunc('week', r.day) as same_week
        from (select bank_day(r.bank_id, v.planned_start) as day) o) o
    where v.bank_id = any ($5::uuid[]) and v.volunteer_id = h.member_id and v.request_id <> r.request_id
      and v.state not in ('cancelled', 'no_show', 'rejected') and ${near}) v`;

/**
 * What the gate judges, for every pair of the given requests and volunteers of a bank: one statement, whether it is one pair or thousands. In the
 * caller's unit of work, which sees the volunteers' banks. Somebody who neither is a member here nor helps as a guest has no row. Whether interchange
 * is open is asked of the banks, once.
 */
@Injectable()
export class ReadGateFacts {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly shareHours: ShareHours,
    private readonly otherPlans: OtherPlans,
  ) {}

  async run(
    bankId: string,
    requestIds: readonly string[],
    volunteerIds: readonly string[],
    banks: readonly string[],
    { startsAt, insteadOf }: ImaginedPlan = {},
  ): Promise<PairFacts[]> {
    const imagined = [startsAt ?? null, insteadOf ?? null];
    const rows = await this.unit.query<FactsRow>(factsSql, [bankId, requestIds, volunteerIds, this.unit.now, banks, ...imagined]);
    // Most requests are asked of nobody else's volunteers.
    const hours = rows.some(({ homeBankId }) => homeBankId !== null) ? await this.shareHours.run(bankId) : 0;
    const plans = await this.plansOf(rows, banks);
    return rows.map(({ createdAt, startsAt: from, endsAt: to, ...row }) => {
      const sharedFrom = new Date(createdAt.getTime() + hours * hourMs);
      const isHeldBack = row.homeBankId !== null && sharedFrom > this.unit.now;
      const otherPlan = plans.get(row.memberId)?.find((plan) => plan.startsAt < to && plan.endsAt > from) ?? null;
      return { ...row, otherPlan, bankWithoutInterchange: null, heldBackUntil: isHeldBack ? sharedFrom.toISOString() : null };
    });
  }

  /** By person: what else they have promised in the time of all these requests. */
  private async plansOf(rows: readonly FactsRow[], banks: readonly string[]): Promise<Map<string, OtherPlan[]>> {
    if (rows.length === 0) return new Map();
    const times = rows.flatMap(({ startsAt, endsAt }) => [startsAt.getTime(), endsAt.getTime()]);
    const [from, to] = [times.reduce((one, other) => Math.min(one, other)), times.reduce((one, other) => Math.max(one, other))];
    const memberIds = [...new Set(rows.map(({ memberId }) => memberId))];
    const found = await this.otherPlans.find({ banks, memberIds, from: new Date(from), to: new Date(to) });
    return Map.groupBy(found, ({ memberId }) => memberId);
  }
}
