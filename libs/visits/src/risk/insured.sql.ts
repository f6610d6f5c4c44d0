/** Whether an insurance `i` counts for a kind of service on a day; first and last day count. Both are SQL. */
export const covers = (kind: string, day: string): string =>
  `${day} between i.valid_from and coalesce(i.ended_on, i.valid_until) and (i.kinds is null or ${kind} = any (i.kinds))`;

/**
 * The first day of a request `r` on which its bank has no insurance for its kind; null where each of its days is insured. One over midnight has two. It
 * ends before the first moment of a day.
 */
export const uninsuredOn = `(select min(d.day)::date
  from generate_series(bank_day(r.bank_id, r.starts_at)::timestamp, bank_day(r.bank_id, r.ends_at - interval '1 microsecond')::timestamp, '1 day') d (day)
 where not exists (select from insurance i where i.bank_id = r.bank_id and ${covers('r.service_kind', 'd.day::date')}))`;

/** An insurance is renewed with some weeks of notice. */
const endsWithinDays = 30;

/** Insurances of bank `$1` that end within 30 days of `now`, and which no other one carries on for the same kinds of service. */
export const endingInsurances = (now: string): string =>
  `select coalesce(i.ended_on, i.valid_until) as ends_on from insurance i, bank_day($1, ${now}::timestamptz) today
    where i.bank_id = $1 and coalesce(i.ended_on, i.valid_until) between today and today + ${endsWithinDays}
      and coalesce(i.ended_on, i.valid_until) >= i.valid_from
      and not exists (select from insurance n where n.bank_id = i.bank_id and n.insurance_id <> i.insurance_id
        and n.valid_from <= coalesce(i.ended_on, i.valid_until) + 1 and coalesce(n.ended_on, n.valid_until) > coalesce(i.ended_on, i.valid_until)
        and (n.kinds is null or n.kinds @> i.kinds))`;
