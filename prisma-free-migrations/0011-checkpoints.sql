-- Checkpoints: what a bank's ledger wrote is sealed under one signed hash, which is published outside this database.

-- The statement is kept as the very text that was signed.
create table checkpoint (
  bank_id uuid not null,
  number integer not null check (number > 0),
  -- Sealed is what transactions below this one wrote, and was not sealed before.
  below_xid xid8 not null,
  statement text not null,
  signature bytea not null,
  primary key (bank_id, number),
  unique (bank_id, below_xid)
);
call isolate_by_bank('checkpoint');
call append_only('checkpoint');
call allow_app('select', 'checkpoint');

-- Finds what a stretch of transactions wrote. Plain trees: xid8 has no smaller kind of index, and a value made from it would be
-- compared only behind the wall between banks, row by row.
create index transfer_by_transaction on transfer (recorded_xid);
create index hold_by_transaction on hold (recorded_xid);
create index hold_end_by_transaction on hold_end (recorded_xid);
create index refusal_by_transaction on refusal (recorded_xid);
create index account_history_by_transaction on account_history (recorded_xid);

-- Appends a bank's next checkpoint. Answers false when another process was faster; nothing is kept then.
create function add_checkpoint(bank uuid, next_number integer, below xid8, signed_statement text, its_signature bytea) returns boolean
  language plpgsql security definer
  set search_path = public, pg_temp
  as $$
declare
  before text := see_banks(array[bank]::text);
  newest checkpoint;
  added integer := 0;
begin
  if below > pg_snapshot_xmin(pg_current_snapshot()) then raise exception 'transactions that still run are not sealed'; end if;
  select * into newest from checkpoint c where c.bank_id = bank order by c.number desc limit 1;
  if next_number = coalesce(newest.number, 0) + 1 and below > coalesce(newest.below_xid, '0') then
    insert into checkpoint (bank_id, number, below_xid, statement, signature)
      values (bank, next_number, below, signed_statement, its_signature) on conflict do nothing;
    get diagnostics added = row_count;
  end if;
  before := see_banks(before);
  return added = 1;
end $$;
call allow_app_call('add_checkpoint');
