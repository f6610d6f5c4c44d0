-- What both sides of a transfer may know: every column but versions, balances and hashes, in Postgres's binary form of a record.
create or replace function transfer_content(entry transfer) returns bytea
  language sql immutable parallel safe
  as $$
  select sha256(record_send(row(entry.bank_id, entry.transfer_id, entry.debit_account_id, entry.credit_account_id, entry.visit_id,
    entry.reverses_id, entry.actor_id, entry.effective_at, entry.recorded_at, entry.recorded_xid, entry.minutes, entry.kind, entry.class,
    entry.memo_code)))
  $$;
