import type { TestCity } from '@timebank/testing';

const live = `v.state not in ('cancelled', 'no_show', 'rejected')`;
const helpers = `(select count(*) from visit v where v.bank_id = r.bank_id and v.request_id = r.request_id and ${live})`;

/** What must hold after every act, each as a statement that finds whatever breaks it; `$1` the bank, `$2` now. */
const broken: Readonly<Record<string, string>> = {
  'more helpers than are needed': `select r.request_id as id from request r where r.bank_id = $1 and $2::timestamptz is not null and ${helpers} > r.helpers_needed`,
  'open though full, or taken though not': `select r.request_id as id from request r where r.bank_id = $1 and $2::timestamptz is not null
    and r.state in ('open', 'taken') and (r.state = 'taken') <> (${helpers} >= r.helpers_needed)`,
  'helpers of a cancelled request': `select r.request_id as id from request r where r.bank_id = $1 and $2::timestamptz is not null
    and r.state = 'cancelled' and ${helpers} > 0`,
  'one helper twice': `select v.request_id as id from visit v where v.bank_id = $1 and $2::timestamptz is not null and ${live}
    group by v.request_id, v.volunteer_id having count(*) > 1`,
  'in two places at once': `select v.visit_id as id from visit v join visit o on o.bank_id = v.bank_id and o.volunteer_id = v.volunteer_id
    and o.visit_id <> v.visit_id and o.state = 'planned' and o.planned_start < v.planned_end and o.planned_end > v.planned_start
    where v.bank_id = $1 and v.state = 'planned' and $2::timestamptz is not null`,
  'one date laid twice': `select r.series_id as id from request r where r.bank_id = $1 and r.series_id is not null and $2::timestamptz is not null
    and r.planned_date is not null group by r.series_id, r.planned_date having count(*) > 1`,
  'the same hour laid twice': `select r.series_id as id from request r where r.bank_id = $1 and r.series_id is not null and r.starts_at > $2
    and r.state <> 'cancelled' and r.planned_date = bank_day(r.bank_id, r.starts_at) group by r.series_id, r.starts_at having count(*) > 1`,
  'a coming date after the end': `select r.request_id as id from request r join series s on s.bank_id = r.bank_id and s.series_id = r.series_id
    where r.bank_id = $1 and r.state <> 'cancelled' and r.starts_at > $2 and r.planned_date >= s.ends_on and r.starts_at >= s.ends_on::timestamptz`,
  'a coming date on a paused day': `select r.request_id as id from request r where r.bank_id = $1 and r.series_id is not null and r.starts_at > $2
    and r.state <> 'cancelled' and r.planned_date is not null and series_pauses(r.bank_id, r.series_id) @> r.planned_date
    and not exists (select from visit v where v.bank_id = r.bank_id and v.request_id = r.request_id and v.state not in ('planned', 'cancelled'))`,
  'a visit of somebody who is away': `select v.visit_id as id from visit v join availability a on a.bank_id = v.bank_id and a.member_id = v.volunteer_id
    where v.bank_id = $1 and v.state = 'planned' and v.planned_start > $2 and a.pauses @> bank_day(v.bank_id, v.planned_start)`,
  'a request asked of somebody twice': `select o.request_id as id from offer o where o.bank_id = $1 and o.state in ('open', 'standby')
    and $2::timestamptz is not null group by o.request_id, o.volunteer_id having count(*) > 1`,
  'minutes held for nobody': `select a.account_id as id from member m join account a on a.bank_id = m.bank_id and a.account_id = m.account_id
    where m.bank_id = $1 and $2::timestamptz is not null and a.held_out_minutes <> (
      select coalesce(sum(v.planned_minutes), 0) from visit v where v.bank_id = m.bank_id and v.client_id = m.member_id
        and v.payer_account_id is null and v.state in ('planned', 'in_progress', 'ready', 'needs_ack', 'needs_fix'))`,
};

/** The first rule that does not hold, with what breaks it; null where all hold. */
export async function brokenRule(city: TestCity): Promise<string | null> {
  for (const [rule, sql] of Object.entries(broken)) {
    const rows = await city.rooms.database.query<{ id: string }>(sql, [city.bankId, city.rooms.clock.now()]);
    if (rows.length > 0) return `${rule}: ${rows[0]?.id}`;
  }
  return null;
}
