-- What a client says in the app about a visit that ended: once a visit, never changed. A coordinator's call may say otherwise later.
create table client_answer (
  bank_id uuid not null,
  visit_id uuid not null,
  answer_id uuid not null,
  result text not null check (result in ('confirmed', 'not_confirmed')),
  note text,
  answered_by uuid not null,
  answered_at timestamptz not null,
  content_hash bytea not null,
  primary key (bank_id, visit_id),
  unique (bank_id, answer_id),
  foreign key (bank_id, visit_id) references visit
);
call isolate_by_bank('client_answer');
call append_only('client_answer');
call allow_app('select, insert', 'client_answer');
