import { isShort } from '@timebank/requests';

const utc = (instant: string) => `to_char(${instant} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const list = (object: string, from: string) => `(select coalesce(json_agg(json_build_object(${object})), '[]') from ${from})`;
const placed = (
  row: string,
  start: string,
  end: string,
) => `'requestId', ${row}.request_id, 'clientId', ${row}.client_id, 'serviceKind', ${row}.service_kind,
  'startsAt', ${utc(`${row}.${start}`)}, 'endsAt', ${utc(`${row}.${end}`)}, 'day', width_bucket(${row}.${start}, $2::timestamptz[]), 'seriesId', ${row}.series_id`;
const isWanted = (row: string) => `($4::text is null or ${row}.service_kind = $4)
  and ($5::text is null or position(lower($5) in lower(coalesce(${row}.place || ' ', '') || coalesce(c.home_address, ''))) > 0)`;

/**
 * A week of bank `$1` in one row. `$2` the eight midnights from Monday to Monday, `$3` now, `$4` a kind or null, `$5` part of a place or null, `$6` people
 * who get a row in any case, `$7` whether the rows are helpers, `$8` and `$9` how many visits and unfilled requests at the most, `$10` the seven days.
 */
export const weekSql = `
  with visits as materialized (
    select v.visit_id, v.request_id, v.client_id, v.volunteer_id, v.service_kind, v.planned_start, v.planned_end, v.planned_minutes, v.state,
      r.series_id, count(*) over () as of_all
    from visit v
    join request r on r.bank_id = v.bank_id and r.request_id = v.request_id
    join member c on c.bank_id = v.bank_id and c.member_id = v.client_id
    where v.bank_id = $1 and v.planned_start >= ($2::timestamptz[])[1] and v.planned_start < ($2::timestamptz[])[8]
      and v.state not in ('cancelled', 'no_show', 'rejected') and ${isWanted('r')}
    order by v.planned_start, v.visit_id limit $8),
  unfilled as materialized (
    select r.*, count(*) over () as of_all,
      (select count(*) from visit v where v.bank_id = r.bank_id and v.request_id = r.request_id
        and v.state not in ('cancelled', 'no_show', 'rejected')) as helpers
    from request r join member c on c.bank_id = r.bank_id and c.member_id = r.client_id
    where r.bank_id = $1 and r.starts_at >= ($2::timestamptz[])[1] and r.starts_at < ($2::timestamptz[])[8]
      and r.state = 'open' and r.ends_at > $3 and ${isWanted('r')}
    order by r.starts_at, r.request_id limit $9),
  rows as materialized (
    select member_id, sum(minutes)::integer as minutes from (
      select case when $7 then volunteer_id else client_id end as member_id, planned_minutes as minutes from visits
      union all select client_id, 0 from unfilled where not $7
      union all select unnest($6::uuid[]), 0) named
    group by member_id)
  select
    ${list(`'visitId', v.visit_id, 'volunteerId', v.volunteer_id, 'state', v.state, ${placed('v', 'planned_start', 'planned_end')}`, 'visits v')} as visits,
    ${list(
      `${placed('r', 'starts_at', 'ends_at')}, 'minutes', r.minutes, 'helpersNeeded', r.helpers_needed, 'helpers', r.helpers,
        'isCovered', not ${isShort}, 'reservedFor', r.reserved_for, 'version', r.version`,
      'unfilled r',
    )} as unfilled,
    ${list(
      `'memberId', n.member_id, 'homeBankId', h.home_bank_id, 'minutes', n.minutes, 'weekWish', a.week_minutes,
        'free', coalesce(f.free, '[]'), 'away', coalesce(f.away, '[]')`,
      `(select * from rows) n
        join helper h on h.bank_id = $1 and h.member_id = n.member_id
        left join availability a on $7 and a.bank_id = $1 and a.member_id = n.member_id
        left join lateral (
          select (select json_agg(json_build_object('day', d.day, 'from', greatest(lower(s) - (d.day - 1) * 1440, 0), 'to', least(upper(s) - (d.day - 1) * 1440, 1440))
                    order by d.day, lower(s))
                    from unnest(a.weekly) s, generate_series(1, 7) as d (day) where s && int4range((d.day - 1) * 1440, d.day * 1440)) as free,
            (select json_agg(d.day order by d.day) from unnest($10::date[]) with ordinality as d (on_day, day) where a.pauses @> d.on_day) as away
        ) f on a.member_id is not null`,
    )} as rows,
    (select coalesce(json_object_agg(h.member_id, h.name), '{}') from helper h where h.bank_id = $1 and h.member_id in (
      select client_id from visits union select volunteer_id from visits union select client_id from unfilled
      union select reserved_for from unfilled union select member_id from rows)) as people,
    coalesce((select of_all from visits limit 1), 0) as visits_of_all, coalesce((select of_all from unfilled limit 1), 0) as unfilled_of_all`;
