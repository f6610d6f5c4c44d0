-- Whom the bank is to call: who asked for it, about a visit or at all, and who comes back from a pause. Open until somebody at the desk says that they called;
-- one open wish for the same thing.

create table call_wish (
  bank_id uuid not null,
  wish_id uuid not null,
  member_id uuid not null,
  -- `asked`: by the member. `back`: on the first day after a pause.
  about text not null default 'asked' check (about in ('asked', 'back')),
  visit_id uuid,
  asked_at timestamptz not null,
  done_at timestamptz,
  done_by uuid,
  primary key (bank_id, wish_id),
  foreign key (bank_id, visit_id) references visit,
  check ((done_at is null) = (done_by is null))
);
create unique index call_wish_open on call_wish (bank_id, member_id, about, visit_id) nulls not distinct where done_at is null;
create index call_wish_visit on call_wish (bank_id, visit_id);
call isolate_by_bank('call_wish');
call keep_trail('call_wish', true);
call allow_app('select, insert, update', 'call_wish');
