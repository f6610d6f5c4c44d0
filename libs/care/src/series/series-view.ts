import type { Series } from '@timebank/contract';
import { helps } from '@timebank/requests';
import { endOfSeries, reasonOfEnd } from './goes-on.sql';

/** For how many helpers of an open date `r` the client has yet to pay. */
const stillPaid = `(select case when k.further_helpers_paid_by = 'client' then r.helpers_needed - h.helpers when h.by_client then 0 else 1 end
  from service_kind k, lateral (select count(*) as helpers, coalesce(bool_or(v.payer_account_id is null), false) as by_client
    from visit v where ${helps}) h where k.code = r.service_kind)`;

/**
 * The series of one page: `page` says which, as a statement of `series s`. `$1` is the bank, `$2` now. The client's free minutes are counted along the open
 * dates of all of their series, by start: from the first that they do not reach for, nothing is covered. That is counted once for each client of the page.
 */
export const seriesSelect = (page: string): string => `
  with page as materialized (${page}),
  asked as (
    select r.client_id, r.series_id, r.planned_date,
        sum(r.minutes * ${stillPaid}) over (partition by r.client_id order by r.starts_at, r.request_id) as needed
      from request r
     where r.bank_id = $1 and r.client_id in (select client_id from page) and r.state = 'open' and r.series_id is not null
       and r.planned_date is not null and r.starts_at > $2),
  short as (
    select o.series_id, min(o.planned_date) as first_day
      from asked o join member m on m.bank_id = $1 and m.member_id = o.client_id
      join account a on a.bank_id = m.bank_id and a.account_id = m.account_id
     where o.needed > a.balance_minutes - a.held_out_minutes - a.floor_minutes
     group by o.series_id)
  select s.series_id, s.bank_id, s.client_id, m.name as client_name, s.service_kind, t.rule, t.starts_on, t.from_day as terms_from, t.start_time,
    t.minutes, t.helpers_needed, t.place, t.note, s.generated_until, ${endOfSeries} as ends_on, ${reasonOfEnd} as end_reason, s.version, s.created_at,
    case
      when ${endOfSeries} <= day.today or s.last_day < day.today then 'ended'
      when paused.days @> day.today then 'paused'
      else 'active'
    end as state,
    case when short.first_day is null then s.generated_until
      else (select max(r.planned_date) from request r where r.bank_id = s.bank_id and r.series_id = s.series_id
        and r.planned_date < short.first_day and r.state in ('open', 'taken')) end as covered_until,
    coalesce((select jsonb_agg(jsonb_build_object('from', n.from_day, 'rule', n.rule, 'startsOn', n.starts_on, 'startTime', n.start_time,
        'minutes', n.minutes, 'helpersNeeded', n.helpers_needed) order by n.from_day)
      from series_terms n where n.bank_id = s.bank_id and n.series_id = s.series_id and n.from_day > greatest(day.today, t.from_day)
        and not exists (select from series_terms o where o.bank_id = n.bank_id and o.series_id = n.series_id
          and o.number > n.number and o.from_day = n.from_day)), '[]') as later,
    coalesce((select jsonb_agg(jsonb_build_object('from', lower(p), 'to', upper(p) - 1) order by p) from unnest(paused.days) p), '[]') as pauses,
    coalesce((select jsonb_agg(p.from_day order by p.from_day) from series_pause p
      where p.bank_id = s.bank_id and p.series_id = s.series_id and p.kind = 'skip'), '[]') as skipped,
    coalesce((select jsonb_agg(jsonb_build_object('memberId', g.member_id, 'name', h.name) order by g.added_at, g.member_id)
      from series_regular g join helper h on h.bank_id = g.bank_id and h.member_id = g.member_id
      where g.bank_id = s.bank_id and g.series_id = s.series_id), '[]') as regulars
  from page s
  join member m on m.bank_id = s.bank_id and m.member_id = s.client_id
  cross join lateral (select bank_day(s.bank_id, $2::timestamptz) as today) day
  cross join lateral (select series_pauses(s.bank_id, s.series_id) as days) paused
  cross join lateral (select * from series_terms t where t.bank_id = s.bank_id and t.series_id = s.series_id
    order by t.from_day <= day.today desc, abs(t.from_day - day.today), t.number desc limit 1) t
  left join short on short.series_id = s.series_id
  order by s.created_at desc, s.series_id desc`;

/** The time of its making orders lists; the answer's message leaves it out. */
export type SeriesViewRow = Series & { createdAt: Date };
