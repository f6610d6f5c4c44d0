/** A series `s` that goes on at `$2`: it has dates ahead, and its client is one still. The day is only worked out for who has an end: it costs more than all else. */
export const goesOn = `(s.ends_on is null or s.ends_on > bank_day(s.bank_id, $2)) and coalesce(s.last_day > s.generated_until, true)
  and exists (select from role o where o.bank_id = s.bank_id and o.member_id = s.client_id and o.role = 'client')`;

/** The first day without of a series `s` whose client is `m`: their leaving ends it too, whoever has ended it before. */
export const endOfSeries = 'least(s.ends_on, m.left_on)';
/** Why it ends then. */
export const reasonOfEnd = `case when coalesce(m.left_on < s.ends_on, m.left_on is not null)
  then case m.left_reason when 'death' then 'died' when 'moved' then 'moved' else 'not_needed' end else s.end_reason end`;
