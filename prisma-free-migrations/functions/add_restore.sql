-- Writes a restore down, with the checkpoints that it makes void. Answers false when another process was faster; nothing is kept then.
create or replace function add_restore(
  bank uuid, restore_number integer, first_void integer, last_void integer, signed_statement text, its_signature bytea,
  void_statements text[], void_signatures bytea[]
) returns boolean
  language plpgsql security definer
  set search_path = public, pg_temp
  as $$
declare
  before text := see_banks(array[bank]::text);
  added integer := 0;
begin
  if first_void = next_checkpoint(bank) then
    insert into ledger_restore (bank_id, number, void_from, void_through, statement, signature)
      values (bank, restore_number, first_void, last_void, signed_statement, its_signature) on conflict do nothing;
    get diagnostics added = row_count;
  end if;
  if added = 1 then
    insert into void_checkpoint (bank_id, restore_number, number, statement, signature)
      select bank, restore_number, first_void - 1 + place, given.statement, given.signature
        from unnest(void_statements, void_signatures) with ordinality as given (statement, signature, place);
  end if;
  before := see_banks(before);
  return added = 1;
end $$;
call allow_app_call('add_restore');
