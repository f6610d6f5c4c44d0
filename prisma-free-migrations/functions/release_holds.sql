-- Gives the minutes of holds back, all or none. Repeatable. Returns a refusal's code, or null.
create or replace function release_holds(bank uuid, holds uuid[], at timestamptz, out code text)
  language plpgsql security definer
  set search_path = public, pg_temp
  as $$
declare
  before text := see_banks(array[bank]::text);
begin
  perform from account a
    where a.bank_id = bank and a.account_id in (select h.account_id from hold h where h.bank_id = bank and h.hold_id = any (holds))
    order by a.account_id for no key update;
  if exists (select from unnest(holds) given (id) where not exists (select from hold h where h.bank_id = bank and h.hold_id = given.id)) then
    code := 'ledger/hold_not_found';
  elsif exists (select from hold_end e where e.bank_id = bank and e.hold_id = any (holds) and e.outcome = 'posted') then
    code := 'ledger/hold_ended';
  else
    perform end_holds(bank, holds, 'released', at);
  end if;
  before := see_banks(before);
end $$;
call allow_app_call('release_holds');
