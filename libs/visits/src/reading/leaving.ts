import type { VisitLine } from '@timebank/contract';

/** A visit `o` that was moved, and visit `v` took its place; whoever calls off their own has moved nothing. Looked up by its request: for `exists` Postgres would gather all visits. */
const wasMoved = `(select count(*) > 0 from visit o where o.bank_id = v.bank_id and o.request_id = v.request_id and o.volunteer_id = v.volunteer_id
  and o.cancelled_at = v.created_at and o.cancelled_side <> 'by_volunteer')`;

/** Whether its helper left visit `v` on its own day or later. The day before is early enough; so is a day after somebody else moved it. */
export const leftLate = `coalesce(v.cancelled_side = 'by_volunteer' and bank_day(v.bank_id, v.cancelled_at) >= bank_day(v.bank_id, v.planned_start)
  and not (v.cancelled_at < v.created_at + interval '24 hours' and ${wasMoved}), false)`;

type CancelledVisit = VisitLine['cancelled'];

/** Why somebody called off is for them and for staff; whether it was late, for staff. */
export function cancelledAs(cancelled: CancelledVisit, reader: 'staff' | 'volunteer' | 'client'): CancelledVisit {
  if (cancelled === null || reader === 'staff') return cancelled;
  const { side, reasonCode } = cancelled;
  return { side, reasonCode: side === `by_${reader}` ? reasonCode : null };
}
