-- What both sides of a transfer may know, hashed: every column but versions, balances and hashes, in Postgres's binary form of a record. It goes
-- into both accounts' chains, so that either side shows its own entries and says nothing of the other's. The one recipe of whoever writes; the
-- audit and proofs have theirs (`transferColumns` in the ledger's room), so that they do not ask the database whether it is right.
-- Stable, as `record_send` is: then Postgres writes it into the statement that uses it, and a call costs nothing.
create or replace function transfer_content(entry transfer) returns bytea
  language sql stable parallel safe
  as $$
  select sha256(record_send(row(entry.bank_id, entry.transfer_id, entry.debit_account_id, entry.credit_account_id, entry.visit_id,
    entry.reverses_id, entry.actor_id, entry.effective_at, entry.recorded_at, entry.recorded_xid, entry.minutes, entry.kind, entry.class,
    entry.memo_code)))
  $$;
