-- Who may act for a client, by the client's own word: a person, member here or not, in so many ways, for a year at most.

create table proxy (
  bank_id uuid not null references bank,
  proxy_id uuid not null,
  client_id uuid not null,
  person_id uuid not null references person,
  -- As the client calls them: a person need not be a member anywhere.
  name text not null check (char_length(name) between 1 and 100),
  relation text not null check (char_length(relation) between 1 and 40),
  scopes text[] not null check (cardinality(scopes) between 1 and 6
    and scopes <@ array['see', 'ask', 'cancel', 'answer', 'be_told', 'give']),
  valid_from date not null,
  valid_until date not null check (valid_until between valid_from and valid_from + 366),
  -- The end of its last day, by the bank's clock.
  ends_at timestamptz not null,
  confirmed_how text not null check (confirmed_how in ('app', 'call', 'counter')),
  confirmed_by uuid not null,
  confirmed_at timestamptz not null,
  -- The number that was called, or that called.
  confirmed_from text check (char_length(confirmed_from) between 1 and 60),
  recorded_at timestamptz not null,
  ended_at timestamptz,
  ended_by uuid,
  end_reason text check (char_length(end_reason) between 1 and 40),
  content_hash bytea not null,
  primary key (bank_id, proxy_id),
  foreign key (bank_id, client_id) references member,
  check (num_nonnulls(ended_at, end_reason) in (0, 2)),
  check (ended_by is null or ended_at is not null)
);
create index proxy_client on proxy (bank_id, client_id);
create index proxy_person on proxy (person_id);
-- A new word of the client about the same person takes the place of the old one.
create unique index proxy_once on proxy (bank_id, client_id, person_id) where ended_at is null;

call isolate_by_bank('proxy');
create trigger closed_bank before insert on proxy for each row execute function refuse_in_closed_bank();
call keep_trail('proxy', true);
call allow_app('select, insert, update', 'proxy');

-- What a proxy may do now: a row for each client and scope. Read with every call, before a bank is known, so it stands outside row security like `role`,
-- and holds ids alone. What is taken from here is refused from the next call on.
create table proxy_role (
  person_id uuid not null references person,
  bank_id uuid not null,
  client_id uuid not null,
  scope text not null check (scope in ('see', 'ask', 'cancel', 'answer', 'be_told', 'give')),
  proxy_id uuid not null,
  ends_at timestamptz not null,
  primary key (person_id, bank_id, client_id, scope)
);
create index proxy_role_client on proxy_role (bank_id, client_id, scope);
call allow_app('select, insert, delete', 'proxy_role');
