-- Lets a bank go on whose books have run ahead of `at`: its accounts take entries again. Answers up to when they had, null when they had not;
-- nothing is kept then. Nobody posts meanwhile: the accounts are locked as postings lock them.
create or replace function repair_clock(bank uuid, at timestamptz, who text, why text) returns timestamptz
  language plpgsql security definer
  set search_path = public, pg_temp
  as $$
declare
  before text := see_banks(array[bank]::text);
  ahead timestamptz;
  held integer;
begin
  perform from account where bank_id = bank order by account_id for no key update;
  select count(*) into held from account where bank_id = bank and recorded_until > at;
  ahead := stored_ahead(at);
  if ahead is not null then
    insert into ledger_clock_repair (bank_id, number, repaired_at, ahead_until, accounts, said_by, reason)
      select bank, coalesce(max(number), 0) + 1, at, ahead, held, who, why from ledger_clock_repair where bank_id = bank;
    update account set recorded_until = at where bank_id = bank and recorded_until > at;
  end if;
  before := see_banks(before);
  return ahead;
end $$;
call allow_app_call('repair_clock');
