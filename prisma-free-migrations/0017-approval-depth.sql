-- Approval in depth: call-backs by telephone, drawn by a rule that nobody can choose.

-- Drawn once, in the transaction that first ends the visit clean or yellow; judging it again draws nothing anew.
create table call_back_draw (
  bank_id uuid not null,
  visit_id uuid not null,
  percent integer not null check (percent between 0 and 100),
  drawn boolean not null,
  drawn_at timestamptz not null,
  primary key (bank_id, visit_id),
  foreign key (bank_id, visit_id) references visit
);
call isolate_by_bank('call_back_draw');
call append_only('call_back_draw');
call allow_app('select, insert', 'call_back_draw');

-- Every call, also one that nobody answered; of a visit's answers the last one counts.
create table call_back (
  bank_id uuid not null,
  call_back_id uuid not null,
  visit_id uuid not null,
  number integer not null check (number > 0),
  result text not null check (result in ('confirmed', 'not_confirmed', 'not_reached')),
  note text,
  called_by uuid not null,
  called_at timestamptz not null,
  content_hash bytea not null,
  primary key (bank_id, call_back_id),
  unique (bank_id, visit_id, number),
  foreign key (bank_id, visit_id) references visit
);
call isolate_by_bank('call_back');
call append_only('call_back');
call allow_app('select, insert', 'call_back');
