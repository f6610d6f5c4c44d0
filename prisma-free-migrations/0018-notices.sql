-- What people are told in the app, made from what the outbox holds; and how far a volunteer has been reminded of a scan-out.

-- For one person, about one thing, from one event: however often the event is delivered. Codes and parameters, no names.
create table notice (
  bank_id uuid not null references bank,
  notice_id uuid not null,
  person_id uuid not null references person,
  event_id uuid not null,
  -- The visit, request or guest that it is about; one event may decide many visits.
  subject_id uuid not null,
  kind text not null,
  parameters jsonb not null,
  created_at timestamptz not null,
  read_at timestamptz,
  primary key (bank_id, notice_id),
  unique (bank_id, event_id, subject_id, person_id)
);
create index notice_person on notice (person_id, created_at desc, notice_id desc);
create index notice_unread on notice (person_id) where read_at is null;
call isolate_by_bank('notice');
call allow_app('select, insert, update (read_at)', 'notice');

-- Reminders told so far of a visit that is still under way after its plan.
alter table visit add column scan_out_reminders smallint not null default 0 check (scan_out_reminders between 0 and 2);
create index visit_under_way on visit (bank_id, planned_end) where state = 'in_progress';

-- What was told before there were notices is no news to anybody.
alter table outbox no force row level security;
update outbox set delivered_at = happened_at where delivered_at is null;
alter table outbox force row level security;
