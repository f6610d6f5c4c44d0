-- Failures count where they come from: a place is a keyed hash of an address or of a browser that the person has signed in with before.
-- What was counted by phone alone is forgotten; it would have been within 15 minutes.
delete from sign_in_failure;
drop index sign_in_failure_phone;
alter table sign_in_failure
  add column way text not null check (way in ('password', 'code')),
  add column place_hash bytea not null,
  add column is_known boolean not null;
create index sign_in_failure_phone on sign_in_failure (phone, way, failed_at);

-- Wrong tries of a code count by place too, from the moment it was made.
alter table sign_in_code add column made_at timestamptz not null default clock_timestamp();

create table known_device (
  person_id uuid not null references person,
  device_hash bytea not null,
  last_used_at timestamptz not null,
  primary key (person_id, device_hash)
);
create index known_device_use on known_device (last_used_at);

-- Every code that was asked for, for a day: budgets of a number, an address and the city.
create table sign_in_code_ask (
  ask_id uuid primary key,
  phone text not null,
  place_hash bytea not null,
  is_sent boolean not null,
  asked_at timestamptz not null
);
create index sign_in_code_ask_phone on sign_in_code_ask (phone, asked_at);
create index sign_in_code_ask_place on sign_in_code_ask (place_hash, asked_at);
create index sign_in_code_ask_time on sign_in_code_ask (asked_at);

call allow_app('select, insert, update, delete', 'known_device');
call allow_app('select, insert, delete', 'sign_in_code_ask');
