/** A series `s` that goes on at `$2`: it has dates ahead, and its client is one still. */
export const goesOn = `coalesce(s.ends_on > bank_day(s.bank_id, $2), true) and coalesce(s.last_day > s.generated_until, true)
  and exists (select from role o where o.bank_id = s.bank_id and o.member_id = s.client_id and o.role = 'client')`;
