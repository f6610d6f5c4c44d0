-- Below every transaction that still runs.
create or replace function ledger_horizon() returns xid8
  language sql stable
  as $$ select (pg_snapshot_xmin(pg_current_snapshot())::text::bigint + transaction_offset())::text::xid8 $$;
