-- Ends what has run out and was not ended before; looks at holds that ran out after `since`. Returns how many it ended.
create or replace function expire_holds(bank uuid, since timestamptz, at timestamptz) returns bigint
  language plpgsql security definer
  set search_path = public, pg_temp
  as $$
declare
  before text := see_banks(array[bank]::text);
  due uuid[];
  ended bigint := 0;
begin
  due := array(
    select h.hold_id from hold h
     where h.bank_id = bank and h.expires_at <= at and (since is null or h.expires_at > since)
       and not exists (select from hold_end e where e.bank_id = bank and e.hold_id = h.hold_id));
  if cardinality(due) > 0 then
    perform from account a
      where a.bank_id = bank and a.account_id in (select h.account_id from hold h where h.bank_id = bank and h.hold_id = any (due))
      order by a.account_id for no key update;
    ended := end_holds(bank, due, 'expired', at);
  end if;
  before := see_banks(before);
  return ended;
end $$;
call allow_app_call('expire_holds');
