-- Approval in depth: call-backs drawn by a rule that nobody can choose, appeals, how long a visit waits, and decisions by a rule.

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

-- What the rules proposed when the visit was decided; null on visits decided before this file. Fewer credited is a shortening.
alter table visit add column proposed_minutes integer check (proposed_minutes >= 0);

-- A volunteer does not agree with a shortening or a rejection: once a visit, answered once, by somebody else.
create table appeal (
  bank_id uuid not null,
  appeal_id uuid not null,
  visit_id uuid not null,
  note text not null,
  appealed_by uuid not null,
  appealed_at timestamptz not null,
  content_hash bytea not null,
  primary key (bank_id, appeal_id),
  unique (bank_id, visit_id),
  foreign key (bank_id, visit_id) references visit
);
create index appeal_by_time on appeal (bank_id, appealed_at, appeal_id);
call isolate_by_bank('appeal');
call append_only('appeal');
call allow_app('select, insert', 'appeal');

create table appeal_answer (
  bank_id uuid not null,
  answer_id uuid not null,
  appeal_id uuid not null,
  outcome text not null check (outcome in ('upheld', 'granted')),
  note text not null,
  answered_by uuid not null,
  answered_at timestamptz not null,
  content_hash bytea not null,
  primary key (bank_id, answer_id),
  unique (bank_id, appeal_id),
  foreign key (bank_id, appeal_id) references appeal
);
call isolate_by_bank('appeal_answer');
call append_only('appeal_answer');
call allow_app('select, insert', 'appeal_answer');

-- Since when a visit waits for a decision. Null on visits that ended before this file: those wait since their end.
alter table visit add column waiting_since timestamptz;
create index visit_waiting_since on visit (bank_id, (coalesce(waiting_since, captured_out, planned_end)), visit_id)
  where state in ('ready', 'needs_ack', 'needs_fix');

-- Waited too long: told once a visit, and kept after it was decided.
create table visit_escalation (
  bank_id uuid not null,
  visit_id uuid not null,
  waiting_since timestamptz not null,
  escalated_at timestamptz not null,
  primary key (bank_id, visit_id),
  foreign key (bank_id, visit_id) references visit
);
call isolate_by_bank('visit_escalation');
call append_only('visit_escalation');
call allow_app('select, insert', 'visit_escalation');

-- Decided by a rule that the bank switched on, and by nobody.
alter table visit
  add column decided_rule text check (decided_rule in ('auto_approve')),
  add constraint visit_decided_by_one check (decided_rule is null or decided_by is null);
