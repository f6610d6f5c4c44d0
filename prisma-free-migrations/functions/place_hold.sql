-- Sets minutes of an account aside. Repeatable with the same content. Returns a refusal's code, or null.
create or replace function place_hold(
  bank uuid, hold uuid, account uuid, amount integer, expires timestamptz, at timestamptz, out code text, out parameters jsonb
) language plpgsql security definer
  set search_path = public, pg_temp
  as $$
declare
  before text := see_banks(array[bank]::text);
  free bigint;
  closed boolean;
  placed hold;
begin
  parameters := '{}';
  <<placing>>
  begin
    select a.balance_minutes - a.held_out_minutes - a.floor_minutes, a.closed_at is not null into free, closed
      from account a where a.bank_id = bank and a.account_id = account for no key update;
    if not found then
      code := 'ledger/account_not_found';
      exit placing;
    end if;
    select * into placed from hold h where h.bank_id = bank and h.hold_id = hold;
    if found then
      if (placed.account_id, placed.minutes) is distinct from (account, amount) then code := 'ledger/id_reused'; end if;
      exit placing;
    end if;
    if closed then
      code := 'ledger/account_closed';
      exit placing;
    end if;
    if free < amount then
      code := 'ledger/overdraft';
      parameters := jsonb_build_object('availableMinutes', greatest(free, 0));
      exit placing;
    end if;
    insert into hold (bank_id, hold_id, account_id, minutes, expires_at, placed_at)
      values (bank, hold, account, amount, expires, at) on conflict (bank_id, hold_id) do nothing;
    -- Another account's hold took the id a moment ago: start again and find it.
    if not found then raise serialization_failure; end if;
    update account a set held_out_minutes = a.held_out_minutes + amount where a.bank_id = bank and a.account_id = account;
  end placing;
  before := see_banks(before);
end $$;
call allow_app_call('place_hold');
