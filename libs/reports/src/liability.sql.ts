import { recordedInTruth } from '@timebank/ledger';

/**
 * The three statements of the liability report, over every bank of `$1` at once. `$2` is the instant before which each bank's day ends,
 * per bank in the order of `$1`. A reversal counts as its original the other way round.
 */

/** The zones that the banks have had, a row each, from one instant to the next; the four parameters from `$first` on. */
const zonesFrom = (first: number) =>
  `dated as (select * from unnest($${first}::uuid[], $${first + 1}::text[], $${first + 2}::timestamptz[], $${first + 3}::timestamptz[]) as given (bank_id, zone, since, till))`;
const inZoneOf = (transfer: string) =>
  `join dated on dated.bank_id = ${transfer}.bank_id and ${transfer}.told_at >= dated.since and ${transfer}.told_at < dated.till`;

/** Rows of a table with when they count as recorded, whatever a wrong clock said; computed once a row (`offset 0`). */
const told = (table: 'transfer' | 'hold' | 'hold_end', at: string, which = '') =>
  `(select ${table}.*, ${recordedInTruth(at, `${table}.recorded_xid`, `${table}.bank_id`)} as told_at from ${table} ${which} offset 0)`;
const transfers = (which = '') => told('transfer', 'recorded_at', which);

/** What moved between kinds of accounts, by year, kind and class. `$3` where the last twelve months begin, from `$4` on the zones. */
export const flowsSql = `
  with scope as (
    select * from unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[]) as given (bank_id, until, recent_from)
  ), ${zonesFrom(4)}, signed as (
    select bank_id, kind, class, debit_account_id as giver_id, credit_account_id as taker_id, minutes, told_at
      from ${transfers('where reverses_id is null')} t
    union all
    select r.bank_id, o.kind, o.class, r.credit_account_id, r.debit_account_id, -r.minutes, r.told_at
      from ${transfers('where reverses_id is not null')} r join transfer o on o.bank_id = r.bank_id and o.transfer_id = r.reverses_id
  )
  select moved.bank_id, extract(year from told_at at time zone zone)::integer as year, told_at >= recent_from as is_recent,
         moved.kind, giver.kind as giver, taker.kind as taker, sum(minutes)::bigint as minutes,
         min((told_at at time zone zone)::date) as first_day
    from scope
    join signed moved on moved.bank_id = scope.bank_id and moved.told_at < scope.until
    ${inZoneOf('moved')}
    join account giver on giver.bank_id = moved.bank_id and giver.account_id = giver_id
    join account taker on taker.bank_id = moved.bank_id and taker.account_id = taker_id
   group by 1, 2, 3, 4, 5, 6`;

/**
 * What members still hold, first in, first out: an account's spent minutes consume the oldest that came, so of an incoming transfer there is left by
 * how much the sum up to it exceeds what went out. A reversed transfer and its reversal count as if neither had happened. `$3` the day, `$4` the age
 * from which one may be helped oneself, from `$5` on the zones.
 */
export const lotsSql = `
  with scope as (
    select * from unnest($1::uuid[], $2::timestamptz[], $4::integer[]) as given (bank_id, until, from_age)
  ), ${zonesFrom(5)}, standing as materialized (
    select t.bank_id, debit_account_id, credit_account_id, credit_version, minutes,
           case kind when 'service' then class else kind end as source,
           extract(year from told_at at time zone zone)::smallint as year
      from scope join ${transfers()} t on t.bank_id = scope.bank_id and t.told_at < scope.until
           ${inZoneOf('t')}
     where t.reverses_id is null and (t.bank_id, t.transfer_id) not in (
             select r.bank_id, r.reverses_id from ${transfers('where reverses_id is not null')} r
               join scope on scope.bank_id = r.bank_id and r.told_at < scope.until)
  ), holder as materialized (
    select a.bank_id, a.account_id, coalesce(spent.minutes, 0) as spent_minutes,
           birth_date > $3::date - make_interval(years => from_age) as is_young,
           case when birth_date is null then 'unknown'
                when birth_date > $3::date - interval '50 years' then 'under50'
                when birth_date > $3::date - interval '60 years' then '50to59'
                when birth_date > $3::date - interval '70 years' then '60to69'
                when birth_date > $3::date - interval '80 years' then '70to79'
                else '80plus' end as band
      from scope
      join account a on a.bank_id = scope.bank_id and a.kind = 'member'
      left join member m on m.bank_id = a.bank_id and m.member_id = a.owner_id
      left join (select bank_id, debit_account_id as account_id, sum(minutes) as minutes from standing group by 1, 2) spent
        on spent.bank_id = a.bank_id and spent.account_id = a.account_id
  ), lot as (
    select holder.bank_id, band, is_young, source, year,
           least(minutes, sum(minutes) over came - spent_minutes) as minutes,
           lead(minutes) over came is null as is_newest
      from standing join holder on holder.bank_id = standing.bank_id and holder.account_id = standing.credit_account_id
    window came as (partition by holder.bank_id, holder.account_id order by credit_version)
  )
  select bank_id, band, coalesce(is_young, false) as is_young, source, year::integer as year, sum(minutes)::bigint as minutes,
         count(*) filter (where is_newest) as holders
    from lot where minutes > 0
   group by 1, 2, 3, 4, 5`;

/** Holds that have not ended. */
export const heldSql = `
  with scope as (select * from unnest($1::uuid[], $2::timestamptz[]) as given (bank_id, until))
  select hold.bank_id, sum(minutes)::bigint as minutes
    from scope
    join ${told('hold', 'placed_at')} hold on hold.bank_id = scope.bank_id and hold.told_at < scope.until
    left join ${told('hold_end', 'ended_at')} ended on ended.bank_id = hold.bank_id and ended.hold_id = hold.hold_id and ended.told_at < scope.until
   where ended.hold_id is null
   group by 1`;

/**
 * Row security hides from the planner how much there is to read: it would look rows up one by one, and sort what it could hash. Before
 * PostgreSQL 18 what is turned off but cannot be avoided costs so much on paper that a second would go into compiling the plan.
 */
export const plansForMuch = `
  select set_config('enable_nestloop', 'off', true), set_config('enable_mergejoin', 'off', true), set_config('enable_sort', 'off', true),
         set_config('work_mem', '48MB', true), set_config('jit', 'off', true)`;
