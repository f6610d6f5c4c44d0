-- People come by themselves: who asks to join, who looked at their papers, who answers for a minor, and what each lets be done with what is known of them.

-- The number that the country gives a volunteer; no identity number is kept.
alter table member add column volunteer_number text check (volunteer_number ~ '^[0-9A-Z]{6,24}$');
call keep_trail('member', true);

-- No member yet. The phone was proved by a code.
create table application (
  bank_id uuid not null references bank,
  application_id uuid not null,
  name text not null,
  birth_date date not null,
  phone text not null,
  roles text[] not null check (cardinality(roles) between 1 and 2 and roles <@ array['volunteer', 'client']),
  home_address text check (char_length(home_address) between 1 and 200),
  volunteer_number text check (volunteer_number ~ '^[0-9A-Z]{6,24}$'),
  identity_hash bytea,
  -- Who answers for a minor.
  guardian_name text,
  guardian_phone text,
  guardian_kind text check (guardian_kind in ('parent', 'grandparent', 'other')),
  -- What they let be done: {"purpose": granted}, as the text of that version said.
  consents jsonb not null,
  text_version integer not null,
  language text not null,
  state text not null check (state in ('applied', 'accepted', 'refused')),
  applied_at timestamptz not null,
  checked_way text check (checked_way in ('person', 'document')),
  checked_by uuid references person,
  checked_at timestamptz,
  decided_by uuid references person,
  decided_at timestamptz,
  reason_code text,
  note text check (char_length(note) between 1 and 1000),
  content_hash bytea not null,
  version integer not null default 1,
  primary key (bank_id, application_id),
  check ((checked_way is null) = (checked_at is null) and (checked_by is null) = (checked_at is null)),
  check ((state = 'applied') = (decided_at is null)),
  check ((guardian_name is null) = (guardian_phone is null) and (guardian_name is null) = (guardian_kind is null))
);
create unique index application_open on application (bank_id, phone) where state = 'applied';
create index application_list on application (bank_id, state, applied_at, application_id);
create index application_checked_by on application (checked_by);
create index application_decided_by on application (decided_by);
call isolate_by_bank('application');
call keep_trail('application', true, '{identity_hash}');
call allow_app('select, insert, update', 'application');

-- That somebody's papers were seen, or they themselves: by whom and when. Not what stood in them.
create table identity_check (
  bank_id uuid not null,
  member_id uuid not null,
  seen_at timestamptz not null,
  way text not null check (way in ('person', 'document')),
  seen_by uuid not null references person,
  primary key (bank_id, member_id, seen_at),
  foreign key (bank_id, member_id) references member
);
create index identity_check_by on identity_check (seen_by);
call isolate_by_bank('identity_check');
call append_only('identity_check');
call keep_trail('identity_check', false);
call allow_app('select, insert', 'identity_check');

-- By what one person is not registered twice: a hash under the secret key, which is not in the database.
create table identity_mark (
  bank_id uuid not null,
  member_id uuid not null,
  hash bytea not null,
  primary key (bank_id, member_id),
  unique (bank_id, hash),
  foreign key (bank_id, member_id) references member
);
call isolate_by_bank('identity_mark');
call keep_trail('identity_mark', true, '{hash}');
call allow_app('select, insert, update, delete', 'identity_mark');

-- Who answers for a minor, and goes along where they must; a member of the bank or somebody else.
create table guardian (
  bank_id uuid not null,
  member_id uuid not null,
  guardian_member_id uuid,
  name text not null check (char_length(name) between 1 and 100),
  phone text not null,
  kind text not null check (kind in ('parent', 'grandparent', 'other')),
  recorded_by uuid not null references person,
  recorded_at timestamptz not null,
  primary key (bank_id, member_id),
  foreign key (bank_id, member_id) references member,
  foreign key (bank_id, guardian_member_id) references member
);
create index guardian_of on guardian (bank_id, guardian_member_id);
create index guardian_recorded_by on guardian (recorded_by);
call isolate_by_bank('guardian');
call keep_trail('guardian', true);
call allow_app('select, insert, update', 'guardian');

-- What somebody lets be done with what is known of them, for a purpose and a recipient: word after word, the newest counts. Location has its own table.
create table consent (
  person_id uuid not null references person,
  purpose text not null check (purpose in ('photo', 'publication', 'sharing')),
  -- The bank that receives it; zeros where it is the own one.
  recipient uuid not null,
  revision integer not null,
  granted boolean not null,
  text_version integer not null,
  given_at timestamptz not null,
  primary key (person_id, purpose, recipient, revision)
);
call append_only('consent');
call keep_trail('consent', false);
call allow_app('select, insert', 'consent');
