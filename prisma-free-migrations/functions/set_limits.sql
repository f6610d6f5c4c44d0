-- Sets an account's floor and ceiling, which must leave room for what is on it. Repeatable. Returns a refusal's code, or null.
create or replace function set_limits(
  bank uuid, account uuid, new_floor bigint, new_ceiling bigint, at timestamptz, out code text, out parameters jsonb
) language plpgsql security definer
  set search_path = public, pg_temp
  as $$
declare
  before text := see_banks(array[bank]::text);
  stands account;
begin
  parameters := '{}';
  select * into stands from account a where a.bank_id = bank and a.account_id = account for no key update;
  if not found then
    code := 'ledger/account_not_found';
  elsif stands.closed_at is not null then
    code := 'ledger/account_closed';
  elsif stands.balance_minutes - stands.held_out_minutes < new_floor or stands.balance_minutes > new_ceiling then
    code := 'ledger/limit_passed';
    parameters := jsonb_build_object('balanceMinutes', stands.balance_minutes, 'heldMinutes', stands.held_out_minutes);
  elsif (stands.floor_minutes, stands.ceiling_minutes) is distinct from (new_floor, new_ceiling) then
    update account a set floor_minutes = new_floor, ceiling_minutes = new_ceiling, revision = a.revision + 1
     where a.bank_id = bank and a.account_id = account;
    perform remember_accounts(bank, array[account], at);
  end if;
  before := see_banks(before);
end $$;
call allow_app_call('set_limits');
