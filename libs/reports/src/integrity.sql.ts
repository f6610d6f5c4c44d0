/** Metres on a sphere of the earth's mean radius, as the visits' own rules measure. */
const meters = (one: string, other: string) => `(2 * 6371009 * asin(least(1, sqrt(
    sin(radians(${other}.latitude - ${one}.latitude) / 2) ^ 2
    + cos(radians(${one}.latitude)) * cos(radians(${other}.latitude)) * sin(radians(${other}.longitude - ${one}.longitude) / 2) ^ 2))))`;

/** Of the visits asked for, by whatever key they have. */
const asked = 'visit_id in (select visit_id from took_place)';

/**
 * Everything that the integrity report knows of a bank's visits, a row each, in one statement. `$1` bank, `$2` and `$3` the instants between
 * which they were planned, `$4` now, `$5` the days within which they are to be decided. Visits that ended, decided or not. Earlier visits
 * elsewhere and relations recorded at other banks are not in sight.
 */
export const visitFactsSql = `
  with took_place as materialized (
    select v.*, case when v.class = 'manual' and v.entered_at is not null then v.credited_start else v.captured_in end as starts_at,
           case when v.class = 'manual' and v.entered_at is not null then v.credited_end else v.captured_out end as ends_at
      from visit v
     where v.bank_id = $1 and v.planned_start >= $2 and v.planned_start < $3
       and v.state in ('ready', 'needs_ack', 'needs_fix', 'approved', 'rejected')
  ), home as (
    select distinct on (client_id) client_id, latitude, longitude from client_place where bank_id = $1 order by client_id, revision desc
  ), in_order as (
    select visit_id, client_id, lag(client_id) over moved as client_before,
           extract(epoch from starts_at - lag(ends_at) over moved) / 60 as gap_minutes
      from took_place where starts_at is not null
    window moved as (partition by volunteer_id order by starts_at, visit_id)
  ), scanned as (
    select visit_id, bool_and(distance_meters is not null) as located, bool_or(via = 'rotating') as rotating,
           array_agg(distinct device ->> 'deviceId') filter (where device ->> 'proof' = 'valid') as device_ids
      from scan_event where bank_id = $1 and outcome = 'accepted' and ${asked} group by visit_id
  ), found as (
    select visit_id, array_agg(code order by code) as codes from visit_exception where bank_id = $1 and ${asked} group by visit_id
  ), called as (
    select distinct on (visit_id) visit_id, result from call_back where bank_id = $1 and ${asked}
     order by visit_id, result <> 'not_reached' desc, number desc
  ), appealed as (
    select a.visit_id, coalesce(n.outcome, 'open') as appeal
      from appeal a left join appeal_answer n on n.bank_id = a.bank_id and n.appeal_id = a.appeal_id
     where a.bank_id = $1 and a.${asked}
  ), taken_back as (
    select reverses_id as transfer_id from transfer where bank_id = $1 and reverses_id is not null
  )
  select v.visit_id, v.volunteer_id, v.client_id, (coalesce(v.starts_at, v.planned_start) at time zone zone_at(v.bank_id, coalesce(v.starts_at, v.planned_start)))::date as day,
         coalesce(v.starts_at, v.planned_start) as starts_at, v.ends_at,
         case when v.entered_at is null then floor(extract(epoch from v.captured_out - v.captured_in) / 60)::integer end as minutes,
         coalesce(v.credited_minutes, 0) as credited_minutes, v.proposed_minutes, v.state, v.lane, v.class, v.assurance,
         coalesce(found.codes, '{}') as codes, coalesce(scanned.device_ids, '{}') as device_ids,
         case when home.client_id is not null and v.entered_at is null then scanned.located end as located,
         coalesce(scanned.rotating, false) or 'confirmed' in (coalesce(called.result, ''), coalesce(said.result, '')) as has_other_signal,
         exists (select from relation r where r.bank_id = $1
           and ((r.member_id = v.volunteer_id and r.other_member_id = v.client_id)
             or (r.member_id = v.client_id and r.other_member_id = v.volunteer_id)))
           or 'CONFLICT_OF_INTEREST' = any (found.codes) is true as related,
         v.captured_in is not null and v.captured_out is null as auto_closed,
         in_order.gap_minutes::double precision as gap_minutes,
         case when before.client_id is not null and home.client_id is not null then ${meters('before', 'home')} end as away_meters,
         coalesce(nullif(called.result, 'not_reached'), nullif(said.result, 'confirmed'), called.result) as call_back, v.entered_by, v.entered_at, v.manual_reason_code, v.decided_by, v.decided_at, v.approval_id, v.decision_reason_code,
         coalesce(v.decided_at, $4::timestamptz) - coalesce(v.waiting_since, v.captured_out, v.planned_end) > make_interval(days => $5::integer) as overdue,
         taken_back.transfer_id is not null as reversed, appealed.appeal
    from took_place v
    join bank b on b.bank_id = v.bank_id
    left join scanned on scanned.visit_id = v.visit_id
    left join found on found.visit_id = v.visit_id
    left join called on called.visit_id = v.visit_id
    left join client_answer said on said.bank_id = v.bank_id and said.visit_id = v.visit_id
    left join appealed on appealed.visit_id = v.visit_id
    left join taken_back on taken_back.transfer_id = v.transfer_id
    left join in_order on in_order.visit_id = v.visit_id
    left join home on home.client_id = v.client_id
    left join home before on before.client_id = in_order.client_before
   order by starts_at, v.visit_id`;

/** Days of `$2` to `$3` on which a policy of the bank or the city begins. */
export const policyDaysSql = `
  select distinct valid_from as day from policy where (bank_id = $1 or bank_id is null) and valid_from > $2::date and valid_from <= $3::date order by 1`;

/** Names of members and guests by their id. */
export const memberNamesSql = `select member_id as id, name from helper where bank_id = $1 and member_id = any ($2::uuid[])`;

/** Names of the bank's people by their person. */
export const personNamesSql = `select person_id as id, min(name) as name from helper where bank_id = $1 and person_id = any ($2::uuid[]) group by 1`;
