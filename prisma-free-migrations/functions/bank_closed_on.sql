-- The day a bank was closed on, also for who does not see the bank: asked before each call that would write.
create or replace function bank_closed_on(of_bank uuid) returns date
  language plpgsql security definer
  set search_path = public, pg_temp
  as $$
declare
  before text := see_banks(array[of_bank]::text);
  found date;
begin
  select b.closed_on into found from bank b where b.bank_id = of_bank and b.closed_on is not null;
  before := see_banks(before);
  return found;
end $$;
call allow_app_call('bank_closed_on');
