-- One person who was registered twice becomes one member again. Both histories stay where they are; minutes go through the ledger.

alter table member add column merged_into uuid;
alter table member add constraint member_merged_into_fkey foreign key (bank_id, merged_into) references member;
create index member_merged_into on member (bank_id, merged_into);
call keep_trail('member', true);

create table merge (
  bank_id uuid not null,
  merge_id uuid not null,
  -- Who stays, and who goes on as them.
  member_id uuid not null,
  other_member_id uuid not null check (other_member_id <> member_id),
  -- What the other was, and what the one that stays became by it.
  roles text[] not null,
  roles_given text[] not null,
  minutes integer not null check (minutes >= 0),
  -- Null where there was nothing to move.
  transfer_id uuid,
  asked_by uuid not null references person,
  merged_by uuid not null references person,
  merged_at timestamptz not null,
  undone_by uuid references person,
  undone_at timestamptz,
  undo_transfer_id uuid,
  primary key (bank_id, merge_id),
  foreign key (bank_id, member_id) references member,
  foreign key (bank_id, other_member_id) references member,
  check ((transfer_id is null) = (minutes = 0)),
  check ((undone_by is null) = (undone_at is null))
);
create unique index merge_once on merge (bank_id, other_member_id) where undone_at is null;
create index merge_member on merge (bank_id, member_id);
create index merge_other on merge (bank_id, other_member_id);
create index merge_asked_by on merge (asked_by);
create index merge_merged_by on merge (merged_by);
create index merge_undone_by on merge (undone_by);
call isolate_by_bank('merge');
call keep_trail('merge', true);
call allow_app('select, insert, update (undone_by, undone_at, undo_transfer_id)', 'merge');
