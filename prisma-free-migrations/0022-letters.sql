-- Dead letters: offline scans that changed nothing, kept for a person to look at.

-- The visit is what the phone named; a bank need not know it, so nothing refers to it.
create table letter (
  bank_id uuid not null references bank,
  event_id uuid not null,
  visit_id uuid not null,
  person_id uuid not null,
  volunteer_id uuid not null,
  kind text not null check (kind in ('in', 'out')),
  code text not null,
  client_time timestamptz not null,
  received_at timestamptz not null,
  -- What the server can vouch for; without a beginning it knows only that it was before it arrived.
  earliest timestamptz,
  latest timestamptz not null,
  via text check (via in ('card', 'typed', 'rotating')),
  card_id uuid,
  proof text check (proof in ('valid', 'invalid', 'unknown')),
  -- The last day on which times may still be entered by hand.
  deadline date not null,
  content_hash bytea not null,
  primary key (bank_id, event_id)
);
create index letter_by_deadline on letter (bank_id, deadline, event_id);
create index letter_person on letter (bank_id, person_id);
call isolate_by_bank('letter');
call append_only('letter');
call allow_app('select, insert', 'letter');

create table letter_answer (
  bank_id uuid not null,
  answer_id uuid not null,
  event_id uuid not null,
  outcome text not null check (outcome in ('entered', 'explained', 'rejected')),
  visit_id uuid,
  reason_code text not null,
  note text,
  answered_by uuid not null,
  answered_at timestamptz not null,
  content_hash bytea not null,
  primary key (bank_id, answer_id),
  unique (bank_id, event_id),
  check ((visit_id is null) = (outcome <> 'entered')),
  foreign key (bank_id, event_id) references letter,
  foreign key (bank_id, visit_id) references visit
);
create index letter_answer_visit on letter_answer (bank_id, visit_id);
call isolate_by_bank('letter_answer');
call append_only('letter_answer');
call allow_app('select, insert', 'letter_answer');
