/**
 * Clients of bank `$1` who at `$2` have had no help for `$3` days, asked for none, and have nothing ahead; `$4` is today by the bank's clock. Somebody who was
 * called comes back on the day that was said, or after as many days again; who wishes not to be called, when they have had help again since.
 */
export const silentSql = `
  select m.member_id, m.name, m.phone, m.home_address, coalesce(m.circumstances, '{}') as circumstances, seen.last_help_at,
         k.called_at as contact_at, k.result as contact_result, k.note as contact_note, k.next_on,
         (select h.name from helper h where h.bank_id = m.bank_id and h.person_id = k.called_by limit 1) as contact_by_name
    from role r join member m on m.bank_id = r.bank_id and m.member_id = r.member_id
    cross join lateral (select max(q.starts_at) as last_help_at from request q
      where q.bank_id = $1 and q.client_id = m.member_id and q.state <> 'cancelled') seen
    left join lateral (select * from check_in k where k.bank_id = $1 and k.client_id = m.member_id order by k.called_at desc limit 1) k on true
   where r.bank_id = $1 and r.role = 'client' and r.home_bank_id is null and m.left_on is null
     and coalesce(seen.last_help_at, m.created_at) < $2::timestamptz - make_interval(days => $3)
     and case when k.called_at is null then true
              when k.result = 'do_not_call' then coalesce(seen.last_help_at > k.called_at, false)
              when k.next_on is not null then k.next_on <= $4::date
              when k.result = 'not_reached' then k.called_at < $2::timestamptz - interval '1 day'
              else k.called_at < $2::timestamptz - make_interval(days => $3) end
   order by 'living_alone' = any (coalesce(m.circumstances, '{}')) desc, coalesce(seen.last_help_at, m.created_at), m.member_id`;
