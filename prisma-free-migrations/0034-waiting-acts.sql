-- What one person asked for and another of the same standing has to confirm by sending the same.

create table waiting_act (
  bank_id uuid not null references bank,
  act_id uuid not null,
  kind text not null,
  -- The id in the path of the call that asked: a transfer, a member.
  subject_id uuid not null,
  content_hash bytea not null,
  -- What the call said, for the second person to read and to send again. Never a secret.
  content jsonb not null,
  -- Whom it is about, where that is a member.
  member_id uuid,
  -- The roles that may confirm it.
  roles text[] not null,
  asked_by uuid not null references person,
  asked_at timestamptz not null,
  waits_until timestamptz not null,
  state text not null check (state in ('waits', 'done', 'taken_back', 'lapsed')),
  closed_by uuid,
  closed_at timestamptz,
  primary key (bank_id, act_id),
  check ((state = 'waits') = (closed_at is null))
);
create index waiting_act_asker on waiting_act (asked_by);
-- The same call waits once.
create unique index waiting_act_open on waiting_act (bank_id, kind, subject_id, content_hash) where state = 'waits';
create index waiting_act_list on waiting_act (bank_id, asked_at, act_id) where state = 'waits';
call isolate_by_bank('waiting_act');
call allow_app('select, insert, update (state, content, closed_by, closed_at)', 'waiting_act');
