-- Time banks and their dated policy.

create sequence bank_number_seq;

create table bank (
  bank_id uuid primary key,
  bank_number integer not null default nextval('bank_number_seq'),
  name text not null,
  phone text not null,
  time_zone text not null,
  fund_account_id uuid not null,
  pool_account_id uuid not null,
  honour_account_id uuid not null,
  issuance_account_id uuid not null,
  last_member_serial integer not null default 0,
  content_hash bytea not null,
  version integer not null default 1,
  created_at timestamptz not null,
  unique (bank_id, bank_number)
);
call isolate_by_bank('bank');

-- bank_id is null for the city's own default, which every bank may read.
create table policy (
  policy_id uuid primary key,
  -- The order of laying down, for rows of the same moment.
  policy_number bigint not null generated always as identity,
  bank_id uuid,
  key text not null,
  value jsonb not null,
  valid_from date not null,
  source text not null,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  content_hash bytea not null
);
create index policy_in_force on policy (bank_id, key, valid_from desc, policy_number desc);
alter table policy enable row level security;
alter table policy force row level security;
create policy by_bank_or_city on policy
  using (bank_id is null or bank_id = any (timebank_banks()))
  with check (bank_id is null or bank_id = any (timebank_banks()));
call append_only('policy');

call allow_app('select, insert, update', 'bank');
call allow_app('usage', 'bank_number_seq');
call allow_app('select, insert', 'policy');
