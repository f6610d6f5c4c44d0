-- Persons, how they sign in, what they may do. These tables stand outside row security because they are read before a
-- bank is known; they hold no more than that needs.

create table person (
  person_id uuid primary key,
  sign_in_phone text unique,
  password_hash text,
  disabled_at timestamptz,
  created_at timestamptz not null,
  check (password_hash is null or sign_in_phone is not null)
);

-- Opaque tokens, kept as SHA-256. Times are real time, not the product's clock.
create table session (
  token_hash bytea primary key,
  person_id uuid not null references person,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index session_person on session (person_id);
create index session_expiry on session (expires_at);

create table sign_in_code (
  phone text primary key,
  code_hash bytea not null,
  expires_at timestamptz not null,
  attempts_left integer not null check (attempts_left >= 0)
);

create table sign_in_failure (
  failure_id uuid primary key,
  phone text not null,
  failed_at timestamptz not null
);
create index sign_in_failure_phone on sign_in_failure (phone, failed_at);

-- bank_id is null for the whole city. member_id says as which member of that bank.
create table role (
  person_id uuid not null references person,
  bank_id uuid,
  role text not null check (role in ('volunteer', 'client', 'proxy', 'coordinator', 'admin', 'auditor')),
  member_id uuid,
  granted_at timestamptz not null,
  unique nulls not distinct (person_id, bank_id, role),
  check (bank_id is not null or role in ('admin', 'auditor'))
);
create index role_member on role (member_id);

-- Finds the bank of something whose bank is not known yet: a card's token or typed code. A bank's own row lets the city list all banks.
create table locator (
  hash bytea not null,
  kind text not null check (kind in ('bank', 'card_token', 'card_code')),
  bank_id uuid not null,
  id uuid not null,
  primary key (kind, hash)
);
create index locator_bank on locator (bank_id);

call allow_app('select, insert, update', 'person');
call allow_app('select, insert, delete', 'session');
call allow_app('select, insert, update, delete', 'sign_in_code');
call allow_app('select, insert, delete', 'sign_in_failure');
call allow_app('select, insert, delete', 'role');
call allow_app('select, insert', 'locator');
