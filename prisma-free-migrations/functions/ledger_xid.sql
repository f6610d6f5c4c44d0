-- The number that this transaction's rows in the ledger carry: the server's, and what a restore into a fresh server had to add to it.
create or replace function ledger_xid() returns xid8
  language sql volatile
  as $$ select (pg_current_xact_id()::text::bigint + transaction_offset())::text::xid8 $$;
