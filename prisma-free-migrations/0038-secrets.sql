-- Who chose a person's password, and what others did to a sign-in. `secret_is_own` is false while a password is in use that somebody
-- else gave at registration; who was here before this file is taken to have chosen their own.
alter table person
  add column secret_is_own boolean not null default true,
  add column secret_chosen_by uuid references person,
  add check (secret_is_own or (password_hash is not null and secret_chosen_by is not null));
create index person_secret_chosen_by on person (secret_chosen_by);

-- A reset begun for somebody, or a sign-in phone moved by others: who, when, for whom, how. Kept for good. Times of the product's clock, but
-- for the code's own end. `started_by` is null for the operator of the machine.
create table sign_in_act (
  act_id uuid primary key,
  person_id uuid not null references person,
  kind text not null check (kind in ('reset', 'moved')),
  how text not null check (how in ('text', 'counter', 'operator', 'desk')),
  started_by uuid references person,
  confirmed_by uuid references person,
  started_at timestamptz not null,
  used_at timestamptz,
  code_hash bytea,
  code_made_at timestamptz,
  code_expires_at timestamptz,
  code_attempts_left integer check (code_attempts_left >= 0),
  check (num_nulls(code_hash, code_made_at, code_expires_at, code_attempts_left) in (0, 4))
);
create index sign_in_act_person on sign_in_act (person_id, started_at);
create index sign_in_act_started_by on sign_in_act (started_by);
create index sign_in_act_confirmed_by on sign_in_act (confirmed_by);

call allow_app('select, insert, update', 'sign_in_act');
