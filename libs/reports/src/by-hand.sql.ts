import type { Integrity } from '@timebank/contract';
import { recordedInTruth } from '@timebank/ledger';

export type ByHand = Integrity['byHand'];

export const nothingByHand: ByHand = { grants: 0, reversals: 0, roleChanges: 0, byTwo: 0, withoutReason: 0 };

const movedAt = recordedInTruth('done_at', 'transfer.recorded_xid');

/** What staff of a bank moved or changed by hand between two instants; what was moved while a clock was wrong, at its repair. */
export const byHandSql = `
  select count(*) filter (where what = 'grant')::integer as grants, count(*) filter (where what = 'reversal')::integer as reversals,
         count(*) filter (where what = 'role')::integer as role_changes, count(*) filter (where first_by is not null)::integer as by_two,
         count(*) filter (where reason_code is null)::integer as without_reason
    from (
      select hand.kind as what, first_by, reason_code from hand_transfer hand join transfer using (bank_id, transfer_id)
       where bank_id = $1 and done_at >= $2 and ${movedAt} >= $2 and ${movedAt} < $3 and hand.kind in ('grant', 'reversal')
      union all
      select 'role', first_by, reason_code from role_change where bank_id = $1 and changed_at >= $2 and changed_at < $3
    ) hand`;
