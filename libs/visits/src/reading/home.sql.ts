import { askerStands } from '@timebank/access';
import { endingQualifications } from '@timebank/members';
import { isShort } from '@timebank/requests';
import { endingInsurances } from '../risk/insured.sql';
import { callBackOpen } from './call-back-open.sql';
import { silentClients } from './silent-clients.sql';
import { unrecorded, waits, waitsSince } from '../waiting.sql';

/** The service took place, whatever was decided since. */
const tookPlace = `v.state in ('ready', 'needs_ack', 'needs_fix', 'approved')`;
/** A request `r` that needs somebody, who could still come. */
const unfilled = `r.state = 'open' and r.ends_at > $2 and r.starts_at < $3`;

const holds = (role: string) => `exists (select from role r where r.bank_id = $1 and r.role = '${role}')`;
/** What bank `$1` has on its way to its first approved hour; no row once there is one. Coordinators decide about others, so a volunteer is none of them. */
export const firstStepsOf = `select ${holds('coordinator')} as coordinator, ${holds('client')} as client,
    exists (select from role r where r.bank_id = $1 and r.role = 'volunteer' and not exists (select from role c
      where c.bank_id = $1 and c.member_id = r.member_id and c.role = 'coordinator')) as volunteer,
    exists (select from role r join member c on c.bank_id = r.bank_id and c.member_id = r.member_id
      join account a on a.bank_id = c.bank_id and a.account_id = c.account_id
      where r.bank_id = $1 and r.role = 'client' and a.balance_minutes > 0) as minutes,
    exists (select from service_card k where k.bank_id = $1 and k.revoked_at is null) as card,
    exists (select from request r where r.bank_id = $1 and r.state <> 'cancelled') as request,
    exists (select from visit v where v.bank_id = $1 and v.state not in ('cancelled', 'no_show', 'rejected')) as visit,
    exists (select from visit v where v.bank_id = $1 and ${tookPlace}) as served
  where not exists (select from visit v where v.bank_id = $1 and v.state = 'approved')`;

/** Visits planned between `$2` and `$3` at bank `$1`; the first `$4` of them. */
export const visitsOfToday = `select v.visit_id, v.state, v.service_kind, c.name as client_name, w.name as volunteer_name,
    v.planned_start, v.planned_end, v.captured_in, v.captured_out, count(*) over () as of_all
  from visit v
  join member c on c.bank_id = v.bank_id and c.member_id = v.client_id
  join helper w on w.bank_id = v.bank_id and w.member_id = v.volunteer_id
  where v.bank_id = $1 and v.planned_start >= $2 and v.planned_start < $3 and v.state <> 'cancelled'
  order by v.planned_start, v.visit_id limit $4`;

/** Requests of bank `$1` that need a helper, begin before `$3` and are not over at `$2`; the first `$4` of them. */
export const unfilledRequests = `select r.request_id, r.service_kind, c.name as client_name, r.starts_at, r.minutes, count(*) over () as of_all,
    not ${isShort} as is_covered
  from request r
  join member c on c.bank_id = r.bank_id and c.member_id = r.client_id
  where r.bank_id = $1 and ${unfilled}
  order by r.starts_at, r.request_id limit $4`;

/** Open call-backs of bank `$1` for visits planned since `$2`, and since when the visit that has waited longest waits. */
export const longestWait = `select (select count(*) from visit v where v.bank_id = $1 and v.planned_start >= $2 and ${callBackOpen}) as call_backs,
  (select min(${waitsSince}) from visit v where v.bank_id = $1 and ${waits}) as waiting_since`;

/** Requests of bank `$1` for between `$2` and `$3` that were made within `$4` minutes before they begin, and how soon somebody first said yes. */
export const urgentAnswers = `select count(*) as requests, count(yes.at) as answered,
    round(percentile_cont(0.5) within group (order by extract(epoch from yes.at - r.created_at) / 60))::integer as median_minutes
  from request r cross join lateral (select min(v.created_at) as at from visit v where v.bank_id = r.bank_id and v.request_id = r.request_id) yes
  where r.bank_id = $1 and r.starts_at >= $2 and r.starts_at <= $3 and r.state <> 'cancelled'
    and r.starts_at >= r.created_at and r.starts_at <= r.created_at + make_interval(mins => $4)`;

/** How many elders of bank `$1` have become silent by `$2`. */
export const silentCount = `select count(*) as silent from (${silentClients('$2')}) silent`;

/** What of bank `$1` nears a deadline at `$2`: visits to record that were planned between `$3` and `$4`, acts that lapse by `$5`, qualifications, insurances. */
export const nearDeadlines = `select recording.*, acts.*, ending.*, insured.*
  from (select count(*) as visits from visit v
    where v.bank_id = $1 and v.planned_start >= $3 and v.planned_start < $4 and ${unrecorded('$2')}) recording,
  (select count(*) as acts, min(a.waits_until) as acts_until from waiting_act a
    where a.bank_id = $1 and a.state = 'waits' and a.waits_until > $2 and a.waits_until <= $5 and ${askerStands('a')}) acts,
  (select count(distinct member_id) as volunteers, to_char(min(valid_until), 'YYYY-MM-DD') as ends_on from (${endingQualifications('$2')}) q) ending,
  (select count(*) as insurances, to_char(min(ends_on), 'YYYY-MM-DD') as insured_until from (${endingInsurances('$2')}) i) insured`;

