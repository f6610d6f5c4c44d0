-- People at a bank.

create table member (
  bank_id uuid not null references bank,
  member_id uuid not null,
  person_id uuid not null references person,
  member_number text not null,
  name text not null,
  birth_date date not null,
  phone text,
  account_id uuid not null,
  content_hash bytea not null,
  version integer not null default 1,
  created_at timestamptz not null,
  primary key (bank_id, member_id),
  unique (bank_id, member_number),
  unique (bank_id, person_id),
  unique (bank_id, name, birth_date)
);
create index member_person on member (person_id);
call isolate_by_bank('member');

create table relation (
  bank_id uuid not null,
  member_id uuid not null,
  other_member_id uuid not null,
  kind text not null check (kind in ('spouse', 'parent', 'child', 'grandparent', 'grandchild', 'sibling', 'household')),
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  primary key (bank_id, member_id, other_member_id),
  foreign key (bank_id, member_id) references member,
  foreign key (bank_id, other_member_id) references member,
  check (member_id <> other_member_id)
);
create index relation_other on relation (bank_id, other_member_id);
call isolate_by_bank('relation');

create table qualification (
  bank_id uuid not null,
  member_id uuid not null,
  code text not null,
  valid_until date not null,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  primary key (bank_id, member_id, code),
  foreign key (bank_id, member_id) references member
);
call isolate_by_bank('qualification');

call allow_app('select, insert, update', 'member');
call allow_app('select, insert', 'relation');
call allow_app('select, insert, update', 'qualification');
