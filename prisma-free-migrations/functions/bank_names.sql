-- Names of banks are no secret between banks: a statement says which one stands on the other side.
create or replace function bank_names(banks uuid[]) returns table (bank_id uuid, name text)
  language plpgsql security definer
  set search_path = public, pg_temp
  as $$
declare
  before text := see_banks(banks::text);
begin
  return query select b.bank_id, b.name from bank b where b.bank_id = any (banks);
  before := see_banks(before);
end $$;
call allow_app_call('bank_names');