/** How far bank `$1` is sealed, which numbers are missing, and since when something waits. */
export const sealing = `select newest.number, newest.statement::jsonb ->> 'sealedAt' as sealed_at,
    (select count(*) from generate_series(1, newest.number) n
      where not exists (select from checkpoint c where c.bank_id = $1 and c.number = n)
        and not exists (select from void_checkpoint v where v.bank_id = $1 and v.number = n)) as missing,
    (select t.happened_at from audit_trail t where t.bank_id = $1 and t.recorded_xid >= coalesce(newest.below_xid, '0'::xid8)
      order by t.recorded_xid limit 1) as unsealed_since
  from (select) one left join lateral (select number, statement, below_xid from checkpoint where bank_id = $1 order by number desc limit 1) newest on true`;

/** Entries of the trail of bank `$1` after transaction `$2`, counted so far. */
export const changesSince = `select count(*) as count from (select from audit_trail where bank_id = $1 and recorded_xid > $2::xid8 limit 10000) changed`;

/** Visits that took place at bank `$1`, by the place of their day or week among the beginnings `$2`, until `$3`: a beginning is found faster than a visit's local day. */
export const spansOfVisits = `select width_bucket(v.planned_start, $2::timestamptz[]) as place, count(*) as visits,
    count(*) filter (where v.class = 'manual') as by_hand, coalesce(sum(v.credited_minutes), 0) as minutes
  from visit v where v.bank_id = $1 and v.planned_start >= ($2::timestamptz[])[1] and v.planned_start < $3 and ${tookPlace} group by 1`;

/** Requests made at bank `$1` and not cancelled, by week as above, until a day before `$3`, and those with a helper within 24 hours. */
export const weeksOfRequests = `select width_bucket(r.created_at, $2::timestamptz[]) as place, count(*) as requests,
    count(*) filter (where exists (select from visit v
      where v.bank_id = r.bank_id and v.request_id = r.request_id and v.created_at <= r.created_at + interval '24 hours')) as filled_in_a_day
  from request r where r.bank_id = $1 and r.state <> 'cancelled' and r.starts_at >= ($2::timestamptz[])[1]
    and r.created_at >= ($2::timestamptz[])[1] and r.created_at < $3::timestamptz - interval '24 hours' group by 1`;

/** Kinds of service of the visits that took place at bank `$1` between `$2` and `$3`, most minutes first. */
export const kindsOfVisits = `select v.service_kind, count(*) as visits, coalesce(sum(v.credited_minutes), 0) as minutes
  from visit v where v.bank_id = $1 and v.planned_start >= $2 and v.planned_start < $3 and ${tookPlace} group by 1 order by 3 desc, 1`;

/** Banks `$1` side by side at `$2`, each on its own local day: what begins before `$3` and needs somebody, and what was since `$4`. */
export const banksSideBySide = `select b.bank_id, b.name as bank_name, today.visits as today, waiting.visits as waiting, waiting.since as waiting_since,
    open.requests as unfilled, month.visits, month.by_hand, asked.requests, asked.filled_in_a_day
  from bank b
  cross join lateral (select count(*) as visits from visit v where v.bank_id = b.bank_id and v.state <> 'cancelled'
    and v.planned_start > $2::timestamptz - interval '26 hours' and v.planned_start < $2::timestamptz + interval '26 hours'
    and bank_day(b.bank_id, v.planned_start) = bank_day(b.bank_id, $2)) today
  cross join lateral (select count(*) as visits, min(${waitsSince}) as since from visit v where v.bank_id = b.bank_id and ${waits}) waiting
  cross join lateral (select count(*) as requests from request r where r.bank_id = b.bank_id and ${unfilled}) open
  cross join lateral (select count(*) as visits, count(*) filter (where v.class = 'manual') as by_hand from visit v
    where v.bank_id = b.bank_id and v.planned_start >= $4 and v.planned_start < $2 and ${tookPlace}) month
  cross join lateral (select count(*) as requests, count(*) filter (where exists (select from visit v
      where v.bank_id = r.bank_id and v.request_id = r.request_id and v.created_at <= r.created_at + interval '24 hours')) as filled_in_a_day
    from request r where r.bank_id = b.bank_id and r.starts_at >= $4 and r.state <> 'cancelled'
      and r.created_at >= $4 and r.created_at < $2::timestamptz - interval '24 hours') asked
  where b.bank_id = any ($1::uuid[]) and b.closed_on is null`;
