-- Nobody posts to any account of a bank, nor holds anything there, until the caller's transaction ends: what is under way is waited for.
create or replace function hold_books(bank uuid) returns void
  language plpgsql security definer
  set search_path = public, pg_temp
  as $$
declare
  before text := see_banks(array[bank]::text);
begin
  perform from account a where a.bank_id = bank order by a.account_id for no key update;
  before := see_banks(before);
end $$;
call allow_app_call('hold_books');
