-- Appends a bank's next checkpoint; numbers go on after void ones. Answers false when another process was faster; nothing is kept then.
create or replace function add_checkpoint(bank uuid, next_number integer, below xid8, signed_statement text, its_signature bytea) returns boolean
  language plpgsql security definer
  set search_path = public, pg_temp
  as $$
declare
  before text := see_banks(array[bank]::text);
  newest checkpoint;
  added integer := 0;
begin
  if below > ledger_horizon() then raise exception 'transactions that still run are not sealed'; end if;
  select * into newest from checkpoint c where c.bank_id = bank order by c.number desc limit 1;
  if next_number = next_checkpoint(bank) and below > coalesce(newest.below_xid, '0') then
    insert into checkpoint (bank_id, number, below_xid, statement, signature)
      values (bank, next_number, below, signed_statement, its_signature) on conflict do nothing;
    get diagnostics added = row_count;
  end if;
  before := see_banks(before);
  return added = 1;
end $$;
call allow_app_call('add_checkpoint');
