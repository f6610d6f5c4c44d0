-- Closes an empty account for good. Repeatable. Returns a refusal's code, or null.
create or replace function close_account(bank uuid, account uuid, at timestamptz, out code text, out parameters jsonb)
  language plpgsql security definer
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
  elsif stands.balance_minutes <> 0 or stands.held_out_minutes <> 0 then
    code := 'ledger/account_not_empty';
    parameters := jsonb_build_object('balanceMinutes', stands.balance_minutes, 'heldMinutes', stands.held_out_minutes);
  elsif stands.closed_at is null then
    update account a set closed_at = at, revision = a.revision + 1 where a.bank_id = bank and a.account_id = account;
    perform remember_accounts(bank, array[account], at);
  end if;
  before := see_banks(before);
end $$;
call allow_app_call('close_account');
