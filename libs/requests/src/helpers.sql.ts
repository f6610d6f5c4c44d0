/** Visits `v` that count as help for request `r`: planned, under way, waiting or approved. */
export const helps = `v.bank_id = r.bank_id and v.request_id = r.request_id and v.state not in ('cancelled', 'no_show', 'rejected')`;

/** Who pays for the next helper of request `r`: the client for one of them, and for more where the kind does not say that the pool does. */
const payerOfNext = `case
    when (select k.further_helpers_paid_by from service_kind k where k.code = r.service_kind) = 'pool'
      and exists (select from visit v where ${helps} and v.payer_account_id is null)
    then (select b.pool_account_id from bank b where b.bank_id = r.bank_id)
    else (select m.account_id from member m where m.bank_id = r.bank_id and m.member_id = r.client_id)
  end`;

/** Whether the free minutes of whoever pays for the next helper of request `r` are too few. */
export const isShort = `(select a.floor_minutes is not null and a.balance_minutes - a.held_out_minutes - a.floor_minutes < r.minutes
  from account a where a.bank_id = r.bank_id and a.account_id = ${payerOfNext})`;
