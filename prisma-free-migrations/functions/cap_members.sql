-- Gives every member's open account the savings cap in force. An account that holds more keeps what it has and takes in
-- nothing. Repeatable; returns how many accounts changed.
create or replace function cap_members(bank uuid, cap bigint, at timestamptz) returns bigint
  language plpgsql security definer
  set search_path = public, pg_temp
  as $$
declare
  before text := see_banks(array[bank]::text);
  changed uuid[];
begin
  with locked as (
    select a.account_id, greatest(cap, a.balance_minutes) as ceiling from account a
     where a.bank_id = bank and a.kind = 'member' and a.closed_at is null
       and a.ceiling_minutes is distinct from greatest(cap, a.balance_minutes)
     order by a.account_id for no key update
  ), capped as (
    update account a set ceiling_minutes = locked.ceiling, revision = a.revision + 1
      from locked where a.bank_id = bank and a.account_id = locked.account_id
      returning a.account_id
  )
  select array_agg(account_id) into changed from capped;
  perform remember_accounts(bank, changed, at);
  perform see_banks(before);
  return coalesce(cardinality(changed), 0);
end $$;
call allow_app_call('cap_members');
