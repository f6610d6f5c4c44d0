-- Leaving a bank, or dying: what is left goes on, with rows, and the account closes.

alter table member
  add column left_on date,
  add column left_reason text check (left_reason in ('moved', 'wish', 'death')),
  add constraint member_left check ((left_on is null) = (left_reason is null));

create table settlement (
  bank_id uuid not null,
  settlement_id uuid not null,
  member_id uuid not null,
  reason text not null check (reason in ('moved', 'wish', 'death')),
  left_on date not null,
  balance_minutes bigint not null check (balance_minutes >= 0),
  content_hash bytea not null,
  settled_by uuid not null,
  settled_at timestamptz not null,
  primary key (bank_id, settlement_id),
  unique (bank_id, member_id),
  foreign key (bank_id, member_id) references member
);
call isolate_by_bank('settlement');
call append_only('settlement');

-- Who took how much of it; what an heir's ceiling does not take went on to the pool or to honour.
create table settlement_share (
  bank_id uuid not null,
  settlement_id uuid not null,
  place integer not null,
  account_id uuid not null,
  transfer_id uuid not null,
  minutes integer not null check (minutes >= 0),
  overflow_minutes integer not null check (overflow_minutes >= 0),
  primary key (bank_id, settlement_id, place),
  foreign key (bank_id, settlement_id) references settlement
);
call isolate_by_bank('settlement_share');
call append_only('settlement_share');

call allow_app('select, insert', 'settlement');
call allow_app('select, insert', 'settlement_share');
