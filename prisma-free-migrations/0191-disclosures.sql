-- Who looked at what of somebody that few may see, when and what for: a list of names that was taken away, or what a helper has to know of a client.
-- One row a look, and none is ever changed.

create table disclosure (
  bank_id uuid not null references bank,
  disclosure_id uuid not null,
  kind text not null check (kind in ('insured_list', 'needs')),
  -- Of whom; null for a list, which says of how many people.
  member_id uuid,
  people integer not null check (people >= 0),
  -- Which fields were shown, and for which visit or day.
  fields text[] not null,
  visit_id uuid,
  on_day date,
  seen_by uuid not null,
  seen_at timestamptz not null,
  primary key (bank_id, disclosure_id),
  foreign key (bank_id, member_id) references member,
  foreign key (bank_id, visit_id) references visit,
  check ((kind = 'insured_list') = (member_id is null)),
  check ((kind = 'insured_list') = (on_day is not null))
);
create index disclosure_member on disclosure (bank_id, member_id, seen_at);
create index disclosure_visit on disclosure (bank_id, visit_id);
create index disclosure_seen on disclosure (bank_id, seen_at, disclosure_id);
call isolate_by_bank('disclosure');
call append_only('disclosure');
call keep_trail('disclosure', false);
call allow_app('select, insert', 'disclosure');
