-- By how many numbers what is stored lies ahead of what would be given next, of the banks in sight; null while it does not.
create or replace function transactions_behind() returns bigint
  language sql stable
  as $$
  select nullif(greatest(stored.newest::text::bigint + 1 - (pg_snapshot_xmax(pg_current_snapshot())::text::bigint + transaction_offset()), 0), 0)
    from (select greatest(
      (select max(recorded_xid) from transfer), (select max(recorded_xid) from hold), (select max(recorded_xid) from hold_end),
      (select max(recorded_xid) from refusal), (select max(recorded_xid) from account_history),
      (select max(entry.newest) from unnest(timebank_banks()) bank cross join lateral (
        select t.recorded_xid as newest from audit_trail t where t.bank_id = bank order by t.recorded_xid desc limit 1) entry),
      (select c.below_xid from checkpoint c order by c.below_xid desc limit 1)) as newest) stored
   where cardinality(timebank_banks()) > 0
  $$;
