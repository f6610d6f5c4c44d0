-- A time bank that has ended its work is closed: read for ever, written no more, until it is opened again.

alter table bank add column closed_on date;
-- Nearly every bank is open: that one is not is read from an index that is nearly empty.
create index bank_closed on bank (bank_id) where closed_on is not null;

-- Who closed a bank or opened it again, with whom, when and why.
create table bank_closing (
  bank_id uuid not null references bank,
  closing_number bigint not null generated always as identity,
  act text not null check (act in ('closed', 'reopened')),
  -- The bank's last day; of what is opened again, none.
  closed_on date,
  reason_code text not null,
  note text,
  asked_by uuid not null,
  done_by uuid not null,
  done_at timestamptz not null,
  primary key (bank_id, closing_number),
  check ((closed_on is null) = (act = 'reopened')),
  check (asked_by <> done_by)
);
call isolate_by_bank('bank_closing');
call append_only('bank_closing');
call allow_app('select, insert', 'bank_closing');

-- The day a bank was closed on, also for who does not see the bank: asked before each call that would write.
create function bank_closed_on(of_bank uuid) returns date
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

-- Nobody posts to any account of a bank, nor holds anything there, until the caller's transaction ends: what is under way is waited for.
create function hold_books(bank uuid) returns void
  language plpgsql security definer
  set search_path = public, pg_temp
  as $$
declare
  before text := see_banks(array[bank]::text);
begin
  perform from account a where a.bank_id = bank order by a.account_id for no key update;
  before := see_banks(before);
end $$;
call allow_app_call('hold_books');

-- The wall behind the door: a call that had passed the door when the bank was closed writes nothing that somebody would have to see to.
-- Closing holds the bank's row, which this waits for.
create function refuse_in_closed_bank() returns trigger
  language plpgsql as $$
declare
  closed date;
begin
  select b.closed_on into closed from bank b where b.bank_id = new.bank_id for key share;
  if closed is not null then raise exception 'bank % is closed', new.bank_id using errcode = 'TB001'; end if;
  return new;
end $$;
create trigger closed_bank before insert on member for each row execute function refuse_in_closed_bank();
create trigger closed_bank before insert on request for each row execute function refuse_in_closed_bank();
create trigger closed_bank before insert on visit for each row execute function refuse_in_closed_bank();
create trigger closed_bank before insert on appeal for each row execute function refuse_in_closed_bank();
create trigger closed_bank before insert on grant_run for each row execute function refuse_in_closed_bank();

-- Whoever posts sees the banks that it is about and no others, and has their accounts, which closing holds: so one look a statement will do.
create function refuse_closed_books() returns trigger
  language plpgsql as $$
begin
  if exists (select from bank b where b.bank_id = any (timebank_banks()) and b.closed_on is not null) then
    raise exception 'a bank of this posting is closed' using errcode = 'TB001';
  end if;
  return null;
end $$;
create trigger closed_bank before insert on transfer for each statement execute function refuse_closed_books();
