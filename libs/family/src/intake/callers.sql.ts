const isClient = `exists (select from role r where r.bank_id = m.bank_id and r.member_id = m.member_id and r.role = 'client' and r.home_bank_id is null)`;
const of = `m.member_id, m.name, m.member_number, ${isClient} as is_client, m.home_address`;

/** Members of bank `$1` whose phone is one of `$2` (by its digits `$3`), for whom its owner acts at `$4`, and who are reached by it. */
export const callersSql = `
  select ${of}, 'client' as caller, m.name as caller_name, null as relation, array[]::text[] as scopes
    from member m join person p on p.person_id = m.person_id
   where m.bank_id = $1 and m.left_on is null and (m.phone_digits = any ($3) or p.sign_in_phone = any ($2))
  union all
  select ${of}, 'proxy', x.name, x.relation, x.scopes
    from person p join proxy x on x.person_id = p.person_id and x.bank_id = $1 and x.ended_at is null and x.ends_at > $4
    join member m on m.bank_id = x.bank_id and m.member_id = x.client_id
   where p.sign_in_phone = any ($2)
  union all
  select ${of}, 'other', coalesce(c.name, c.phone), c.note, array[]::text[]
    from contact c join member m on m.bank_id = c.bank_id and m.member_id = c.client_id
   where c.bank_id = $1 and c.phone = any ($2) and c.closed_at is null and m.left_on is null
  union all
  select ${of}, 'other', coalesce(n.emergency_name, n.emergency_phone), null, array[]::text[]
    from client_needs n join member m on m.bank_id = n.bank_id and m.member_id = n.member_id
   where n.bank_id = $1 and n.emergency_phone = any ($2) and m.left_on is null
  order by 2 limit 50`;

/**
 * What each of the clients `$2` asked for last and did not call off, and who came, where that was one person. What comes back by itself is not asked for
 * again; for whom there is nothing else it is what was there last, at `$3`, not the last date that is laid.
 */
export const lastHelpSql = `
  select c.client_id, q.request_id, q.service_kind, q.starts_at, q.minutes, q.helpers_needed, q.place, h.helper_id, w.name as helper_name
    from unnest($2::uuid[]) as c (client_id)
    cross join lateral (select * from request q where q.bank_id = $1 and q.client_id = c.client_id and q.state <> 'cancelled'
      order by q.series_id is not null, q.series_id is not null and q.starts_at > $3, q.starts_at desc limit 1) q
    left join lateral (select case when count(*) = 1 then min(v.volunteer_id::text)::uuid end as helper_id from visit v
      where v.bank_id = $1 and v.request_id = q.request_id and v.state not in ('cancelled', 'no_show', 'rejected')) h on true
    left join helper w on w.bank_id = $1 and w.member_id = h.helper_id`;

/** Of each of the clients `$2` the newest visit of two weeks that is over and that nobody has confirmed, in the app or on the phone. */
export const toConfirmSql = `
  select distinct on (v.client_id) v.client_id, v.visit_id, v.service_kind, v.planned_start, w.name as volunteer_name
    from visit v join helper w on w.bank_id = v.bank_id and w.member_id = v.volunteer_id
   where v.bank_id = $1 and v.client_id = any ($2::uuid[]) and v.state in ('ready', 'needs_ack', 'needs_fix')
     and v.planned_start > $3::timestamptz - interval '14 days'
     and not exists (select from client_answer n where n.bank_id = v.bank_id and n.visit_id = v.visit_id)
     and not exists (select from call_back k where k.bank_id = v.bank_id and k.visit_id = v.visit_id and k.result <> 'not_reached')
   order by v.client_id, v.planned_start desc`;

export const openContactSql = `
  select contact_id from contact where bank_id = $1 and phone = any ($2) and client_id is null and closed_at is null order by recorded_at desc limit 1`;
