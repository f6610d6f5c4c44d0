-- A machine's clock that was wrong for a while has recorded entries in a time that has not come yet, and what follows on those accounts is
-- refused until it has. Somebody who puts it right says so, by name and with a reason; from then on the accounts take entries at the time
-- that it is. No entry is touched: along an account's versions recording times then fall once, and only where such a row says so.

create table ledger_clock_repair (
  bank_id uuid not null,
  number integer not null check (number > 0),
  -- What time it was when it was said, and up to when the books had run ahead.
  repaired_at timestamptz not null,
  ahead_until timestamptz not null,
  accounts integer not null,
  said_by text not null check (said_by <> ''),
  reason text not null check (reason <> ''),
  recorded_xid xid8 not null default ledger_xid(),
  primary key (bank_id, number)
);
call isolate_by_bank('ledger_clock_repair');
call append_only('ledger_clock_repair');
call allow_app('select', 'ledger_clock_repair');

-- What was recorded in a time that has not come is looked for again and again. Small, since rows lie in the order of time but for such ones.
create index transfer_by_time on transfer using brin (recorded_at) with (autosummarize = on);
create index account_history_by_time on account_history using brin (recorded_at) with (autosummarize = on);
create index scan_event_by_time on scan_event using brin (received_at) with (autosummarize = on);
create index visit_by_making on visit using brin (created_at) with (autosummarize = on);
create index request_by_making on request using brin (created_at) with (autosummarize = on);
create index approval_by_time on approval using brin (decided_at) with (autosummarize = on);

-- When a row of the ledger counts as recorded: as it says, or at the repair that came after it where it says something later than that.
create function recorded_in_truth(bank uuid, recorded timestamptz, xid xid8) returns timestamptz
  language sql stable parallel safe
  as $$
  select least(recorded, (select min(r.repaired_at) from ledger_clock_repair r where r.bank_id = bank and r.recorded_xid > xid))
  $$;

-- The newest moment after `at` that is stored, of the banks in sight; null when there is none, and where a repair has answered for it.
create function stored_ahead(at timestamptz) returns timestamptz
  language sql stable
  as $$
  select max(found.instant) from (
    select recorded_in_truth(bank_id, recorded_at, recorded_xid) as instant from transfer where recorded_at > at
    union all
    select recorded_in_truth(bank_id, recorded_at, recorded_xid) from account_history where recorded_at > at
    union all
    select made.instant from (
      select bank_id, received_at as instant from scan_event where received_at > at
      union all select bank_id, created_at from visit where created_at > at
      union all select bank_id, created_at from request where created_at > at
      union all select bank_id, decided_at from approval where decided_at > at
    ) made
     where not exists (select from ledger_clock_repair r where r.bank_id = made.bank_id and r.ahead_until >= made.instant)
  ) found where found.instant > at
  $$;
call allow_app_call('stored_ahead');

-- Lets a bank go on whose books have run ahead of `at`: its accounts take entries again. Answers up to when they had, null when they had not;
-- nothing is kept then. Nobody posts meanwhile: the accounts are locked as postings lock them.
create function repair_clock(bank uuid, at timestamptz, who text, why text) returns timestamptz
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
