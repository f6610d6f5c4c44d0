-- Who is a priority elder, and the monthly grants to them.

-- What a coordinator knows of a member's life; nobody else at the bank but an admin reads it.
alter table member
  add column circumstances text[] not null default '{}',
  add constraint member_circumstances check (circumstances <@ array['living_alone', 'low_income', 'disabled']);

-- One run for a bank and month. The counts move with the rows, chunk by chunk in one transaction, so that a run that was cut
-- off goes on after the last whole chunk.
create table grant_run (
  bank_id uuid not null references bank,
  run_id uuid not null,
  month text not null check (month ~ '^\d{4}-\d\d$'),
  minutes_each integer not null check (minutes_each >= 0),
  eligible_members integer not null default 0,
  settled_members integer not null default 0 check (settled_members <= eligible_members),
  granted_members integer not null default 0,
  refused_members integer not null default 0,
  pool_minutes bigint not null default 0,
  fund_minutes bigint not null default 0,
  started_by uuid not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  primary key (bank_id, run_id),
  unique (bank_id, month),
  check (granted_members + refused_members = settled_members)
);
create index grant_run_going on grant_run (bank_id) where finished_at is null;
call isolate_by_bank('grant_run');

-- Everybody a run is for, in the order in which minutes go out: place 1 comes first. Waiting until it has an outcome.
create table grant_row (
  bank_id uuid not null,
  run_id uuid not null,
  place integer not null check (place > 0),
  member_id uuid not null,
  account_id uuid not null,
  reason text not null check (reason in ('oldest_alone', 'low_income', 'disabled', 'living_alone')),
  outcome text check (outcome in ('granted', 'partly', 'refused')),
  pool_minutes integer not null default 0 check (pool_minutes >= 0),
  fund_minutes integer not null default 0 check (fund_minutes >= 0),
  code text,
  primary key (bank_id, run_id, place),
  unique (bank_id, run_id, member_id),
  foreign key (bank_id, run_id) references grant_run,
  foreign key (bank_id, member_id) references member
);
create index grant_row_member on grant_row (bank_id, member_id);
call isolate_by_bank('grant_row');

call allow_app('select, insert, update', 'grant_run');
call allow_app('select, insert, update', 'grant_row');
