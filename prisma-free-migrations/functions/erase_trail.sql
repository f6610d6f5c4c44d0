-- Forgets what can be read of a row in all its entries, salts and all, but for how it stands now. On record; the hashes stay as they were sealed.
create or replace function erase_trail(bank uuid, what text, key text) returns integer
  language plpgsql security definer
  set search_path = public, pg_temp
  as $$
declare
  before text := see_banks(array[bank]::text);
  newest bigint;
  entry record;
  erased integer := 0;
begin
  for entry in
    select t.number, array_position(t.row_keys, key) as place from audit_trail t
     where t.bank_id = bank and t.table_name = what and t.act <> 'erase' and key = any (t.row_keys) order by t.number desc
  loop
    newest := coalesce(newest, entry.number);
    update audit_value v
       set salts = case when entry.number = newest then overlay(v.salts placing decode(repeat('00', 16), 'hex') from 32 * entry.place - 15)
                        else overlay(v.salts placing decode(repeat('00', 32), 'hex') from 32 * entry.place - 31) end,
           changes = case when v.changes is not null then jsonb_set(v.changes, array[(entry.place - 1)::text], 'null') end
     where v.bank_id = bank and v.number = entry.number;
    erased := erased + 1;
  end loop;
  perform lay_trail(what, 'erase', array[bank], array[key], array[null::text], null);
  before := see_banks(before);
  return erased;
end $$;
revoke all on function erase_trail from public;
