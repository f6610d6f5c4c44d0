-- A member would like the bank to call: about a visit, or at all. Open until somebody at the desk says that they called; one open wish for the same thing.

create table call_wish (
  bank_id uuid not null,
  wish_id uuid not null,
  member_id uuid not null,
  visit_id uuid,
  asked_at timestamptz not null,
  done_at timestamptz,
  done_by uuid,
  primary key (bank_id, wish_id),
  foreign key (bank_id, visit_id) references visit,
  check ((done_at is null) = (done_by is null))
);
create unique index call_wish_open on call_wish (bank_id, member_id, visit_id) nulls not distinct where done_at is null;
create index call_wish_visit on call_wish (bank_id, visit_id);
call isolate_by_bank('call_wish');
call keep_trail('call_wish', true);
call allow_app('select, insert, update', 'call_wish');
