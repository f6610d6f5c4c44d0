-- The newest moment after `at` that is stored, of the banks in sight; null when there is none, and where a repair has answered for it.
-- Asked every few seconds: through the small indexes also where the planner takes a table's rows to lie in no order.
create or replace function stored_ahead(at timestamptz) returns timestamptz
  language sql stable
  set enable_seqscan = off
  as $$
  select max(found.instant) from (
    select recorded_in_truth(bank_id, recorded_at, recorded_xid) as instant from transfer where recorded_at > at
    union all
    select recorded_in_truth(bank_id, recorded_at, recorded_xid) from account_history where recorded_at > at
    union all
    select made.instant from (
      select bank_id, received_at as instant from scan_event where received_at > at
      union all select bank_id, created_at from visit where created_at > at
      union all select bank_id, created_at from request where created_at > at
      union all select bank_id, decided_at from approval where decided_at > at
    ) made
     where not exists (select from ledger_clock_repair r where r.bank_id = made.bank_id and r.ahead_until >= made.instant)
  ) found where found.instant > at
  $$;
call allow_app_call('stored_ahead');
