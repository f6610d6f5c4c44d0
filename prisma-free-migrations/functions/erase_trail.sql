-- Forgets what can be read of a row in all its entries, salts and all, but for how it stands now. On record; the hashes stay as they were sealed.
create or replace function erase_trail(bank uuid, what text, key text) returns integer
  language plpgsql security definer
  set search_path = public, pg_temp
  as $$
declare
  before text := see_banks(array[bank]::text);
  erased integer;
begin
  with entry as (
    -- The newest keeps the first of its salts: by it the row as it stands is checked.
    select t.recorded_xid, t.number, array_position(t.row_keys, key) as place, length(t.salts) / cardinality(t.row_keys) as width,
           case when t.number = max(t.number) over () then 16 else 0 end as kept
      from audit_trail t where t.bank_id = bank and t.table_name = what and t.act <> 'erase' and key = any (t.row_keys)
  )
  update audit_trail t
     set salts = overlay(t.salts placing decode(repeat('00', width - kept), 'hex') from width * (place - 1) + kept + 1),
         changes = case when t.changes is not null then jsonb_set(t.changes, array[(place - 1)::text], 'null') end
    from entry where t.bank_id = bank and t.recorded_xid = entry.recorded_xid and t.number = entry.number;
  get diagnostics erased = row_count;
  perform lay_trail(what, 'erase', bank, array[key], decode(repeat('00', 32), 'hex'), null, uuid_send(gen_random_uuid()), null);
  before := see_banks(before);
  return erased;
end $$;
revoke all on function erase_trail from public;
