import { arrivalColumn, remindedColumn, visitLineSelectWith } from './visit-view';
import { waits } from '../waiting.sql';

const alive = `v.state not in ('cancelled', 'no_show')`;
const near = `v.state = 'in_progress' or (v.planned_start >= $3 and v.planned_start < $4)`;

/**
 * Member `$2`'s visits at bank `$1`: those planned between `$3` and `$4` and those under way; as helper also each that waits, and each approved since
 * `$5`. The first `$6` by start. Each side has an index; a list of both together would be read through the whole bank.
 */
export const ownVisits = `${visitLineSelectWith(`${arrivalColumn}, ${remindedColumn}`)} and v.visit_id = any (array(
    select v.visit_id from visit v where v.bank_id = $1 and v.volunteer_id = $2 and ${alive}
      and (${near} or ${waits} or (v.state = 'approved' and v.decided_at >= $5))
    union select v.visit_id from visit v where v.bank_id = $1 and v.client_id = $2 and ${alive} and (${near})))
  order by v.planned_start, v.visit_id limit $6`;

/** The account of member `$2` of bank `$1`. */
export const ownAccount = `select a.account_id, a.balance_minutes, a.held_out_minutes as held_minutes
  from member m join account a on a.bank_id = m.bank_id and a.account_id = m.account_id where m.bank_id = $1 and m.member_id = $2`;

const side = (own: 'volunteer' | 'client', other: 'volunteer' | 'client') => `
  (select v.${other}_id as other_id, v.credited_minutes as minutes, v.decided_at, '${own}' as side from visit v
    where v.bank_id = $1 and v.${own}_id = $2 and v.state = 'approved'
      and not exists (select from transfer t where t.bank_id = v.bank_id and t.reverses_id = v.transfer_id))`;

/** What member `$2` gave and received at bank `$1` in visits that were approved, since `$3` and ever. */
export const ownMinutes = `select coalesce(sum(minutes) filter (where side = 'volunteer'), 0) as given_ever,
    coalesce(sum(minutes) filter (where side = 'volunteer' and decided_at >= $3), 0) as given,
    count(distinct other_id) filter (where side = 'volunteer' and decided_at >= $3) as to_neighbours,
    coalesce(sum(minutes) filter (where side = 'client' and decided_at >= $3), 0) as received,
    count(distinct other_id) filter (where side = 'client' and decided_at >= $3) as by_neighbours
  from (${side('volunteer', 'client')} union all ${side('client', 'volunteer')}) served`;
