-- Opens accounts; repeatable. Returns how many of the ids belong to an account of other kind or owner.
create or replace function open_accounts(
  bank uuid, account_ids uuid[], kinds text[], owner_ids uuid[], floors bigint[], ceilings bigint[], at timestamptz
) returns bigint
  language plpgsql security definer
  set search_path = public, pg_temp
  as $$
declare
  before text := see_banks(array[bank]::text);
  opened uuid[];
  reused bigint;
begin
  with new_accounts as (
    insert into account (bank_id, account_id, kind, owner_id, floor_minutes, ceiling_minutes, recorded_until, opened_at)
      select bank, given.account_id, given.kind, given.owner_id, given.floor_minutes, given.ceiling_minutes, at, at
        from unnest(account_ids, kinds, owner_ids, floors, ceilings) as given (account_id, kind, owner_id, floor_minutes, ceiling_minutes)
       order by given.account_id
      on conflict (bank_id, account_id) do nothing
      returning account_id
  )
  select array_agg(account_id) into opened from new_accounts;
  perform remember_accounts(bank, opened, at);
  select count(*) into reused
    from unnest(account_ids, kinds, owner_ids) as given (account_id, kind, owner_id)
    join account a on a.bank_id = bank and a.account_id = given.account_id
   where (a.kind, a.owner_id) is distinct from (given.kind, given.owner_id);
  before := see_banks(before);
  return reused;
end $$;
call allow_app_call('open_accounts');
