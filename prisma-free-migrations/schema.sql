-- What the files here make, for readers: nothing runs it, `npm run generate` writes it. What a function does stands in functions/.

create extension pg_trgm;

create type leg as (
  legs integer,
  bank_id uuid,
  transfer_id uuid,
  debit integer,
  credit integer,
  minutes integer,
  kind text,
  class text,
  visit_id uuid,
  reverses_id uuid,
  memo_code text,
  actor_id uuid,
  effective_at timestamptz,
  hold_id uuid,
  overflow integer,
  overflow_id uuid,
  cover integer,
  cover_id uuid,
  cover_limit bigint
);

create type movement as (
  bank_id uuid,
  transfer_id uuid,
  debit integer,
  credit integer,
  minutes integer,
  kind text,
  class text,
  reverses_id uuid
);

create table account (
  bank_id uuid not null,
  account_id uuid not null,
  kind text not null,
  owner_id uuid,
  balance_minutes bigint not null default 0,
  held_out_minutes bigint not null default 0,
  floor_minutes bigint,
  ceiling_minutes bigint,
  version bigint not null default 0,
  recorded_until timestamptz not null,
  opened_at timestamptz not null,
  head_hash bytea,
  closed_at timestamptz,
  revision integer not null default 1,
  constraint account_pkey primary key (bank_id, account_id),
  constraint account_limits check (((held_out_minutes >= 0) and ((floor_minutes is null) or ((balance_minutes - held_out_minutes) >= floor_minutes)) and ((ceiling_minutes is null) or (balance_minutes <= ceiling_minutes))))
) with (fillfactor=50);
create index account_clearing on account using btree (bank_id, account_id) where (kind = 'clearing'::text);
create index account_own on account using btree (bank_id, account_id) where (kind <> 'member'::text);
create trigger never_removed before delete or truncate on account for each statement execute function refuse_change();
alter table account enable row level security;
alter table account force row level security;
create policy by_bank on account using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant select on account to app;

create table account_history (
  bank_id uuid not null,
  account_id uuid not null,
  revision integer not null,
  kind text not null,
  owner_id uuid,
  floor_minutes bigint,
  ceiling_minutes bigint,
  closed boolean not null,
  recorded_at timestamptz not null,
  recorded_xid xid8 not null default ledger_xid(),
  constraint account_history_pkey primary key (bank_id, account_id, revision),
  constraint account_below_zero check (((kind = any (array['issuance'::text, 'clearing'::text])) or (coalesce(floor_minutes, ('-1'::integer)::bigint) >= 0))),
  constraint account_kind check ((kind = any (array['member'::text, 'pool'::text, 'honour'::text, 'fund'::text, 'issuance'::text, 'clearing'::text])))
);
create index account_history_by_time on account_history using brin (recorded_at) with (autosummarize='on');
create index account_history_by_transaction on account_history using btree (recorded_xid);
create trigger append_only before delete or update or truncate on account_history for each statement execute function refuse_change();
alter table account_history enable row level security;
alter table account_history force row level security;
create policy by_bank on account_history using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant select on account_history to app;

create table activity (
  bank_id uuid not null,
  activity_id uuid not null,
  name text not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  place text,
  participant_places integer not null,
  helper_places integer not null,
  note text,
  version integer not null default 1,
  short_told_at timestamptz,
  closed_by uuid,
  closed_at timestamptz,
  cancelled_by uuid,
  cancelled_at timestamptz,
  cancel_note text,
  created_by uuid not null,
  created_at timestamptz not null,
  content_hash bytea not null,
  constraint activity_pkey primary key (bank_id, activity_id),
  constraint activity_bank_id_fkey foreign key (bank_id) references bank(bank_id),
  constraint activity_cancel_note_check check (((char_length(cancel_note) >= 1) and (char_length(cancel_note) <= 1000))),
  constraint activity_check check (((ends_at > starts_at) and (ends_at <= (starts_at + '1 day'::interval)))),
  constraint activity_check1 check ((num_nonnulls(closed_by, closed_at) = any (array[0, 2]))),
  constraint activity_check2 check ((num_nonnulls(cancelled_by, cancelled_at, cancel_note) = any (array[0, 3]))),
  constraint activity_check3 check (((closed_at is null) or (cancelled_at is null))),
  constraint activity_helper_places_check check (((helper_places >= 0) and (helper_places <= 500))),
  constraint activity_name_check check (((char_length(name) >= 1) and (char_length(name) <= 100))),
  constraint activity_note_check check (((char_length(note) >= 1) and (char_length(note) <= 1000))),
  constraint activity_participant_places_check check (((participant_places >= 0) and (participant_places <= 5000))),
  constraint activity_place_check check (((char_length(place) >= 1) and (char_length(place) <= 200)))
);
create index activity_ends on activity using btree (bank_id, ends_at);
create trigger closed_bank before insert on activity for each row execute function refuse_in_closed_bank();
create trigger trail_of_deletes after delete on activity referencing old table as old_rows for each statement execute function trail_of_activity();
create trigger trail_of_inserts after insert on activity referencing new table as new_rows for each statement execute function trail_of_activity();
create trigger trail_of_updates after update on activity referencing old table as old_rows new table as new_rows for each statement execute function trail_of_activity();
alter table activity enable row level security;
alter table activity force row level security;
create policy by_bank on activity using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select, update on activity to app;

create table activity_attendance (
  bank_id uuid not null,
  activity_id uuid not null,
  member_id uuid not null,
  display_id uuid,
  step bigint,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  constraint activity_attendance_pkey primary key (bank_id, activity_id, member_id),
  constraint activity_attendance_bank_id_activity_id_fkey foreign key (bank_id, activity_id) references activity(bank_id, activity_id),
  constraint activity_attendance_bank_id_member_id_fkey foreign key (bank_id, member_id) references member(bank_id, member_id),
  constraint activity_attendance_check check (((display_id is null) = (step is null)))
);
create index activity_attendance_member on activity_attendance using btree (bank_id, member_id);
create unique index activity_attendance_step on activity_attendance using btree (bank_id, display_id, step, member_id) where (display_id is not null);
create trigger append_only before delete or update or truncate on activity_attendance for each statement execute function refuse_change();
create trigger trail_of_deletes after delete on activity_attendance referencing old table as old_rows for each statement execute function trail_of_activity_attendance();
create trigger trail_of_inserts after insert on activity_attendance referencing new table as new_rows for each statement execute function trail_of_activity_attendance();
create trigger trail_of_updates after update on activity_attendance referencing old table as old_rows new table as new_rows for each statement execute function trail_of_activity_attendance();
alter table activity_attendance enable row level security;
alter table activity_attendance force row level security;
create policy by_bank on activity_attendance using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select on activity_attendance to app;

create table activity_place (
  bank_id uuid not null,
  activity_id uuid not null,
  member_id uuid not null,
  part text not null,
  state text not null,
  turn integer,
  minutes integer,
  signed_up_by uuid not null,
  signed_up_at timestamptz not null,
  constraint activity_place_pkey primary key (bank_id, activity_id, member_id),
  constraint activity_place_bank_id_activity_id_fkey foreign key (bank_id, activity_id) references activity(bank_id, activity_id),
  constraint activity_place_bank_id_member_id_fkey foreign key (bank_id, member_id) references member(bank_id, member_id),
  constraint activity_place_check1 check (((state = 'waiting'::text) = (turn is not null))),
  constraint activity_place_check2 check (((minutes is null) or ((state = 'placed'::text) and (part = 'helper'::text)))),
  constraint activity_place_minutes_check check (((minutes >= 0) and (minutes <= 1440))),
  constraint activity_place_part_check check ((part = any (array['helper'::text, 'participant'::text]))),
  constraint activity_place_state_check check ((state = any (array['placed'::text, 'waiting'::text, 'withdrawn'::text])))
);
create index activity_place_member on activity_place using btree (bank_id, member_id);
create trigger trail_of_deletes after delete on activity_place referencing old table as old_rows for each statement execute function trail_of_activity_place();
create trigger trail_of_inserts after insert on activity_place referencing new table as new_rows for each statement execute function trail_of_activity_place();
create trigger trail_of_updates after update on activity_place referencing old table as old_rows new table as new_rows for each statement execute function trail_of_activity_place();
alter table activity_place enable row level security;
alter table activity_place force row level security;
create policy by_bank on activity_place using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select, update on activity_place to app;

create table appeal (
  bank_id uuid not null,
  appeal_id uuid not null,
  visit_id uuid not null,
  note text not null,
  appealed_by uuid not null,
  appealed_at timestamptz not null,
  content_hash bytea not null,
  constraint appeal_pkey primary key (bank_id, appeal_id),
  constraint appeal_bank_id_visit_id_key unique (bank_id, visit_id),
  constraint appeal_bank_id_visit_id_fkey foreign key (bank_id, visit_id) references visit(bank_id, visit_id)
);
create index appeal_by_time on appeal using btree (bank_id, appealed_at, appeal_id);
create trigger append_only before delete or update or truncate on appeal for each statement execute function refuse_change();
create trigger closed_bank before insert on appeal for each row execute function refuse_in_closed_bank();
create trigger trail_of_deletes after delete on appeal referencing old table as old_rows for each statement execute function trail_of_appeal();
create trigger trail_of_inserts after insert on appeal referencing new table as new_rows for each statement execute function trail_of_appeal();
create trigger trail_of_updates after update on appeal referencing old table as old_rows new table as new_rows for each statement execute function trail_of_appeal();
alter table appeal enable row level security;
alter table appeal force row level security;
create policy by_bank on appeal using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select on appeal to app;

create table appeal_answer (
  bank_id uuid not null,
  answer_id uuid not null,
  appeal_id uuid not null,
  outcome text not null,
  note text not null,
  answered_by uuid not null,
  answered_at timestamptz not null,
  content_hash bytea not null,
  constraint appeal_answer_pkey primary key (bank_id, answer_id),
  constraint appeal_answer_bank_id_appeal_id_key unique (bank_id, appeal_id),
  constraint appeal_answer_bank_id_appeal_id_fkey foreign key (bank_id, appeal_id) references appeal(bank_id, appeal_id),
  constraint appeal_answer_outcome_check check ((outcome = any (array['upheld'::text, 'granted'::text])))
);
create trigger append_only before delete or update or truncate on appeal_answer for each statement execute function refuse_change();
create trigger trail_of_deletes after delete on appeal_answer referencing old table as old_rows for each statement execute function trail_of_appeal_answer();
create trigger trail_of_inserts after insert on appeal_answer referencing new table as new_rows for each statement execute function trail_of_appeal_answer();
create trigger trail_of_updates after update on appeal_answer referencing old table as old_rows new table as new_rows for each statement execute function trail_of_appeal_answer();
alter table appeal_answer enable row level security;
alter table appeal_answer force row level security;
create policy by_bank on appeal_answer using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select on appeal_answer to app;

create table application (
  bank_id uuid not null,
  application_id uuid not null,
  name text not null,
  birth_date date not null,
  phone text not null,
  roles text[] not null,
  home_address text,
  volunteer_number text,
  identity_hash bytea,
  guardian_name text,
  guardian_phone text,
  guardian_kind text,
  consents jsonb not null,
  text_version integer not null,
  language text not null,
  state text not null,
  applied_at timestamptz not null,
  checked_way text,
  checked_by uuid,
  checked_at timestamptz,
  decided_by uuid,
  decided_at timestamptz,
  reason_code text,
  note text,
  content_hash bytea not null,
  version integer not null default 1,
  constraint application_pkey primary key (bank_id, application_id),
  constraint application_bank_id_fkey foreign key (bank_id) references bank(bank_id),
  constraint application_checked_by_fkey foreign key (checked_by) references person(person_id),
  constraint application_decided_by_fkey foreign key (decided_by) references person(person_id),
  constraint application_check check ((((checked_way is null) = (checked_at is null)) and ((checked_by is null) = (checked_at is null)))),
  constraint application_check1 check (((state = 'applied'::text) = (decided_at is null))),
  constraint application_check2 check ((((guardian_name is null) = (guardian_phone is null)) and ((guardian_name is null) = (guardian_kind is null)))),
  constraint application_checked_way_check check ((checked_way = any (array['person'::text, 'document'::text]))),
  constraint application_guardian_kind_check check ((guardian_kind = any (array['parent'::text, 'grandparent'::text, 'other'::text]))),
  constraint application_home_address_check check (((char_length(home_address) >= 1) and (char_length(home_address) <= 200))),
  constraint application_note_check check (((char_length(note) >= 1) and (char_length(note) <= 1000))),
  constraint application_roles_check check ((((cardinality(roles) >= 1) and (cardinality(roles) <= 2)) and (roles <@ array['volunteer'::text, 'client'::text]))),
  constraint application_state_check check ((state = any (array['applied'::text, 'accepted'::text, 'refused'::text]))),
  constraint application_volunteer_number_check check ((volunteer_number ~ '^[0-9A-Z]{6,24}$'::text))
);
create index application_checked_by on application using btree (checked_by);
create index application_decided_by on application using btree (decided_by);
create index application_list on application using btree (bank_id, state, applied_at, application_id);
create unique index application_open on application using btree (bank_id, phone) where (state = 'applied'::text);
create trigger trail_of_deletes after delete on application referencing old table as old_rows for each statement execute function trail_of_application();
create trigger trail_of_inserts after insert on application referencing new table as new_rows for each statement execute function trail_of_application();
create trigger trail_of_updates after update on application referencing old table as old_rows new table as new_rows for each statement execute function trail_of_application();
alter table application enable row level security;
alter table application force row level security;
create policy by_bank on application using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select, update on application to app;

create table approval (
  bank_id uuid not null,
  approval_id uuid not null,
  actor_id uuid not null,
  decision text not null,
  reason_code text,
  note text,
  content_hash bytea not null,
  results jsonb not null,
  decided_at timestamptz not null,
  constraint approval_pkey primary key (bank_id, approval_id),
  constraint approval_decision_check check ((decision = any (array['approve'::text, 'reject'::text])))
);
create index approval_by_time on approval using brin (decided_at) with (autosummarize='on');
create trigger append_only before delete or update or truncate on approval for each statement execute function refuse_change();
create trigger trail_of_deletes after delete on approval referencing old table as old_rows for each statement execute function trail_of_approval();
create trigger trail_of_inserts after insert on approval referencing new table as new_rows for each statement execute function trail_of_approval();
create trigger trail_of_updates after update on approval referencing old table as old_rows new table as new_rows for each statement execute function trail_of_approval();
alter table approval enable row level security;
alter table approval force row level security;
create policy by_bank on approval using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select on approval to app;

create table audit_trail (
  bank_id uuid not null,
  number bigint not null,
  recorded_xid xid8 not null default ledger_xid(),
  happened_at timestamptz not null,
  actor_id uuid,
  role text,
  for_id uuid,
  session_id uuid,
  work text,
  reason_code text,
  table_name text not null,
  act text not null,
  row_keys text[] not null,
  states bytea not null,
  told bytea,
  salts bytea,
  changes jsonb,
  constraint audit_trail_act_check check ((act = any (array['standing'::text, 'insert'::text, 'update'::text, 'delete'::text, 'erase'::text])))
);
create index audit_trail_by_bank on audit_trail using btree (bank_id, recorded_xid);
create index audit_trail_by_day on audit_trail using brin (happened_at) with (pages_per_range='32');
create index audit_trail_by_row on audit_trail using btree (bank_id, (row_keys[1]) collate "c");
create index audit_trail_erasures on audit_trail using btree (bank_id, table_name) where (act = 'erase'::text);
create index audit_trail_of_many on audit_trail using btree (bank_id, recorded_xid) where (cardinality(row_keys) > 1);
create trigger append_only before delete or update of bank_id, number, recorded_xid, happened_at, actor_id, role, for_id, session_id, work, reason_code, table_name, act, row_keys, states, told or truncate on audit_trail for each statement execute function refuse_change();
alter table audit_trail enable row level security;
alter table audit_trail force row level security;
create policy by_bank on audit_trail for select using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
create policy erased on audit_trail for update using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
create policy written on audit_trail for insert with check true;
grant select on audit_trail to app;

create table availability (
  bank_id uuid not null,
  member_id uuid not null,
  weekly int4multirange not null,
  pauses datemultirange not null,
  languages text[] not null,
  kinds text[] not null,
  week_minutes integer,
  constraint availability_pkey primary key (bank_id, member_id),
  constraint availability_bank_id_member_id_fkey foreign key (bank_id, member_id) references member(bank_id, member_id),
  constraint availability_week_minutes_check check ((week_minutes >= 0)),
  constraint availability_weekly_check check ((weekly <@ '{[0,10080)}'::int4multirange))
);
create trigger trail_of_deletes after delete on availability referencing old table as old_rows for each statement execute function trail_of_availability();
create trigger trail_of_inserts after insert on availability referencing new table as new_rows for each statement execute function trail_of_availability();
create trigger trail_of_updates after update on availability referencing old table as old_rows new table as new_rows for each statement execute function trail_of_availability();
alter table availability enable row level security;
alter table availability force row level security;
create policy by_bank on availability using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select, update on availability to app;

create table bank (
  bank_id uuid not null,
  bank_number integer not null default nextval('bank_number_seq'::regclass),
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
  address text,
  closed_on date,
  constraint bank_pkey primary key (bank_id),
  constraint bank_bank_id_bank_number_key unique (bank_id, bank_number),
  constraint bank_address_check check ((char_length(address) <= 200))
);
create index bank_closed on bank using btree (bank_id) where (closed_on is not null);
create trigger trail_of_deletes after delete on bank referencing old table as old_rows for each statement execute function trail_of_bank();
create trigger trail_of_inserts after insert on bank referencing new table as new_rows for each statement execute function trail_of_bank();
create trigger trail_of_updates after update on bank referencing old table as old_rows new table as new_rows for each statement execute function trail_of_bank();
alter table bank enable row level security;
alter table bank force row level security;
create policy by_bank on bank using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select, update on bank to app;

create table bank_closing (
  bank_id uuid not null,
  closing_number bigint not null generated always as identity,
  act text not null,
  closed_on date,
  reason_code text not null,
  note text,
  asked_by uuid not null,
  done_by uuid not null,
  done_at timestamptz not null,
  constraint bank_closing_pkey primary key (bank_id, closing_number),
  constraint bank_closing_bank_id_fkey foreign key (bank_id) references bank(bank_id),
  constraint bank_closing_act_check check ((act = any (array['closed'::text, 'reopened'::text]))),
  constraint bank_closing_check check (((closed_on is null) = (act = 'reopened'::text))),
  constraint bank_closing_check1 check ((asked_by <> done_by))
);
create trigger append_only before delete or update or truncate on bank_closing for each statement execute function refuse_change();
create trigger trail_of_deletes after delete on bank_closing referencing old table as old_rows for each statement execute function trail_of_bank_closing();
create trigger trail_of_inserts after insert on bank_closing referencing new table as new_rows for each statement execute function trail_of_bank_closing();
create trigger trail_of_updates after update on bank_closing referencing old table as old_rows new table as new_rows for each statement execute function trail_of_bank_closing();
alter table bank_closing enable row level security;
alter table bank_closing force row level security;
create policy by_bank on bank_closing using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select on bank_closing to app;

create table bank_service_kind (
  bank_id uuid not null,
  code text not null,
  is_offered boolean not null,
  usual_minutes integer,
  position integer,
  version integer not null default 1,
  constraint bank_service_kind_pkey primary key (bank_id, code),
  constraint bank_service_kind_bank_id_fkey foreign key (bank_id) references bank(bank_id),
  constraint bank_service_kind_code_fkey foreign key (code) references service_kind(code),
  constraint bank_service_kind_position_check check ((("position" >= 1) and ("position" <= 10000))),
  constraint bank_service_kind_usual_minutes_check check (((usual_minutes >= 1) and (usual_minutes <= 1440)))
);
create index bank_service_kind_code on bank_service_kind using btree (code);
create trigger trail_of_deletes after delete on bank_service_kind referencing old table as old_rows for each statement execute function trail_of_bank_service_kind();
create trigger trail_of_inserts after insert on bank_service_kind referencing new table as new_rows for each statement execute function trail_of_bank_service_kind();
create trigger trail_of_updates after update on bank_service_kind referencing old table as old_rows new table as new_rows for each statement execute function trail_of_bank_service_kind();
alter table bank_service_kind enable row level security;
alter table bank_service_kind force row level security;
create policy by_bank on bank_service_kind using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select, update on bank_service_kind to app;

create table bank_zone (
  bank_id uuid not null,
  zone_number bigint not null generated always as identity,
  valid_from date not null,
  time_zone text not null,
  begins_at timestamptz,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  constraint bank_zone_pkey primary key (bank_id, zone_number),
  constraint bank_zone_bank_id_fkey foreign key (bank_id) references bank(bank_id)
);
create trigger append_only before delete or update or truncate on bank_zone for each statement execute function refuse_change();
create trigger trail_of_deletes after delete on bank_zone referencing old table as old_rows for each statement execute function trail_of_bank_zone();
create trigger trail_of_inserts after insert on bank_zone referencing new table as new_rows for each statement execute function trail_of_bank_zone();
create trigger trail_of_updates after update on bank_zone referencing old table as old_rows new table as new_rows for each statement execute function trail_of_bank_zone();
alter table bank_zone enable row level security;
alter table bank_zone force row level security;
create policy by_bank on bank_zone using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select on bank_zone to app;

create table calendar_feed (
  person_id uuid not null,
  token_hash bytea not null,
  language text not null,
  created_at timestamptz not null,
  constraint calendar_feed_pkey primary key (person_id),
  constraint calendar_feed_token_hash_key unique (token_hash),
  constraint calendar_feed_person_id_fkey foreign key (person_id) references person(person_id),
  constraint calendar_feed_language_check check ((language = any (array['zh-Hans'::text, 'zh-Hant'::text, 'en'::text, 'ja'::text, 'ko'::text]))),
  constraint calendar_feed_token_hash_check check ((length(token_hash) = 32))
);
create trigger trail_of_deletes after delete on calendar_feed referencing old table as old_rows for each statement execute function trail_of_calendar_feed();
create trigger trail_of_inserts after insert on calendar_feed referencing new table as new_rows for each statement execute function trail_of_calendar_feed();
create trigger trail_of_updates after update on calendar_feed referencing old table as old_rows new table as new_rows for each statement execute function trail_of_calendar_feed();
grant delete, insert, select, update on calendar_feed to app;

create table call_back (
  bank_id uuid not null,
  call_back_id uuid not null,
  visit_id uuid not null,
  number integer not null,
  result text not null,
  note text,
  called_by uuid not null,
  called_at timestamptz not null,
  content_hash bytea not null,
  constraint call_back_pkey primary key (bank_id, call_back_id),
  constraint call_back_bank_id_visit_id_number_key unique (bank_id, visit_id, number),
  constraint call_back_bank_id_visit_id_fkey foreign key (bank_id, visit_id) references visit(bank_id, visit_id),
  constraint call_back_number_check check ((number > 0)),
  constraint call_back_result_check check ((result = any (array['confirmed'::text, 'not_confirmed'::text, 'not_reached'::text])))
);
create trigger append_only before delete or update or truncate on call_back for each statement execute function refuse_change();
create trigger trail_of_deletes after delete on call_back referencing old table as old_rows for each statement execute function trail_of_call_back();
create trigger trail_of_inserts after insert on call_back referencing new table as new_rows for each statement execute function trail_of_call_back();
create trigger trail_of_updates after update on call_back referencing old table as old_rows new table as new_rows for each statement execute function trail_of_call_back();
alter table call_back enable row level security;
alter table call_back force row level security;
create policy by_bank on call_back using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select on call_back to app;

create table call_back_draw (
  bank_id uuid not null,
  visit_id uuid not null,
  percent integer not null,
  drawn boolean not null,
  drawn_at timestamptz not null,
  constraint call_back_draw_pkey primary key (bank_id, visit_id),
  constraint call_back_draw_bank_id_visit_id_fkey foreign key (bank_id, visit_id) references visit(bank_id, visit_id),
  constraint call_back_draw_percent_check check (((percent >= 0) and (percent <= 100)))
);
create trigger append_only before delete or update or truncate on call_back_draw for each statement execute function refuse_change();
create trigger trail_of_deletes after delete on call_back_draw referencing old table as old_rows for each statement execute function trail_of_call_back_draw();
create trigger trail_of_inserts after insert on call_back_draw referencing new table as new_rows for each statement execute function trail_of_call_back_draw();
create trigger trail_of_updates after update on call_back_draw referencing old table as old_rows new table as new_rows for each statement execute function trail_of_call_back_draw();
alter table call_back_draw enable row level security;
alter table call_back_draw force row level security;
create policy by_bank on call_back_draw using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select on call_back_draw to app;

create table call_wish (
  bank_id uuid not null,
  wish_id uuid not null,
  member_id uuid not null,
  about text not null default 'asked'::text,
  visit_id uuid,
  asked_at timestamptz not null,
  done_at timestamptz,
  done_by uuid,
  constraint call_wish_pkey primary key (bank_id, wish_id),
  constraint call_wish_bank_id_visit_id_fkey foreign key (bank_id, visit_id) references visit(bank_id, visit_id),
  constraint call_wish_about_check check ((about = any (array['asked'::text, 'back'::text]))),
  constraint call_wish_check check (((done_at is null) = (done_by is null)))
);
create unique index call_wish_open on call_wish using btree (bank_id, member_id, about, visit_id) nulls not distinct where (done_at is null);
create index call_wish_visit on call_wish using btree (bank_id, visit_id);
create trigger trail_of_deletes after delete on call_wish referencing old table as old_rows for each statement execute function trail_of_call_wish();
create trigger trail_of_inserts after insert on call_wish referencing new table as new_rows for each statement execute function trail_of_call_wish();
create trigger trail_of_updates after update on call_wish referencing old table as old_rows new table as new_rows for each statement execute function trail_of_call_wish();
alter table call_wish enable row level security;
alter table call_wish force row level security;
create policy by_bank on call_wish using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select, update on call_wish to app;

create table card_sheet (
  bank_id uuid not null,
  sheet_id uuid not null,
  client_ids uuid[] not null,
  card_ids uuid[] not null,
  made_by uuid not null,
  made_at timestamptz not null,
  saved_by uuid,
  saved_at timestamptz,
  constraint card_sheet_pkey primary key (bank_id, sheet_id),
  constraint card_sheet_bank_id_fkey foreign key (bank_id) references bank(bank_id),
  constraint card_sheet_card_ids_check check ((cardinality(card_ids) <= 100)),
  constraint card_sheet_check check (((saved_by is null) = (saved_at is null))),
  constraint card_sheet_client_ids_check check (((cardinality(client_ids) >= 1) and (cardinality(client_ids) <= 100)))
);
create index card_sheet_open on card_sheet using btree (bank_id, made_at) where ((saved_at is null) and (card_ids <> '{}'::uuid[]));
create trigger trail_of_deletes after delete on card_sheet referencing old table as old_rows for each statement execute function trail_of_card_sheet();
create trigger trail_of_inserts after insert on card_sheet referencing new table as new_rows for each statement execute function trail_of_card_sheet();
create trigger trail_of_updates after update on card_sheet referencing old table as old_rows new table as new_rows for each statement execute function trail_of_card_sheet();
alter table card_sheet enable row level security;
alter table card_sheet force row level security;
create policy by_bank on card_sheet using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select, update on card_sheet to app;

create table check_in (
  bank_id uuid not null,
  check_in_id uuid not null,
  client_id uuid not null,
  result text not null,
  note text,
  next_on date,
  called_by uuid not null,
  called_at timestamptz not null,
  content_hash bytea not null,
  constraint check_in_pkey primary key (bank_id, check_in_id),
  constraint check_in_bank_id_client_id_fkey foreign key (bank_id, client_id) references member(bank_id, member_id),
  constraint check_in_note_check check (((char_length(note) >= 1) and (char_length(note) <= 1000))),
  constraint check_in_result_check check ((result = any (array['fine'::text, 'needs_help'::text, 'not_reached'::text, 'do_not_call'::text])))
);
create index check_in_client on check_in using btree (bank_id, client_id, called_at);
create trigger append_only before delete or update or truncate on check_in for each statement execute function refuse_change();
create trigger trail_of_deletes after delete on check_in referencing old table as old_rows for each statement execute function trail_of_check_in();
create trigger trail_of_inserts after insert on check_in referencing new table as new_rows for each statement execute function trail_of_check_in();
create trigger trail_of_updates after update on check_in referencing old table as old_rows new table as new_rows for each statement execute function trail_of_check_in();
alter table check_in enable row level security;
alter table check_in force row level security;
create policy by_bank on check_in using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select on check_in to app;

create table checkpoint (
  bank_id uuid not null,
  number integer not null,
  below_xid xid8 not null,
  statement text not null,
  signature bytea not null,
  constraint checkpoint_pkey primary key (bank_id, number),
  constraint checkpoint_bank_id_below_xid_key unique (bank_id, below_xid),
  constraint checkpoint_number_check check ((number > 0))
);
create index checkpoint_by_transaction on checkpoint using btree (below_xid);
create trigger append_only before delete or update or truncate on checkpoint for each statement execute function refuse_change();
alter table checkpoint enable row level security;
alter table checkpoint force row level security;
create policy by_bank on checkpoint using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant select on checkpoint to app;

create table client_answer (
  bank_id uuid not null,
  visit_id uuid not null,
  answer_id uuid not null,
  result text not null,
  note text,
  answered_by uuid not null,
  answered_at timestamptz not null,
  content_hash bytea not null,
  constraint client_answer_pkey primary key (bank_id, visit_id),
  constraint client_answer_bank_id_answer_id_key unique (bank_id, answer_id),
  constraint client_answer_bank_id_visit_id_fkey foreign key (bank_id, visit_id) references visit(bank_id, visit_id),
  constraint client_answer_result_check check ((result = any (array['confirmed'::text, 'not_confirmed'::text])))
);
create trigger append_only before delete or update or truncate on client_answer for each statement execute function refuse_change();
create trigger trail_of_deletes after delete on client_answer referencing old table as old_rows for each statement execute function trail_of_client_answer();
create trigger trail_of_inserts after insert on client_answer referencing new table as new_rows for each statement execute function trail_of_client_answer();
create trigger trail_of_updates after update on client_answer referencing old table as old_rows new table as new_rows for each statement execute function trail_of_client_answer();
alter table client_answer enable row level security;
alter table client_answer force row level security;
create policy by_bank on client_answer using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select on client_answer to app;

create table client_needs (
  bank_id uuid not null,
  member_id uuid not null,
  door text,
  hearing text,
  pets text,
  allergy text,
  emergency_name text,
  emergency_phone text,
  version integer not null default 1,
  constraint client_needs_pkey primary key (bank_id, member_id),
  constraint client_needs_bank_id_member_id_fkey foreign key (bank_id, member_id) references member(bank_id, member_id),
  constraint client_needs_allergy_check check (((char_length(allergy) >= 1) and (char_length(allergy) <= 300))),
  constraint client_needs_door_check check (((char_length(door) >= 1) and (char_length(door) <= 300))),
  constraint client_needs_emergency_name_check check (((char_length(emergency_name) >= 1) and (char_length(emergency_name) <= 100))),
  constraint client_needs_hearing_check check (((char_length(hearing) >= 1) and (char_length(hearing) <= 300))),
  constraint client_needs_pets_check check (((char_length(pets) >= 1) and (char_length(pets) <= 300)))
);
create trigger trail_of_deletes after delete on client_needs referencing old table as old_rows for each statement execute function trail_of_client_needs();
create trigger trail_of_inserts after insert on client_needs referencing new table as new_rows for each statement execute function trail_of_client_needs();
create trigger trail_of_updates after update on client_needs referencing old table as old_rows new table as new_rows for each statement execute function trail_of_client_needs();
alter table client_needs enable row level security;
alter table client_needs force row level security;
create policy by_bank on client_needs using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select, update on client_needs to app;

create table client_place (
  bank_id uuid not null,
  client_id uuid not null,
  revision integer not null,
  latitude double precision not null,
  longitude double precision not null,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  constraint client_place_pkey primary key (bank_id, client_id, revision),
  constraint client_place_bank_id_client_id_fkey foreign key (bank_id, client_id) references member(bank_id, member_id),
  constraint client_place_latitude_check check (((latitude >= ('-90'::integer)::double precision) and (latitude <= (90)::double precision))),
  constraint client_place_longitude_check check (((longitude >= ('-180'::integer)::double precision) and (longitude <= (180)::double precision)))
);
create trigger append_only before delete or update or truncate on client_place for each statement execute function refuse_change();
create trigger trail_of_deletes after delete on client_place referencing old table as old_rows for each statement execute function trail_of_client_place();
create trigger trail_of_inserts after insert on client_place referencing new table as new_rows for each statement execute function trail_of_client_place();
create trigger trail_of_updates after update on client_place referencing old table as old_rows new table as new_rows for each statement execute function trail_of_client_place();
alter table client_place enable row level security;
alter table client_place force row level security;
create policy by_bank on client_place using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select on client_place to app;

create table consent (
  person_id uuid not null,
  purpose text not null,
  recipient uuid not null,
  revision integer not null,
  granted boolean not null,
  text_version integer not null,
  given_at timestamptz not null,
  constraint consent_pkey primary key (person_id, purpose, recipient, revision),
  constraint consent_person_id_fkey foreign key (person_id) references person(person_id),
  constraint consent_purpose_check check ((purpose = any (array['photo'::text, 'publication'::text, 'sharing'::text])))
);
create trigger append_only before delete or update or truncate on consent for each statement execute function refuse_change();
create trigger trail_of_deletes after delete on consent referencing old table as old_rows for each statement execute function trail_of_consent();
create trigger trail_of_inserts after insert on consent referencing new table as new_rows for each statement execute function trail_of_consent();
create trigger trail_of_updates after update on consent referencing old table as old_rows new table as new_rows for each statement execute function trail_of_consent();
grant insert, select on consent to app;

create table contact (
  bank_id uuid not null,
  contact_id uuid not null,
  phone text not null,
  name text,
  note text,
  client_id uuid,
  closed_at timestamptz,
  version integer not null default 1,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  content_hash bytea not null,
  constraint contact_pkey primary key (bank_id, contact_id),
  constraint contact_bank_id_client_id_fkey foreign key (bank_id, client_id) references member(bank_id, member_id),
  constraint contact_bank_id_fkey foreign key (bank_id) references bank(bank_id),
  constraint contact_name_check check (((char_length(name) >= 1) and (char_length(name) <= 100))),
  constraint contact_note_check check (((char_length(note) >= 1) and (char_length(note) <= 1000))),
  constraint contact_phone_check check (((char_length(phone) >= 3) and (char_length(phone) <= 60)))
);
create index contact_client on contact using btree (bank_id, client_id);
create index contact_phone on contact using btree (bank_id, phone);
create trigger closed_bank before insert on contact for each row execute function refuse_in_closed_bank();
create trigger trail_of_deletes after delete on contact referencing old table as old_rows for each statement execute function trail_of_contact();
create trigger trail_of_inserts after insert on contact referencing new table as new_rows for each statement execute function trail_of_contact();
create trigger trail_of_updates after update on contact referencing old table as old_rows new table as new_rows for each statement execute function trail_of_contact();
alter table contact enable row level security;
alter table contact force row level security;
create policy by_bank on contact using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select, update on contact to app;

create table course (
  bank_id uuid not null,
  course_id uuid not null,
  title text not null,
  note text,
  place text not null,
  places integer not null,
  qualification text,
  is_refresher boolean not null,
  closes_at timestamptz not null,
  seed_hash bytea not null,
  seed text,
  drawn_by uuid,
  drawn_at timestamptz,
  closed_by uuid,
  closed_at timestamptz,
  close_hash bytea,
  cancelled_by uuid,
  cancelled_at timestamptz,
  cancel_note text,
  created_by uuid not null,
  created_at timestamptz not null,
  content_hash bytea not null,
  version integer not null default 1,
  constraint course_pkey primary key (bank_id, course_id),
  constraint course_bank_id_fkey foreign key (bank_id) references bank(bank_id),
  constraint course_qualification_fkey foreign key (qualification) references qualification_kind(code),
  constraint course_cancel_note_check check (((char_length(cancel_note) >= 1) and (char_length(cancel_note) <= 1000))),
  constraint course_check check (((qualification is not null) or (not is_refresher))),
  constraint course_check1 check ((num_nonnulls(seed, drawn_by, drawn_at) = any (array[0, 3]))),
  constraint course_check2 check ((num_nonnulls(closed_by, closed_at, close_hash) = any (array[0, 3]))),
  constraint course_check3 check ((num_nonnulls(cancelled_by, cancelled_at, cancel_note) = any (array[0, 3]))),
  constraint course_check4 check (((closed_at is null) or ((drawn_at is not null) and (cancelled_at is null)))),
  constraint course_note_check check (((char_length(note) >= 1) and (char_length(note) <= 1000))),
  constraint course_place_check check (((char_length(place) >= 1) and (char_length(place) <= 200))),
  constraint course_places_check check (((places >= 1) and (places <= 500))),
  constraint course_seed_check check ((seed ~ '^[0-9a-f]{64}$'::text)),
  constraint course_seed_hash_check check ((length(seed_hash) = 32)),
  constraint course_title_check check (((char_length(title) >= 1) and (char_length(title) <= 100)))
);
create index course_begun on course using btree (bank_id, created_at);
create index course_qualification on course using btree (qualification);
create trigger closed_bank before insert on course for each row execute function refuse_in_closed_bank();
create trigger trail_of_deletes after delete on course referencing old table as old_rows for each statement execute function trail_of_course();
create trigger trail_of_inserts after insert on course referencing new table as new_rows for each statement execute function trail_of_course();
create trigger trail_of_updates after update on course referencing old table as old_rows new table as new_rows for each statement execute function trail_of_course();
alter table course enable row level security;
alter table course force row level security;
create policy by_bank on course using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select, update on course to app;

create table course_attendance (
  bank_id uuid not null,
  session_id uuid not null,
  member_id uuid not null,
  course_id uuid not null,
  minutes integer not null,
  display_id uuid,
  step bigint,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  constraint course_attendance_pkey primary key (bank_id, session_id, member_id),
  constraint course_attendance_bank_id_course_id_fkey foreign key (bank_id, course_id) references course(bank_id, course_id),
  constraint course_attendance_bank_id_member_id_fkey foreign key (bank_id, member_id) references member(bank_id, member_id),
  constraint course_attendance_bank_id_session_id_fkey foreign key (bank_id, session_id) references course_session(bank_id, session_id),
  constraint course_attendance_check check (((display_id is null) = (step is null))),
  constraint course_attendance_minutes_check check (((minutes >= 1) and (minutes <= 1440)))
);
create index course_attendance_course on course_attendance using btree (bank_id, course_id);
create index course_attendance_member on course_attendance using btree (bank_id, member_id);
create unique index course_attendance_step on course_attendance using btree (bank_id, display_id, step, member_id) where (display_id is not null);
create trigger append_only before delete or update or truncate on course_attendance for each statement execute function refuse_change();
create trigger trail_of_deletes after delete on course_attendance referencing old table as old_rows for each statement execute function trail_of_course_attendance();
create trigger trail_of_inserts after insert on course_attendance referencing new table as new_rows for each statement execute function trail_of_course_attendance();
create trigger trail_of_updates after update on course_attendance referencing old table as old_rows new table as new_rows for each statement execute function trail_of_course_attendance();
alter table course_attendance enable row level security;
alter table course_attendance force row level security;
create policy by_bank on course_attendance using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select on course_attendance to app;

create table course_attendance_change (
  bank_id uuid not null,
  session_id uuid not null,
  member_id uuid not null,
  change_number bigint not null generated always as identity,
  stands boolean not null,
  note text,
  changed_by uuid not null,
  changed_at timestamptz not null,
  constraint course_attendance_change_pkey primary key (bank_id, session_id, member_id, change_number),
  constraint course_attendance_change_bank_id_session_id_member_id_fkey foreign key (bank_id, session_id, member_id) references course_attendance(bank_id, session_id, member_id),
  constraint course_attendance_change_check check ((stands or (note is not null))),
  constraint course_attendance_change_note_check check (((char_length(note) >= 1) and (char_length(note) <= 1000)))
);
create trigger append_only before delete or update or truncate on course_attendance_change for each statement execute function refuse_change();
create trigger trail_of_deletes after delete on course_attendance_change referencing old table as old_rows for each statement execute function trail_of_course_attendance_change();
create trigger trail_of_inserts after insert on course_attendance_change referencing new table as new_rows for each statement execute function trail_of_course_attendance_change();
create trigger trail_of_updates after update on course_attendance_change referencing old table as old_rows new table as new_rows for each statement execute function trail_of_course_attendance_change();
alter table course_attendance_change enable row level security;
alter table course_attendance_change force row level security;
create policy by_bank on course_attendance_change using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select on course_attendance_change to app;

create table course_place (
  bank_id uuid not null,
  course_id uuid not null,
  member_id uuid not null,
  ticket integer not null,
  state text not null,
  turn integer,
  result text,
  granted_until date,
  signed_up_by uuid not null,
  signed_up_at timestamptz not null,
  constraint course_place_pkey primary key (bank_id, course_id, member_id),
  constraint course_place_bank_id_course_id_ticket_key unique (bank_id, course_id, ticket),
  constraint course_place_bank_id_course_id_fkey foreign key (bank_id, course_id) references course(bank_id, course_id),
  constraint course_place_bank_id_member_id_fkey foreign key (bank_id, member_id) references member(bank_id, member_id),
  constraint course_place_check1 check (((state = 'waiting'::text) = (turn is not null))),
  constraint course_place_check2 check (((result is null) or (state = 'placed'::text))),
  constraint course_place_result_check check ((result = any (array['passed'::text, 'not_passed'::text]))),
  constraint course_place_state_check check ((state = any (array['signed_up'::text, 'placed'::text, 'waiting'::text, 'withdrawn'::text]))),
  constraint course_place_ticket_check check ((ticket > 0))
);
create index course_place_member on course_place using btree (bank_id, member_id);
create trigger trail_of_deletes after delete on course_place referencing old table as old_rows for each statement execute function trail_of_course_place();
create trigger trail_of_inserts after insert on course_place referencing new table as new_rows for each statement execute function trail_of_course_place();
create trigger trail_of_updates after update on course_place referencing old table as old_rows new table as new_rows for each statement execute function trail_of_course_place();
alter table course_place enable row level security;
alter table course_place force row level security;
create policy by_bank on course_place using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select, update on course_place to app;

create table course_service_kind (
  bank_id uuid not null,
  course_id uuid not null,
  service_kind text not null,
  constraint course_service_kind_pkey primary key (bank_id, course_id, service_kind),
  constraint course_service_kind_bank_id_course_id_fkey foreign key (bank_id, course_id) references course(bank_id, course_id),
  constraint course_service_kind_service_kind_fkey foreign key (service_kind) references service_kind(code)
);
create index course_service_kind_kind on course_service_kind using btree (service_kind);
create trigger append_only before delete or update or truncate on course_service_kind for each statement execute function refuse_change();
create trigger trail_of_deletes after delete on course_service_kind referencing old table as old_rows for each statement execute function trail_of_course_service_kind();
create trigger trail_of_inserts after insert on course_service_kind referencing new table as new_rows for each statement execute function trail_of_course_service_kind();
create trigger trail_of_updates after update on course_service_kind referencing old table as old_rows new table as new_rows for each statement execute function trail_of_course_service_kind();
alter table course_service_kind enable row level security;
alter table course_service_kind force row level security;
create policy by_bank on course_service_kind using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select on course_service_kind to app;

create table course_session (
  bank_id uuid not null,
  course_id uuid not null,
  session_id uuid not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  constraint course_session_pkey primary key (bank_id, session_id),
  constraint course_session_bank_id_course_id_fkey foreign key (bank_id, course_id) references course(bank_id, course_id),
  constraint course_session_check check (((ends_at > starts_at) and (ends_at <= (starts_at + '1 day'::interval))))
);
create index course_session_course on course_session using btree (bank_id, course_id, starts_at);
create trigger trail_of_deletes after delete on course_session referencing old table as old_rows for each statement execute function trail_of_course_session();
create trigger trail_of_inserts after insert on course_session referencing new table as new_rows for each statement execute function trail_of_course_session();
create trigger trail_of_updates after update on course_session referencing old table as old_rows new table as new_rows for each statement execute function trail_of_course_session();
alter table course_session enable row level security;
alter table course_session force row level security;
create policy by_bank on course_session using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select, update on course_session to app;

create table course_teacher (
  bank_id uuid not null,
  course_id uuid not null,
  member_id uuid not null,
  constraint course_teacher_pkey primary key (bank_id, course_id, member_id),
  constraint course_teacher_bank_id_course_id_fkey foreign key (bank_id, course_id) references course(bank_id, course_id),
  constraint course_teacher_bank_id_member_id_fkey foreign key (bank_id, member_id) references member(bank_id, member_id)
);
create index course_teacher_member on course_teacher using btree (bank_id, member_id);
create trigger append_only before delete or update or truncate on course_teacher for each statement execute function refuse_change();
create trigger trail_of_deletes after delete on course_teacher referencing old table as old_rows for each statement execute function trail_of_course_teacher();
create trigger trail_of_inserts after insert on course_teacher referencing new table as new_rows for each statement execute function trail_of_course_teacher();
create trigger trail_of_updates after update on course_teacher referencing old table as old_rows new table as new_rows for each statement execute function trail_of_course_teacher();
alter table course_teacher enable row level security;
alter table course_teacher force row level security;
create policy by_bank on course_teacher using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select on course_teacher to app;

create table credit_line (
  bank_id uuid not null,
  other_bank_id uuid not null,
  revision integer not null,
  credit_line_minutes integer not null,
  set_by uuid not null,
  set_at timestamptz not null,
  constraint credit_line_pkey primary key (bank_id, other_bank_id, revision),
  constraint credit_line_bank_id_fkey foreign key (bank_id) references bank(bank_id),
  constraint credit_line_check check ((bank_id <> other_bank_id)),
  constraint credit_line_credit_line_minutes_check check ((credit_line_minutes >= 0))
);
create trigger append_only before delete or update or truncate on credit_line for each statement execute function refuse_change();
create trigger trail_of_deletes after delete on credit_line referencing old table as old_rows for each statement execute function trail_of_credit_line();
create trigger trail_of_inserts after insert on credit_line referencing new table as new_rows for each statement execute function trail_of_credit_line();
create trigger trail_of_updates after update on credit_line referencing old table as old_rows new table as new_rows for each statement execute function trail_of_credit_line();
alter table credit_line enable row level security;
alter table credit_line force row level security;
create policy by_bank on credit_line using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select on credit_line to app;

create table device (
  person_id uuid not null,
  device_id uuid not null,
  public_key bytea not null,
  first_seen_at timestamptz not null,
  constraint device_pkey primary key (person_id, device_id),
  constraint device_person_id_fkey foreign key (person_id) references person(person_id),
  constraint device_public_key_check check ((octet_length(public_key) <= 200))
);
create trigger append_only before delete or update or truncate on device for each statement execute function refuse_change();
create trigger trail_of_deletes after delete on device referencing old table as old_rows for each statement execute function trail_of_device();
create trigger trail_of_inserts after insert on device referencing new table as new_rows for each statement execute function trail_of_device();
create trigger trail_of_updates after update on device referencing old table as old_rows new table as new_rows for each statement execute function trail_of_device();
grant insert, select on device to app;

create table disclosure (
  bank_id uuid not null,
  disclosure_id uuid not null,
  kind text not null,
  member_id uuid,
  people integer not null,
  fields text[] not null,
  visit_id uuid,
  on_day date,
  seen_by uuid not null,
  seen_at timestamptz not null,
  seen_as text,
  constraint disclosure_pkey primary key (bank_id, disclosure_id),
  constraint disclosure_bank_id_fkey foreign key (bank_id) references bank(bank_id),
  constraint disclosure_bank_id_member_id_fkey foreign key (bank_id, member_id) references member(bank_id, member_id),
  constraint disclosure_bank_id_visit_id_fkey foreign key (bank_id, visit_id) references visit(bank_id, visit_id),
  constraint disclosure_check check (((kind = any (array['insured_list'::text, 'members_list'::text])) = (member_id is null))),
  constraint disclosure_check1 check (((kind = 'insured_list'::text) = (on_day is not null))),
  constraint disclosure_kind_check check ((kind = any (array['insured_list'::text, 'members_list'::text, 'needs'::text]))),
  constraint disclosure_people_check check ((people >= 0)),
  constraint disclosure_seen_as_check check ((seen_as = any (array['helper'::text, 'desk'::text, 'admin'::text, 'city'::text])))
);
create index disclosure_member on disclosure using btree (bank_id, member_id, seen_at);
create index disclosure_seen on disclosure using btree (bank_id, seen_at, disclosure_id);
create index disclosure_visit on disclosure using btree (bank_id, visit_id);
create trigger append_only before delete or update or truncate on disclosure for each statement execute function refuse_change();
create trigger trail_of_deletes after delete on disclosure referencing old table as old_rows for each statement execute function trail_of_disclosure();
create trigger trail_of_inserts after insert on disclosure referencing new table as new_rows for each statement execute function trail_of_disclosure();
create trigger trail_of_updates after update on disclosure referencing old table as old_rows new table as new_rows for each statement execute function trail_of_disclosure();
alter table disclosure enable row level security;
alter table disclosure force row level security;
create policy by_bank on disclosure using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select on disclosure to app;

create table display (
  bank_id uuid not null,
  display_id uuid not null,
  client_id uuid,
  name text not null,
  opened_by uuid not null,
  opened_at timestamptz not null,
  content_hash bytea not null,
  closed_by uuid,
  closed_at timestamptz,
  constraint display_pkey primary key (bank_id, display_id),
  constraint display_bank_id_client_id_fkey foreign key (bank_id, client_id) references member(bank_id, member_id),
  constraint display_bank_id_fkey foreign key (bank_id) references bank(bank_id)
);
create index display_client on display using btree (bank_id, client_id);
create trigger trail_of_deletes after delete on display referencing old table as old_rows for each statement execute function trail_of_display();
create trigger trail_of_inserts after insert on display referencing new table as new_rows for each statement execute function trail_of_display();
create trigger trail_of_updates after update on display referencing old table as old_rows new table as new_rows for each statement execute function trail_of_display();
alter table display enable row level security;
alter table display force row level security;
create policy by_bank on display using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select, update on display to app;

create table document (
  document_slug text not null,
  position integer not null,
  kind text not null,
  original_language text not null,
  original_title text not null,
  authors text[] not null,
  byline text[] not null,
  words jsonb not null,
  starts_on date,
  ends_on date,
  constraint document_pkey primary key (document_slug),
  constraint document_position_key unique ("position")
);
grant select on document to app;
grant delete, insert, select, update on document to import;

create table document_figure (
  figure_slug text not null,
  document_slug text not null,
  section_slug text not null,
  position integer not null,
  value numeric not null,
  upper numeric,
  qualifier text not null,
  forecast boolean not null,
  unit text not null,
  year integer,
  chart text,
  words jsonb not null,
  constraint document_figure_pkey primary key (figure_slug),
  constraint document_figure_position_key unique ("position"),
  constraint document_figure_document_slug_section_slug_fkey foreign key (document_slug, section_slug) references document_section(document_slug, section_slug) on delete cascade
);
create index document_figure_section on document_figure using btree (document_slug, section_slug);
grant select on document_figure to app;
grant delete, insert, select, update on document_figure to import;

create table document_label (
  language text not null,
  labels jsonb not null,
  constraint document_label_pkey primary key (language)
);
grant select on document_label to app;
grant delete, insert, select, update on document_label to import;

create table document_measure (
  only_row boolean not null default true,
  texts integer not null,
  mean_words double precision not null,
  constraint document_measure_pkey primary key (only_row),
  constraint document_measure_only_row_check check (only_row)
);
grant select on document_measure to app;
grant delete, insert, select, update on document_measure to import;

create table document_problem (
  problem_slug text not null,
  position integer not null,
  sources jsonb not null,
  places text[] not null,
  words jsonb not null,
  constraint document_problem_pkey primary key (problem_slug),
  constraint document_problem_position_key unique ("position")
);
grant select on document_problem to app;
grant delete, insert, select, update on document_problem to import;

create table document_release (
  source text not null,
  content_hash bytea not null,
  laid_down_at timestamptz not null,
  constraint document_release_pkey primary key (source),
  constraint document_release_source_check check ((source = any (array['digests'::text, 'newsletter'::text])))
);
grant select on document_release to app;
grant delete, insert, select, update on document_release to import;

create table document_section (
  document_slug text not null,
  section_slug text not null,
  position integer not null,
  number text,
  kind text not null,
  heading text,
  country text,
  speakers text[] not null,
  themes text[] not null,
  constraint document_section_pkey primary key (document_slug, section_slug),
  constraint document_section_document_slug_position_key unique (document_slug, "position"),
  constraint document_section_document_slug_fkey foreign key (document_slug) references document(document_slug) on delete cascade
);
grant select on document_section to app;
grant delete, insert, select, update on document_section to import;

create table document_text (
  document_slug text not null,
  section_slug text not null,
  language text not null,
  source text not null,
  title text not null,
  passages jsonb not null,
  words tsvector not null,
  word_count integer not null,
  constraint document_text_pkey primary key (document_slug, section_slug, language, source),
  constraint document_text_document_slug_section_slug_fkey foreign key (document_slug, section_slug) references document_section(document_slug, section_slug) on delete cascade,
  constraint document_text_source_check check ((source = any (array['digest'::text, 'original'::text])))
);
create index document_text_words on document_text using gin (words);
grant select on document_text to app;
grant delete, insert, select, update on document_text to import;

create table document_word (
  word text not null,
  texts integer not null,
  constraint document_word_pkey primary key (word)
);
create index document_word_alike on document_word using gin (word gin_trgm_ops);
grant select on document_word to app;
grant delete, insert, select, update on document_word to import;

create table finding (
  bank_id uuid not null,
  finding_id uuid not null,
  finder text not null,
  who text not null,
  place text,
  what text not null,
  phone text,
  told_at timestamptz not null,
  ends_on date not null,
  result text,
  closed_by uuid,
  closed_at timestamptz,
  kept_reason text,
  kept_by uuid,
  kept_first_by uuid,
  content_hash bytea not null,
  constraint finding_pkey primary key (bank_id, finding_id),
  constraint finding_bank_id_fkey foreign key (bank_id) references bank(bank_id),
  constraint finding_check check ((num_nonnulls(result, closed_by, closed_at) = any (array[0, 3]))),
  constraint finding_check1 check ((num_nonnulls(kept_reason, kept_by, kept_first_by) = any (array[0, 3]))),
  constraint finding_finder_check check ((finder = any (array['shop'::text, 'post'::text, 'hospital'::text, 'neighbour'::text, 'other'::text]))),
  constraint finding_kept_reason_check check (((char_length(kept_reason) >= 1) and (char_length(kept_reason) <= 40))),
  constraint finding_phone_check check (((char_length(phone) >= 3) and (char_length(phone) <= 60))),
  constraint finding_place_check check (((char_length(place) >= 1) and (char_length(place) <= 200))),
  constraint finding_result_check check ((result = any (array['known'::text, 'helped'::text, 'not_found'::text, 'no_need'::text]))),
  constraint finding_what_check check (((char_length(what) >= 1) and (char_length(what) <= 1000))),
  constraint finding_who_check check (((char_length(who) >= 1) and (char_length(who) <= 100)))
);
create index finding_end on finding using btree (bank_id, ends_on);
create trigger closed_bank before insert on finding for each row execute function refuse_in_closed_bank();
create trigger trail_of_deletes after delete on finding referencing old table as old_rows for each statement execute function trail_of_finding();
create trigger trail_of_inserts after insert on finding referencing new table as new_rows for each statement execute function trail_of_finding();
create trigger trail_of_updates after update on finding referencing old table as old_rows new table as new_rows for each statement execute function trail_of_finding();
alter table finding enable row level security;
alter table finding force row level security;
create policy by_bank on finding using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant delete, insert, select, update on finding to app;

create table former_number (
  bank_id uuid not null,
  number text not null,
  member_id uuid not null,
  import_id uuid not null,
  constraint former_number_pkey primary key (bank_id, number),
  constraint former_number_bank_id_import_id_fkey foreign key (bank_id, import_id) references import_run(bank_id, import_id),
  constraint former_number_bank_id_member_id_fkey foreign key (bank_id, member_id) references member(bank_id, member_id),
  constraint former_number_number_check check (((char_length(number) >= 1) and (char_length(number) <= 60)))
);
create index former_number_import on former_number using btree (bank_id, import_id);
create index former_number_member on former_number using btree (bank_id, member_id);
create trigger trail_of_deletes after delete on former_number referencing old table as old_rows for each statement execute function trail_of_former_number();
create trigger trail_of_inserts after insert on former_number referencing new table as new_rows for each statement execute function trail_of_former_number();
create trigger trail_of_updates after update on former_number referencing old table as old_rows new table as new_rows for each statement execute function trail_of_former_number();
alter table former_number enable row level security;
alter table former_number force row level security;
create policy by_bank on former_number using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select on former_number to app;

create table former_visit (
  bank_id uuid not null,
  former_visit_id uuid not null,
  volunteer_id uuid not null,
  client_id uuid,
  service_kind text not null,
  day date not null,
  started_at time without time zone,
  ended_at time without time zone,
  minutes integer not null,
  note text,
  import_id uuid not null,
  line integer not null,
  constraint former_visit_pkey primary key (bank_id, former_visit_id),
  constraint former_visit_bank_id_client_id_fkey foreign key (bank_id, client_id) references member(bank_id, member_id),
  constraint former_visit_bank_id_import_id_fkey foreign key (bank_id, import_id) references import_run(bank_id, import_id),
  constraint former_visit_bank_id_volunteer_id_fkey foreign key (bank_id, volunteer_id) references member(bank_id, member_id),
  constraint former_visit_check check ((volunteer_id is distinct from client_id)),
  constraint former_visit_minutes_check check (((minutes >= 1) and (minutes <= 1440))),
  constraint former_visit_note_check check (((char_length(note) >= 1) and (char_length(note) <= 1000))),
  constraint former_visit_service_kind_check check (((char_length(service_kind) >= 1) and (char_length(service_kind) <= 100)))
);
create index former_visit_client on former_visit using btree (bank_id, client_id, day desc);
create index former_visit_import on former_visit using btree (bank_id, import_id);
create index former_visit_volunteer on former_visit using btree (bank_id, volunteer_id, day desc);
create trigger trail_of_deletes after delete on former_visit referencing old table as old_rows for each statement execute function trail_of_former_visit();
create trigger trail_of_inserts after insert on former_visit referencing new table as new_rows for each statement execute function trail_of_former_visit();
create trigger trail_of_updates after update on former_visit referencing old table as old_rows new table as new_rows for each statement execute function trail_of_former_visit();
alter table former_visit enable row level security;
alter table former_visit force row level security;
create policy by_bank on former_visit using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select on former_visit to app;

create table function_checksum (
  name text not null,
  checksum text not null,
  constraint function_checksum_pkey primary key (name)
);
grant select on function_checksum to app;

create table gate_overrule (
  bank_id uuid not null,
  visit_id uuid not null,
  reasons text[] not null,
  note text not null,
  overruled_by uuid not null,
  overruled_at timestamptz not null,
  constraint gate_overrule_pkey primary key (bank_id, visit_id),
  constraint gate_overrule_bank_id_visit_id_fkey foreign key (bank_id, visit_id) references visit(bank_id, visit_id),
  constraint gate_overrule_note_check check (((char_length(note) >= 1) and (char_length(note) <= 1000))),
  constraint gate_overrule_reasons_check check ((cardinality(reasons) > 0))
);
create trigger append_only before delete or update or truncate on gate_overrule for each statement execute function refuse_change();
create trigger trail_of_deletes after delete on gate_overrule referencing old table as old_rows for each statement execute function trail_of_gate_overrule();
create trigger trail_of_inserts after insert on gate_overrule referencing new table as new_rows for each statement execute function trail_of_gate_overrule();
create trigger trail_of_updates after update on gate_overrule referencing old table as old_rows new table as new_rows for each statement execute function trail_of_gate_overrule();
alter table gate_overrule enable row level security;
alter table gate_overrule force row level security;
create policy by_bank on gate_overrule using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select on gate_overrule to app;

create table grant_row (
  bank_id uuid not null,
  run_id uuid not null,
  place integer not null,
  member_id uuid not null,
  account_id uuid not null,
  reason text not null,
  outcome text,
  pool_minutes integer not null default 0,
  fund_minutes integer not null default 0,
  code text,
  constraint grant_row_pkey primary key (bank_id, run_id, place),
  constraint grant_row_bank_id_run_id_member_id_key unique (bank_id, run_id, member_id),
  constraint grant_row_bank_id_member_id_fkey foreign key (bank_id, member_id) references member(bank_id, member_id),
  constraint grant_row_bank_id_run_id_fkey foreign key (bank_id, run_id) references grant_run(bank_id, run_id),
  constraint grant_row_fund_minutes_check check ((fund_minutes >= 0)),
  constraint grant_row_outcome_check check ((outcome = any (array['granted'::text, 'partly'::text, 'refused'::text]))),
  constraint grant_row_place_check check ((place > 0)),
  constraint grant_row_pool_minutes_check check ((pool_minutes >= 0)),
  constraint grant_row_reason_check check ((reason = any (array['oldest_alone'::text, 'low_income'::text, 'disabled'::text, 'living_alone'::text])))
);
create index grant_row_member on grant_row using btree (bank_id, member_id);
create trigger trail_of_deletes after delete on grant_row referencing old table as old_rows for each statement execute function trail_of_grant_row();
create trigger trail_of_inserts after insert on grant_row referencing new table as new_rows for each statement execute function trail_of_grant_row();
create trigger trail_of_updates after update on grant_row referencing old table as old_rows new table as new_rows for each statement execute function trail_of_grant_row();
alter table grant_row enable row level security;
alter table grant_row force row level security;
create policy by_bank on grant_row using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select, update on grant_row to app;

create table grant_run (
  bank_id uuid not null,
  run_id uuid not null,
  month text not null,
  minutes_each integer not null,
  eligible_members integer not null default 0,
  settled_members integer not null default 0,
  granted_members integer not null default 0,
  refused_members integer not null default 0,
  pool_minutes bigint not null default 0,
  fund_minutes bigint not null default 0,
  started_by uuid not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  constraint grant_run_pkey primary key (bank_id, run_id),
  constraint grant_run_bank_id_month_key unique (bank_id, month),
  constraint grant_run_bank_id_fkey foreign key (bank_id) references bank(bank_id),
  constraint grant_run_check check ((settled_members <= eligible_members)),
  constraint grant_run_check1 check (((granted_members + refused_members) = settled_members)),
  constraint grant_run_minutes_each_check check ((minutes_each >= 0)),
  constraint grant_run_month_check check ((month ~ '^\d{4}-\d\d$'::text))
);
create index grant_run_going on grant_run using btree (bank_id) where (finished_at is null);
create trigger closed_bank before insert on grant_run for each row execute function refuse_in_closed_bank();
create trigger trail_of_deletes after delete on grant_run referencing old table as old_rows for each statement execute function trail_of_grant_run();
create trigger trail_of_inserts after insert on grant_run referencing new table as new_rows for each statement execute function trail_of_grant_run();
create trigger trail_of_updates after update on grant_run referencing old table as old_rows new table as new_rows for each statement execute function trail_of_grant_run();
alter table grant_run enable row level security;
alter table grant_run force row level security;
create policy by_bank on grant_run using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select, update on grant_run to app;

create table guardian (
  bank_id uuid not null,
  member_id uuid not null,
  guardian_member_id uuid,
  name text not null,
  phone text not null,
  kind text not null,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  constraint guardian_pkey primary key (bank_id, member_id),
  constraint guardian_bank_id_guardian_member_id_fkey foreign key (bank_id, guardian_member_id) references member(bank_id, member_id),
  constraint guardian_bank_id_member_id_fkey foreign key (bank_id, member_id) references member(bank_id, member_id),
  constraint guardian_recorded_by_fkey foreign key (recorded_by) references person(person_id),
  constraint guardian_kind_check check ((kind = any (array['parent'::text, 'grandparent'::text, 'other'::text]))),
  constraint guardian_name_check check (((char_length(name) >= 1) and (char_length(name) <= 100)))
);
create index guardian_of on guardian using btree (bank_id, guardian_member_id);
create index guardian_recorded_by on guardian using btree (recorded_by);
create trigger trail_of_deletes after delete on guardian referencing old table as old_rows for each statement execute function trail_of_guardian();
create trigger trail_of_inserts after insert on guardian referencing new table as new_rows for each statement execute function trail_of_guardian();
create trigger trail_of_updates after update on guardian referencing old table as old_rows new table as new_rows for each statement execute function trail_of_guardian();
alter table guardian enable row level security;
alter table guardian force row level security;
create policy by_bank on guardian using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select, update on guardian to app;

create table guest (
  bank_id uuid not null,
  member_id uuid not null,
  home_bank_id uuid not null,
  person_id uuid not null,
  account_id uuid not null,
  member_number text not null,
  name text not null,
  state text not null,
  asked_at timestamptz not null,
  confirmed_by uuid,
  confirmed_at timestamptz,
  ended_by uuid,
  ended_at timestamptz,
  version integer not null default 1,
  constraint guest_pkey primary key (bank_id, member_id),
  constraint guest_bank_id_fkey foreign key (bank_id) references bank(bank_id),
  constraint guest_person_id_fkey foreign key (person_id) references person(person_id),
  constraint guest_check check ((bank_id <> home_bank_id)),
  constraint guest_check1 check (((state <> 'confirmed'::text) or (confirmed_at is not null))),
  constraint guest_check2 check (((state <> 'ended'::text) or (ended_at is not null))),
  constraint guest_state_check check ((state = any (array['asked'::text, 'confirmed'::text, 'ended'::text])))
);
create index guest_person on guest using btree (person_id);
create trigger trail_of_deletes after delete on guest referencing old table as old_rows for each statement execute function trail_of_guest();
create trigger trail_of_inserts after insert on guest referencing new table as new_rows for each statement execute function trail_of_guest();
create trigger trail_of_updates after update on guest referencing old table as old_rows new table as new_rows for each statement execute function trail_of_guest();
alter table guest enable row level security;
alter table guest force row level security;
create policy by_bank on guest using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select, update on guest to app;

create table hand_transfer (
  bank_id uuid not null,
  transfer_id uuid not null,
  kind text not null,
  account_id uuid not null,
  minutes integer not null,
  reason_code text,
  note text,
  done_by uuid not null,
  first_by uuid,
  done_at timestamptz not null,
  constraint hand_transfer_pkey primary key (bank_id, transfer_id),
  constraint hand_transfer_bank_id_transfer_id_fkey foreign key (bank_id, transfer_id) references transfer(bank_id, transfer_id),
  constraint hand_transfer_kind_check check ((kind = any (array['grant'::text, 'gift'::text, 'donation'::text, 'reversal'::text]))),
  constraint hand_transfer_minutes_check check ((minutes > 0))
);
create index hand_transfer_account on hand_transfer using btree (bank_id, account_id, done_at);
create index hand_transfer_day on hand_transfer using btree (bank_id, done_at);
create trigger trail_of_deletes after delete on hand_transfer referencing old table as old_rows for each statement execute function trail_of_hand_transfer();
create trigger trail_of_inserts after insert on hand_transfer referencing new table as new_rows for each statement execute function trail_of_hand_transfer();
create trigger trail_of_updates after update on hand_transfer referencing old table as old_rows new table as new_rows for each statement execute function trail_of_hand_transfer();
alter table hand_transfer enable row level security;
alter table hand_transfer force row level security;
create policy by_bank on hand_transfer using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select on hand_transfer to app;
grant update (note) on hand_transfer to app;

create table hold (
  bank_id uuid not null,
  hold_id uuid not null,
  account_id uuid not null,
  minutes integer not null,
  expires_at timestamptz not null,
  placed_at timestamptz not null,
  recorded_xid xid8 not null default ledger_xid(),
  constraint hold_pkey primary key (bank_id, hold_id),
  constraint hold_minutes_check check ((minutes > 0))
);
create index hold_by_expiry on hold using btree (bank_id, expires_at);
create index hold_by_transaction on hold using btree (recorded_xid);
create trigger append_only before delete or update or truncate on hold for each statement execute function refuse_change();
alter table hold enable row level security;
alter table hold force row level security;
create policy by_bank on hold using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant select on hold to app;

create table hold_end (
  bank_id uuid not null,
  hold_id uuid not null,
  outcome text not null,
  posted_minutes integer not null,
  released_minutes integer not null,
  transfer_id uuid,
  ended_at timestamptz not null,
  recorded_xid xid8 not null default ledger_xid(),
  constraint hold_end_pkey primary key (bank_id, hold_id),
  constraint hold_end_bank_id_hold_id_fkey foreign key (bank_id, hold_id) references hold(bank_id, hold_id),
  constraint hold_end_check check (((outcome = 'posted'::text) = (transfer_id is not null))),
  constraint hold_end_check1 check (((outcome = 'posted'::text) or (posted_minutes = 0))),
  constraint hold_end_outcome_check check ((outcome = any (array['posted'::text, 'released'::text, 'expired'::text]))),
  constraint hold_end_posted_minutes_check check ((posted_minutes >= 0)),
  constraint hold_end_released_minutes_check check ((released_minutes >= 0))
);
create index hold_end_by_transaction on hold_end using btree (recorded_xid);
create trigger append_only before delete or update or truncate on hold_end for each statement execute function refuse_change();
alter table hold_end enable row level security;
alter table hold_end force row level security;
create policy by_bank on hold_end using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant select on hold_end to app;

create table identity_check (
  bank_id uuid not null,
  member_id uuid not null,
  seen_at timestamptz not null,
  way text not null,
  seen_by uuid not null,
  constraint identity_check_pkey primary key (bank_id, member_id, seen_at),
  constraint identity_check_bank_id_member_id_fkey foreign key (bank_id, member_id) references member(bank_id, member_id),
  constraint identity_check_seen_by_fkey foreign key (seen_by) references person(person_id),
  constraint identity_check_way_check check ((way = any (array['person'::text, 'document'::text])))
);
create index identity_check_by on identity_check using btree (seen_by);
create trigger append_only before delete or update or truncate on identity_check for each statement execute function refuse_change();
create trigger trail_of_deletes after delete on identity_check referencing old table as old_rows for each statement execute function trail_of_identity_check();
create trigger trail_of_inserts after insert on identity_check referencing new table as new_rows for each statement execute function trail_of_identity_check();
create trigger trail_of_updates after update on identity_check referencing old table as old_rows new table as new_rows for each statement execute function trail_of_identity_check();
alter table identity_check enable row level security;
alter table identity_check force row level security;
create policy by_bank on identity_check using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select on identity_check to app;

create table identity_mark (
  bank_id uuid not null,
  member_id uuid not null,
  hash bytea not null,
  constraint identity_mark_pkey primary key (bank_id, member_id),
  constraint identity_mark_bank_id_hash_key unique (bank_id, hash),
  constraint identity_mark_bank_id_member_id_fkey foreign key (bank_id, member_id) references member(bank_id, member_id)
);
create trigger trail_of_deletes after delete on identity_mark referencing old table as old_rows for each statement execute function trail_of_identity_mark();
create trigger trail_of_inserts after insert on identity_mark referencing new table as new_rows for each statement execute function trail_of_identity_mark();
create trigger trail_of_updates after update on identity_mark referencing old table as old_rows new table as new_rows for each statement execute function trail_of_identity_mark();
alter table identity_mark enable row level security;
alter table identity_mark force row level security;
create policy by_bank on identity_mark using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant delete, insert, select, update on identity_mark to app;

create table import_head (
  bank_id uuid not null,
  kind text not null,
  head text not null,
  field text not null,
  chosen_at timestamptz not null,
  constraint import_head_pkey primary key (bank_id, kind, head),
  constraint import_head_bank_id_fkey foreign key (bank_id) references bank(bank_id),
  constraint import_head_head_check check (((char_length(head) >= 1) and (char_length(head) <= 200)))
);
alter table import_head enable row level security;
alter table import_head force row level security;
create policy by_bank on import_head using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select, update on import_head to app;

create table import_piece (
  bank_id uuid not null,
  import_id uuid not null,
  piece_number integer not null,
  row_count integer not null,
  rows jsonb not null,
  done_at timestamptz,
  counts jsonb,
  constraint import_piece_pkey primary key (bank_id, import_id, piece_number),
  constraint import_piece_bank_id_import_id_fkey foreign key (bank_id, import_id) references import_run(bank_id, import_id)
);
alter table import_piece enable row level security;
alter table import_piece force row level security;
create policy by_bank on import_piece using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant delete, insert, select, update on import_piece to app;

create table import_problem (
  bank_id uuid not null,
  import_id uuid not null,
  line integer not null,
  field text,
  code text not null,
  parameters jsonb not null default '{}'::jsonb,
  cells text[] not null,
  is_of_dry_run boolean not null,
  constraint import_problem_pkey primary key (bank_id, import_id, line),
  constraint import_problem_bank_id_import_id_fkey foreign key (bank_id, import_id) references import_run(bank_id, import_id)
);
alter table import_problem enable row level security;
alter table import_problem force row level security;
create policy by_bank on import_problem using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant delete, insert, select on import_problem to app;

create table import_run (
  bank_id uuid not null,
  import_id uuid not null,
  kind text not null,
  state text not null,
  file_name text not null,
  file_hash bytea not null,
  format text not null,
  encoding text,
  separator text,
  sheet text,
  epoch integer,
  heads text[] not null,
  columns jsonb not null,
  row_count integer not null,
  blank_rows integer not null,
  checked jsonb,
  sum_minutes bigint,
  control_total bigint,
  counts jsonb,
  done_rows integer,
  created_by uuid not null,
  created_at timestamptz not null,
  started_by uuid,
  started_at timestamptz,
  finished_at timestamptz,
  constraint import_run_pkey primary key (bank_id, import_id),
  constraint import_run_bank_id_fkey foreign key (bank_id) references bank(bank_id),
  constraint import_run_check check ((num_nonnulls(started_by, started_at) = any (array[0, 2]))),
  constraint import_run_check1 check (((state = 'queued'::text) or (state = 'cancelled'::text) or (started_at is not null))),
  constraint import_run_epoch_check check ((epoch = any (array[1900, 1904]))),
  constraint import_run_file_name_check check (((char_length(file_name) >= 1) and (char_length(file_name) <= 200))),
  constraint import_run_format_check check ((format = any (array['csv'::text, 'xlsx'::text]))),
  constraint import_run_kind_check check ((kind = any (array['members'::text, 'balances'::text, 'visits'::text, 'relations'::text, 'qualifications'::text]))),
  constraint import_run_state_check check ((state = any (array['queued'::text, 'running'::text, 'done'::text, 'done_with_failures'::text, 'cancelled'::text])))
);
create index import_run_created on import_run using btree (bank_id, created_at desc, import_id desc);
create index import_run_going on import_run using btree (bank_id) where (state = any (array['queued'::text, 'running'::text]));
create trigger closed_bank before insert on import_run for each row execute function refuse_in_closed_bank();
create trigger trail_of_deletes after delete on import_run referencing old table as old_rows for each statement execute function trail_of_import_run();
create trigger trail_of_inserts after insert on import_run referencing new table as new_rows for each statement execute function trail_of_import_run();
create trigger trail_of_updates after update on import_run referencing old table as old_rows new table as new_rows for each statement execute function trail_of_import_run();
alter table import_run enable row level security;
alter table import_run force row level security;
create policy by_bank on import_run using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select, update on import_run to app;

create table installation_mark (
  mark_id bigint not null generated always as identity,
  name text not null,
  value text not null,
  said_by text,
  reason text,
  marked_at timestamptz not null default clock_timestamp(),
  constraint installation_mark_pkey primary key (mark_id)
);
create index installation_mark_name on installation_mark using btree (name, mark_id);
create trigger append_only before delete or update or truncate on installation_mark for each statement execute function refuse_change();
create trigger trail_of_deletes after delete on installation_mark referencing old table as old_rows for each statement execute function trail_of_installation_mark();
create trigger trail_of_inserts after insert on installation_mark referencing new table as new_rows for each statement execute function trail_of_installation_mark();
create trigger trail_of_updates after update on installation_mark referencing old table as old_rows new table as new_rows for each statement execute function trail_of_installation_mark();
grant select on installation_mark to app;

create table insurance (
  bank_id uuid not null,
  insurance_id uuid not null,
  insurer text not null,
  number text not null,
  valid_from date not null,
  valid_until date not null,
  kinds text[],
  ended_on date,
  end_note text,
  version integer not null default 1,
  constraint insurance_pkey primary key (bank_id, insurance_id),
  constraint insurance_bank_id_insurer_number_valid_from_key unique (bank_id, insurer, number, valid_from),
  constraint insurance_bank_id_fkey foreign key (bank_id) references bank(bank_id),
  constraint insurance_check check ((valid_until >= valid_from)),
  constraint insurance_check1 check (((ended_on >= (valid_from - 1)) and (ended_on < valid_until))),
  constraint insurance_check2 check (((ended_on is null) = (end_note is null))),
  constraint insurance_end_note_check check (((char_length(end_note) >= 1) and (char_length(end_note) <= 1000))),
  constraint insurance_insurer_check check (((char_length(insurer) >= 1) and (char_length(insurer) <= 100))),
  constraint insurance_kinds_check check (((cardinality(kinds) >= 1) and (cardinality(kinds) <= 200))),
  constraint insurance_number_check check (((char_length(number) >= 1) and (char_length(number) <= 60)))
);
create trigger trail_of_deletes after delete on insurance referencing old table as old_rows for each statement execute function trail_of_insurance();
create trigger trail_of_inserts after insert on insurance referencing new table as new_rows for each statement execute function trail_of_insurance();
create trigger trail_of_updates after update on insurance referencing old table as old_rows new table as new_rows for each statement execute function trail_of_insurance();
alter table insurance enable row level security;
alter table insurance force row level security;
create policy by_bank on insurance using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select, update on insurance to app;

create table job_round (
  round text not null,
  begun_at timestamptz not null,
  done_at timestamptz,
  failed_at timestamptz,
  faults bigint not null default 0,
  constraint job_round_pkey primary key (round),
  constraint job_round_faults_check check ((faults >= 0)),
  constraint job_round_round_check check (((length(round) >= 1) and (length(round) <= 60)))
);
grant insert, select, update on job_round to app;

create table known_device (
  person_id uuid not null,
  device_hash bytea not null,
  last_used_at timestamptz not null,
  signed_in_xid xid8,
  constraint known_device_pkey primary key (person_id, device_hash),
  constraint known_device_person_id_fkey foreign key (person_id) references person(person_id)
);
create index known_device_use on known_device using btree (last_used_at);
grant delete, insert, select, update on known_device to app;

create table late_decision (
  bank_id uuid not null,
  visit_id uuid not null,
  approval_id uuid not null,
  decision text not null,
  reason_code text,
  note text,
  decided_by uuid not null,
  decided_at timestamptz not null,
  constraint late_decision_pkey primary key (bank_id, visit_id, approval_id),
  constraint late_decision_bank_id_approval_id_fkey foreign key (bank_id, approval_id) references approval(bank_id, approval_id),
  constraint late_decision_bank_id_visit_id_fkey foreign key (bank_id, visit_id) references visit(bank_id, visit_id),
  constraint late_decision_decision_check check ((decision = any (array['approve'::text, 'reject'::text])))
);
create index late_decision_approval on late_decision using btree (bank_id, approval_id);
create trigger append_only before delete or update or truncate on late_decision for each statement execute function refuse_change();
create trigger trail_of_deletes after delete on late_decision referencing old table as old_rows for each statement execute function trail_of_late_decision();
create trigger trail_of_inserts after insert on late_decision referencing new table as new_rows for each statement execute function trail_of_late_decision();
create trigger trail_of_updates after update on late_decision referencing old table as old_rows new table as new_rows for each statement execute function trail_of_late_decision();
alter table late_decision enable row level security;
alter table late_decision force row level security;
create policy by_bank on late_decision using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select on late_decision to app;

create table ledger_clock_repair (
  bank_id uuid not null,
  number integer not null,
  repaired_at timestamptz not null,
  ahead_until timestamptz not null,
  accounts integer not null,
  said_by text not null,
  reason text not null,
  recorded_xid xid8 not null default ledger_xid(),
  constraint ledger_clock_repair_pkey primary key (bank_id, number),
  constraint ledger_clock_repair_number_check check ((number > 0)),
  constraint ledger_clock_repair_reason_check check ((reason <> ''::text)),
  constraint ledger_clock_repair_said_by_check check ((said_by <> ''::text))
);
create trigger append_only before delete or update or truncate on ledger_clock_repair for each statement execute function refuse_change();
create trigger trail_of_deletes after delete on ledger_clock_repair referencing old table as old_rows for each statement execute function trail_of_ledger_clock_repair();
create trigger trail_of_inserts after insert on ledger_clock_repair referencing new table as new_rows for each statement execute function trail_of_ledger_clock_repair();
create trigger trail_of_updates after update on ledger_clock_repair referencing old table as old_rows new table as new_rows for each statement execute function trail_of_ledger_clock_repair();
alter table ledger_clock_repair enable row level security;
alter table ledger_clock_repair force row level security;
create policy by_bank on ledger_clock_repair using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant select on ledger_clock_repair to app;

create table ledger_restore (
  bank_id uuid not null,
  number integer not null,
  void_from integer not null,
  void_through integer not null,
  statement text not null,
  signature bytea not null,
  constraint ledger_restore_pkey primary key (bank_id, number),
  constraint ledger_restore_check check ((void_from <= void_through)),
  constraint ledger_restore_number_check check ((number > 0)),
  constraint ledger_restore_void_from_check check ((void_from > 0))
);
create trigger append_only before delete or update or truncate on ledger_restore for each statement execute function refuse_change();
alter table ledger_restore enable row level security;
alter table ledger_restore force row level security;
create policy by_bank on ledger_restore using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant select on ledger_restore to app;

create table letter (
  bank_id uuid not null,
  event_id uuid not null,
  visit_id uuid not null,
  person_id uuid not null,
  volunteer_id uuid not null,
  kind text not null,
  code text not null,
  client_time timestamptz not null,
  received_at timestamptz not null,
  earliest timestamptz,
  latest timestamptz not null,
  via text,
  card_id uuid,
  proof text,
  deadline date not null,
  content_hash bytea not null,
  constraint letter_pkey primary key (bank_id, event_id),
  constraint letter_bank_id_fkey foreign key (bank_id) references bank(bank_id),
  constraint letter_kind_check check ((kind = any (array['in'::text, 'out'::text]))),
  constraint letter_proof_check check ((proof = any (array['valid'::text, 'invalid'::text, 'unknown'::text]))),
  constraint letter_via_check check ((via = any (array['card'::text, 'typed'::text, 'rotating'::text])))
);
create index letter_by_deadline on letter using btree (bank_id, deadline, event_id);
create index letter_person on letter using btree (bank_id, person_id);
create trigger append_only before delete or update or truncate on letter for each statement execute function refuse_change();
create trigger trail_of_deletes after delete on letter referencing old table as old_rows for each statement execute function trail_of_letter();
create trigger trail_of_inserts after insert on letter referencing new table as new_rows for each statement execute function trail_of_letter();
create trigger trail_of_updates after update on letter referencing old table as old_rows new table as new_rows for each statement execute function trail_of_letter();
alter table letter enable row level security;
alter table letter force row level security;
create policy by_bank on letter using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select on letter to app;

create table letter_answer (
  bank_id uuid not null,
  answer_id uuid not null,
  event_id uuid not null,
  outcome text not null,
  visit_id uuid,
  reason_code text not null,
  note text,
  answered_by uuid not null,
  answered_at timestamptz not null,
  content_hash bytea not null,
  constraint letter_answer_pkey primary key (bank_id, answer_id),
  constraint letter_answer_bank_id_event_id_key unique (bank_id, event_id),
  constraint letter_answer_bank_id_event_id_fkey foreign key (bank_id, event_id) references letter(bank_id, event_id),
  constraint letter_answer_bank_id_visit_id_fkey foreign key (bank_id, visit_id) references visit(bank_id, visit_id),
  constraint letter_answer_check check (((visit_id is null) = (outcome <> 'entered'::text))),
  constraint letter_answer_outcome_check check ((outcome = any (array['entered'::text, 'explained'::text, 'rejected'::text])))
);
create index letter_answer_visit on letter_answer using btree (bank_id, visit_id);
create trigger append_only before delete or update or truncate on letter_answer for each statement execute function refuse_change();
create trigger trail_of_deletes after delete on letter_answer referencing old table as old_rows for each statement execute function trail_of_letter_answer();
create trigger trail_of_inserts after insert on letter_answer referencing new table as new_rows for each statement execute function trail_of_letter_answer();
create trigger trail_of_updates after update on letter_answer referencing old table as old_rows new table as new_rows for each statement execute function trail_of_letter_answer();
alter table letter_answer enable row level security;
alter table letter_answer force row level security;
create policy by_bank on letter_answer using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select on letter_answer to app;

create table location_consent (
  person_id uuid not null,
  revision integer not null,
  granted boolean not null,
  given_at timestamptz not null,
  constraint location_consent_pkey primary key (person_id, revision),
  constraint location_consent_person_id_fkey foreign key (person_id) references person(person_id)
);
create trigger append_only before delete or update or truncate on location_consent for each statement execute function refuse_change();
create trigger trail_of_deletes after delete on location_consent referencing old table as old_rows for each statement execute function trail_of_location_consent();
create trigger trail_of_inserts after insert on location_consent referencing new table as new_rows for each statement execute function trail_of_location_consent();
create trigger trail_of_updates after update on location_consent referencing old table as old_rows new table as new_rows for each statement execute function trail_of_location_consent();
grant insert, select on location_consent to app;

create table locator (
  hash bytea not null,
  kind text not null,
  bank_id uuid not null,
  id uuid not null,
  constraint locator_pkey primary key (kind, hash),
  constraint locator_kind_check check ((kind = any (array['bank'::text, 'card_token'::text, 'card_code'::text, 'display'::text, 'screen'::text])))
);
create index locator_bank on locator using btree (bank_id);
create trigger trail_of_deletes after delete on locator referencing old table as old_rows for each statement execute function trail_of_locator();
create trigger trail_of_inserts after insert on locator referencing new table as new_rows for each statement execute function trail_of_locator();
create trigger trail_of_updates after update on locator referencing old table as old_rows new table as new_rows for each statement execute function trail_of_locator();
grant insert, select on locator to app;

create table member (
  bank_id uuid not null,
  member_id uuid not null,
  person_id uuid not null,
  member_number text not null,
  name text not null,
  birth_date date not null,
  phone text,
  account_id uuid not null,
  content_hash bytea not null,
  version integer not null default 1,
  created_at timestamptz not null,
  circumstances text[] not null default '{}'::text[],
  left_on date,
  left_reason text,
  name_key text collate "c" not null generated always as (folded_name(name)) stored,
  shares_name_key boolean not null default false,
  phone_digits text collate "c" generated always as (regexp_replace(phone, '[^0-9]'::text, ''::text, 'g'::text)) stored,
  home_address text,
  gender text,
  helper_wish text,
  volunteer_number text,
  merged_into uuid,
  constraint member_pkey primary key (bank_id, member_id),
  constraint member_bank_id_member_number_key unique (bank_id, member_number),
  constraint member_bank_id_name_birth_date_key unique (bank_id, name, birth_date),
  constraint member_bank_id_person_id_key unique (bank_id, person_id),
  constraint member_bank_id_fkey foreign key (bank_id) references bank(bank_id),
  constraint member_merged_into_fkey foreign key (bank_id, merged_into) references member(bank_id, member_id),
  constraint member_person_id_fkey foreign key (person_id) references person(person_id),
  constraint member_circumstances check ((circumstances <@ array['living_alone'::text, 'low_income'::text, 'disabled'::text])),
  constraint member_gender_check check ((gender = any (array['woman'::text, 'man'::text]))),
  constraint member_helper_wish_check check ((helper_wish = any (array['woman'::text, 'man'::text]))),
  constraint member_home_address check (((char_length(home_address) >= 1) and (char_length(home_address) <= 200))),
  constraint member_left check (((left_on is null) = (left_reason is null))),
  constraint member_left_reason_check check ((left_reason = any (array['moved'::text, 'wish'::text, 'death'::text]))),
  constraint member_volunteer_number_check check ((volunteer_number ~ '^[0-9A-Z]{6,24}$'::text))
);
create index member_by_name on member using btree (bank_id, name collate "zh-x-icu", member_id);
create index member_key on member using btree (bank_id, name_key);
create index member_merged_into on member using btree (bank_id, merged_into);
create unique index member_name_key on member using btree (bank_id, name_key, birth_date) where (not shares_name_key);
create index member_newest on member using btree (bank_id, created_at, member_id);
create index member_number on member using btree (bank_id, member_number collate "c");
create index member_person on member using btree (person_id);
create index member_phone on member using btree (bank_id, phone_digits);
create trigger closed_bank before insert on member for each row execute function refuse_in_closed_bank();
create trigger grams_of_new after insert on member for each row execute function forget_grams();
create trigger grams_of_renamed after update of name on member for each row when ((old.name is distinct from new.name)) execute function forget_grams();
create trigger trail_of_deletes after delete on member referencing old table as old_rows for each statement execute function trail_of_member();
create trigger trail_of_inserts after insert on member referencing new table as new_rows for each statement execute function trail_of_member();
create trigger trail_of_updates after update on member referencing old table as old_rows new table as new_rows for each statement execute function trail_of_member();
alter table member enable row level security;
alter table member force row level security;
create policy by_bank on member using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select, update on member to app;

create table member_correction (
  bank_id uuid not null,
  member_id uuid not null,
  correction_number bigint not null generated always as identity,
  field text not null,
  before_text text not null,
  after_text text not null,
  reason_code text,
  note text,
  corrected_by uuid not null,
  corrected_at timestamptz not null,
  constraint member_correction_pkey primary key (bank_id, member_id, correction_number),
  constraint member_correction_bank_id_member_id_fkey foreign key (bank_id, member_id) references member(bank_id, member_id),
  constraint member_correction_field_check check ((field = any (array['name'::text, 'birthDate'::text])))
);
create trigger append_only before delete or update or truncate on member_correction for each statement execute function refuse_change();
create trigger trail_of_deletes after delete on member_correction referencing old table as old_rows for each statement execute function trail_of_member_correction();
create trigger trail_of_inserts after insert on member_correction referencing new table as new_rows for each statement execute function trail_of_member_correction();
create trigger trail_of_updates after update on member_correction referencing old table as old_rows new table as new_rows for each statement execute function trail_of_member_correction();
alter table member_correction enable row level security;
alter table member_correction force row level security;
create policy by_bank on member_correction using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select on member_correction to app;

create table member_gram (
  bank_id uuid not null,
  gram text collate "c" not null,
  member_id uuid not null,
  constraint member_gram_pkey primary key (bank_id, gram, member_id),
  constraint member_gram_bank_id_member_id_fkey foreign key (bank_id, member_id) references member(bank_id, member_id),
  constraint member_gram_length check ((length(gram) <= 19))
);
create index member_gram_member on member_gram using btree (bank_id, member_id);
alter table member_gram enable row level security;
alter table member_gram force row level security;
create policy by_bank on member_gram using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant delete, insert, select on member_gram to app;

create table mentor (
  bank_id uuid not null,
  member_id uuid not null,
  named_by uuid not null,
  named_at timestamptz not null,
  constraint mentor_pkey primary key (bank_id, member_id),
  constraint mentor_bank_id_member_id_fkey foreign key (bank_id, member_id) references member(bank_id, member_id)
);
create trigger trail_of_deletes after delete on mentor referencing old table as old_rows for each statement execute function trail_of_mentor();
create trigger trail_of_inserts after insert on mentor referencing new table as new_rows for each statement execute function trail_of_mentor();
create trigger trail_of_updates after update on mentor referencing old table as old_rows new table as new_rows for each statement execute function trail_of_mentor();
alter table mentor enable row level security;
alter table mentor force row level security;
create policy by_bank on mentor using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant delete, insert, select on mentor to app;

create table merge (
  bank_id uuid not null,
  merge_id uuid not null,
  member_id uuid not null,
  other_member_id uuid not null,
  roles text[] not null,
  roles_given text[] not null,
  minutes integer not null,
  transfer_id uuid,
  asked_by uuid not null,
  merged_by uuid not null,
  merged_at timestamptz not null,
  undone_by uuid,
  undone_at timestamptz,
  undo_transfer_id uuid,
  constraint merge_pkey primary key (bank_id, merge_id),
  constraint merge_asked_by_fkey foreign key (asked_by) references person(person_id),
  constraint merge_bank_id_member_id_fkey foreign key (bank_id, member_id) references member(bank_id, member_id),
  constraint merge_bank_id_other_member_id_fkey foreign key (bank_id, other_member_id) references member(bank_id, member_id),
  constraint merge_merged_by_fkey foreign key (merged_by) references person(person_id),
  constraint merge_undone_by_fkey foreign key (undone_by) references person(person_id),
  constraint merge_check check ((other_member_id <> member_id)),
  constraint merge_check1 check (((transfer_id is null) = (minutes = 0))),
  constraint merge_check2 check (((undone_by is null) = (undone_at is null))),
  constraint merge_minutes_check check ((minutes >= 0))
);
create index merge_asked_by on merge using btree (asked_by);
create index merge_member on merge using btree (bank_id, member_id);
create index merge_merged_by on merge using btree (merged_by);
create unique index merge_once on merge using btree (bank_id, other_member_id) where (undone_at is null);
create index merge_other on merge using btree (bank_id, other_member_id);
create index merge_undone_by on merge using btree (undone_by);
create trigger trail_of_deletes after delete on merge referencing old table as old_rows for each statement execute function trail_of_merge();
create trigger trail_of_inserts after insert on merge referencing new table as new_rows for each statement execute function trail_of_merge();
create trigger trail_of_updates after update on merge referencing old table as old_rows new table as new_rows for each statement execute function trail_of_merge();
alter table merge enable row level security;
alter table merge force row level security;
create policy by_bank on merge using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select on merge to app;
grant update (undone_by) on merge to app;
grant update (undone_at) on merge to app;
grant update (undo_transfer_id) on merge to app;

create table migration (
  id integer not null default nextval('migration_id_seq'::regclass),
  timestamp bigint not null,
  name character varying not null,
  constraint pk_3043fc6b8af7c99b8b98830094f primary key (id)
);

create table migration_checksum (
  name text not null,
  checksum text not null,
  constraint migration_checksum_pkey primary key (name)
);
grant select on migration_checksum to app;

create table notice (
  bank_id uuid not null,
  notice_id uuid not null,
  person_id uuid not null,
  event_id uuid not null,
  subject_id uuid not null,
  kind text not null,
  parameters jsonb not null,
  created_at timestamptz not null,
  read_at timestamptz,
  constraint notice_pkey primary key (bank_id, notice_id),
  constraint notice_bank_id_event_id_subject_id_person_id_key unique (bank_id, event_id, subject_id, person_id),
  constraint notice_bank_id_fkey foreign key (bank_id) references bank(bank_id),
  constraint notice_person_id_fkey foreign key (person_id) references person(person_id)
);
create index notice_person on notice using btree (person_id, created_at desc, notice_id desc);
create index notice_unread on notice using btree (person_id) where (read_at is null);
alter table notice enable row level security;
alter table notice force row level security;
create policy by_bank on notice using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select on notice to app;
grant update (read_at) on notice to app;

create table offer (
  bank_id uuid not null,
  offer_id uuid not null,
  request_id uuid not null,
  volunteer_id uuid not null,
  service_kind text not null,
  state text not null,
  round integer,
  offered_by uuid,
  offered_at timestamptz not null,
  answer_by timestamptz not null,
  answered_at timestamptz,
  reason_code text,
  visit_id uuid,
  hands_over uuid,
  constraint offer_pkey primary key (bank_id, offer_id),
  constraint offer_bank_id_hands_over_fkey foreign key (bank_id, hands_over) references visit(bank_id, visit_id),
  constraint offer_bank_id_request_id_fkey foreign key (bank_id, request_id) references request(bank_id, request_id),
  constraint offer_service_kind_fkey foreign key (service_kind) references service_kind(code),
  constraint offer_check check (((round is null) or (offered_by is null))),
  constraint offer_check1 check (((visit_id is not null) = (state = 'accepted'::text))),
  constraint offer_round_check check ((round > 0)),
  constraint offer_state_check check ((state = any (array['open'::text, 'accepted'::text, 'standby'::text, 'declined'::text, 'expired'::text, 'withdrawn'::text])))
);
create index offer_due on offer using btree (bank_id, answer_by) where (state = 'open'::text);
create index offer_hands_over on offer using btree (bank_id, hands_over);
create index offer_kind on offer using btree (service_kind);
create unique index offer_live on offer using btree (bank_id, request_id, volunteer_id) where (state = any (array['open'::text, 'standby'::text]));
create index offer_recent on offer using btree (bank_id, offered_at) include (volunteer_id, service_kind, state);
create index offer_request on offer using btree (bank_id, request_id, offered_at);
create index offer_volunteer on offer using btree (bank_id, volunteer_id, offered_at);
create trigger trail_of_deletes after delete on offer referencing old table as old_rows for each statement execute function trail_of_offer();
create trigger trail_of_inserts after insert on offer referencing new table as new_rows for each statement execute function trail_of_offer();
create trigger trail_of_updates after update on offer referencing old table as old_rows new table as new_rows for each statement execute function trail_of_offer();
alter table offer enable row level security;
alter table offer force row level security;
create policy by_bank on offer using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select, update on offer to app;

create table offer_round (
  bank_id uuid not null,
  request_id uuid not null,
  round integer not null,
  is_last boolean not null,
  until timestamptz not null,
  anew_after integer not null default 0,
  anew_at timestamptz,
  shared_at timestamptz,
  constraint offer_round_pkey primary key (bank_id, request_id),
  constraint offer_round_bank_id_request_id_fkey foreign key (bank_id, request_id) references request(bank_id, request_id),
  constraint offer_round_anew_after_check check ((anew_after >= 0)),
  constraint offer_round_round_check check ((round > 0))
);
create index offer_round_due on offer_round using btree (bank_id, until) where (not is_last);
create trigger trail_of_deletes after delete on offer_round referencing old table as old_rows for each statement execute function trail_of_offer_round();
create trigger trail_of_inserts after insert on offer_round referencing new table as new_rows for each statement execute function trail_of_offer_round();
create trigger trail_of_updates after update on offer_round referencing old table as old_rows new table as new_rows for each statement execute function trail_of_offer_round();
alter table offer_round enable row level security;
alter table offer_round force row level security;
create policy by_bank on offer_round using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select, update on offer_round to app;

create table opening_balance (
  bank_id uuid not null,
  member_id uuid not null,
  minutes bigint not null,
  transfer_id uuid not null,
  import_id uuid not null,
  line integer not null,
  constraint opening_balance_pkey primary key (bank_id, member_id),
  constraint opening_balance_bank_id_import_id_fkey foreign key (bank_id, import_id) references import_run(bank_id, import_id),
  constraint opening_balance_bank_id_member_id_fkey foreign key (bank_id, member_id) references member(bank_id, member_id),
  constraint opening_balance_bank_id_transfer_id_fkey foreign key (bank_id, transfer_id) references transfer(bank_id, transfer_id),
  constraint opening_balance_minutes_check check ((minutes > 0))
);
create index opening_balance_import on opening_balance using btree (bank_id, import_id);
create index opening_balance_transfer on opening_balance using btree (bank_id, transfer_id);
create trigger append_only before delete or update or truncate on opening_balance for each statement execute function refuse_change();
create trigger trail_of_deletes after delete on opening_balance referencing old table as old_rows for each statement execute function trail_of_opening_balance();
create trigger trail_of_inserts after insert on opening_balance referencing new table as new_rows for each statement execute function trail_of_opening_balance();
create trigger trail_of_updates after update on opening_balance referencing old table as old_rows new table as new_rows for each statement execute function trail_of_opening_balance();
alter table opening_balance enable row level security;
alter table opening_balance force row level security;
create policy by_bank on opening_balance using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select on opening_balance to app;

create table outbox (
  bank_id uuid not null,
  event_id uuid not null,
  kind text not null,
  payload jsonb not null,
  happened_at timestamptz not null,
  delivered_at timestamptz,
  constraint outbox_pkey primary key (bank_id, event_id)
);
create index outbox_waiting on outbox using btree (bank_id, happened_at) where (delivered_at is null);
alter table outbox enable row level security;
alter table outbox force row level security;
create policy by_bank on outbox using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select, update on outbox to app;

create table pair_block (
  bank_id uuid not null,
  member_id uuid not null,
  other_member_id uuid not null,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  constraint pair_block_pkey primary key (bank_id, member_id, other_member_id),
  constraint pair_block_bank_id_fkey foreign key (bank_id) references bank(bank_id),
  constraint pair_block_check check ((member_id < other_member_id))
);
create index pair_block_other on pair_block using btree (bank_id, other_member_id);
create trigger trail_of_deletes after delete on pair_block referencing old table as old_rows for each statement execute function trail_of_pair_block();
create trigger trail_of_inserts after insert on pair_block referencing new table as new_rows for each statement execute function trail_of_pair_block();
create trigger trail_of_updates after update on pair_block referencing old table as old_rows new table as new_rows for each statement execute function trail_of_pair_block();
alter table pair_block enable row level security;
alter table pair_block force row level security;
create policy by_bank on pair_block using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant delete, insert, select on pair_block to app;

create table person (
  person_id uuid not null,
  sign_in_phone text,
  password_hash text,
  disabled_at timestamptz,
  created_at timestamptz not null,
  secret_is_own boolean not null default true,
  secret_chosen_by uuid,
  constraint person_pkey primary key (person_id),
  constraint person_sign_in_phone_key unique (sign_in_phone),
  constraint person_secret_chosen_by_fkey foreign key (secret_chosen_by) references person(person_id),
  constraint person_check check (((password_hash is null) or (sign_in_phone is not null))),
  constraint person_check1 check ((secret_is_own or ((password_hash is not null) and (secret_chosen_by is not null))))
);
create index person_disabled on person using btree (person_id) where (disabled_at is not null);
create index person_secret_chosen_by on person using btree (secret_chosen_by);
create trigger trail_of_deletes after delete on person referencing old table as old_rows for each statement execute function trail_of_person();
create trigger trail_of_inserts after insert on person referencing new table as new_rows for each statement execute function trail_of_person();
create trigger trail_of_updates after update on person referencing old table as old_rows new table as new_rows for each statement execute function trail_of_person();
grant insert, select, update on person to app;

create table phone_call (
  bank_id uuid not null,
  call_id uuid not null,
  client_id uuid not null,
  phone text,
  caller text not null,
  request_id uuid not null,
  visit_id uuid,
  heard_by uuid not null,
  heard_at timestamptz not null,
  content_hash bytea not null,
  constraint phone_call_pkey primary key (bank_id, call_id),
  constraint phone_call_bank_id_client_id_fkey foreign key (bank_id, client_id) references member(bank_id, member_id),
  constraint phone_call_bank_id_request_id_fkey foreign key (bank_id, request_id) references request(bank_id, request_id),
  constraint phone_call_bank_id_visit_id_fkey foreign key (bank_id, visit_id) references visit(bank_id, visit_id),
  constraint phone_call_caller_check check ((caller = any (array['client'::text, 'proxy'::text, 'other'::text]))),
  constraint phone_call_phone_check check (((char_length(phone) >= 3) and (char_length(phone) <= 60)))
);
create index phone_call_client on phone_call using btree (bank_id, client_id, heard_at);
create index phone_call_request on phone_call using btree (bank_id, request_id);
create index phone_call_visit on phone_call using btree (bank_id, visit_id);
create trigger append_only before delete or update or truncate on phone_call for each statement execute function refuse_change();
create trigger trail_of_deletes after delete on phone_call referencing old table as old_rows for each statement execute function trail_of_phone_call();
create trigger trail_of_inserts after insert on phone_call referencing new table as new_rows for each statement execute function trail_of_phone_call();
create trigger trail_of_updates after update on phone_call referencing old table as old_rows new table as new_rows for each statement execute function trail_of_phone_call();
alter table phone_call enable row level security;
alter table phone_call force row level security;
create policy by_bank on phone_call using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select on phone_call to app;

create table policy (
  policy_id uuid not null,
  policy_number bigint not null generated always as identity,
  bank_id uuid,
  key text not null,
  value jsonb not null,
  valid_from date not null,
  source text not null,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  content_hash bytea not null,
  constraint policy_pkey primary key (policy_id)
);
create index policy_in_force on policy using btree (bank_id, key, valid_from desc, policy_number desc);
create trigger append_only before delete or update or truncate on policy for each statement execute function refuse_change();
create trigger trail_of_deletes after delete on policy referencing old table as old_rows for each statement execute function trail_of_policy();
create trigger trail_of_inserts after insert on policy referencing new table as new_rows for each statement execute function trail_of_policy();
create trigger trail_of_updates after update on policy referencing old table as old_rows new table as new_rows for each statement execute function trail_of_policy();
alter table policy enable row level security;
alter table policy force row level security;
create policy by_bank_or_city on policy using ((bank_id is null) or (bank_id = any (timebank_banks()))) with check ((bank_id is null) or (bank_id = any (timebank_banks())));
grant insert, select on policy to app;

create table policy_withdrawal (
  policy_id uuid not null,
  bank_id uuid,
  withdrawn_by uuid not null,
  withdrawn_at timestamptz not null,
  constraint policy_withdrawal_pkey primary key (policy_id),
  constraint policy_withdrawal_policy_id_fkey foreign key (policy_id) references policy(policy_id)
);
create trigger append_only before delete or update or truncate on policy_withdrawal for each statement execute function refuse_change();
create trigger trail_of_deletes after delete on policy_withdrawal referencing old table as old_rows for each statement execute function trail_of_policy_withdrawal();
create trigger trail_of_inserts after insert on policy_withdrawal referencing new table as new_rows for each statement execute function trail_of_policy_withdrawal();
create trigger trail_of_updates after update on policy_withdrawal referencing old table as old_rows new table as new_rows for each statement execute function trail_of_policy_withdrawal();
alter table policy_withdrawal enable row level security;
alter table policy_withdrawal force row level security;
create policy by_bank_or_city on policy_withdrawal using ((bank_id is null) or (bank_id = any (timebank_banks()))) with check ((bank_id is null) or (bank_id = any (timebank_banks())));
grant insert, select on policy_withdrawal to app;

create table proxy (
  bank_id uuid not null,
  proxy_id uuid not null,
  client_id uuid not null,
  person_id uuid not null,
  name text not null,
  relation text not null,
  scopes text[] not null,
  valid_from date not null,
  valid_until date not null,
  ends_at timestamptz not null,
  confirmed_how text not null,
  confirmed_by uuid not null,
  confirmed_at timestamptz not null,
  confirmed_from text,
  recorded_at timestamptz not null,
  ended_at timestamptz,
  ended_by uuid,
  end_reason text,
  content_hash bytea not null,
  constraint proxy_pkey primary key (bank_id, proxy_id),
  constraint proxy_bank_id_client_id_fkey foreign key (bank_id, client_id) references member(bank_id, member_id),
  constraint proxy_bank_id_fkey foreign key (bank_id) references bank(bank_id),
  constraint proxy_person_id_fkey foreign key (person_id) references person(person_id),
  constraint proxy_check check (((valid_until >= valid_from) and (valid_until <= (valid_from + 366)))),
  constraint proxy_check1 check ((num_nonnulls(ended_at, end_reason) = any (array[0, 2]))),
  constraint proxy_check2 check (((ended_by is null) or (ended_at is not null))),
  constraint proxy_confirmed_from_check check (((char_length(confirmed_from) >= 1) and (char_length(confirmed_from) <= 60))),
  constraint proxy_confirmed_how_check check ((confirmed_how = any (array['app'::text, 'call'::text, 'counter'::text]))),
  constraint proxy_end_reason_check check (((char_length(end_reason) >= 1) and (char_length(end_reason) <= 40))),
  constraint proxy_name_check check (((char_length(name) >= 1) and (char_length(name) <= 100))),
  constraint proxy_relation_check check (((char_length(relation) >= 1) and (char_length(relation) <= 40))),
  constraint proxy_scopes_check check ((((cardinality(scopes) >= 1) and (cardinality(scopes) <= 6)) and (scopes <@ array['see'::text, 'ask'::text, 'cancel'::text, 'answer'::text, 'be_told'::text, 'give'::text])))
);
create index proxy_client on proxy using btree (bank_id, client_id);
create unique index proxy_once on proxy using btree (bank_id, client_id, person_id) where (ended_at is null);
create index proxy_person on proxy using btree (person_id);
create trigger closed_bank before insert on proxy for each row execute function refuse_in_closed_bank();
create trigger trail_of_deletes after delete on proxy referencing old table as old_rows for each statement execute function trail_of_proxy();
create trigger trail_of_inserts after insert on proxy referencing new table as new_rows for each statement execute function trail_of_proxy();
create trigger trail_of_updates after update on proxy referencing old table as old_rows new table as new_rows for each statement execute function trail_of_proxy();
alter table proxy enable row level security;
alter table proxy force row level security;
create policy by_bank on proxy using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select, update on proxy to app;

create table proxy_role (
  person_id uuid not null,
  bank_id uuid not null,
  client_id uuid not null,
  scope text not null,
  proxy_id uuid not null,
  ends_at timestamptz not null,
  constraint proxy_role_pkey primary key (person_id, bank_id, client_id, scope),
  constraint proxy_role_person_id_fkey foreign key (person_id) references person(person_id),
  constraint proxy_role_scope_check check ((scope = any (array['see'::text, 'ask'::text, 'cancel'::text, 'answer'::text, 'be_told'::text, 'give'::text])))
);
create index proxy_role_client on proxy_role using btree (bank_id, client_id, scope);
grant delete, insert, select on proxy_role to app;

create table qualification (
  bank_id uuid not null,
  member_id uuid not null,
  code text not null,
  valid_until date not null,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  grants integer not null default 1,
  constraint qualification_pkey primary key (bank_id, member_id, code),
  constraint qualification_bank_id_member_id_fkey foreign key (bank_id, member_id) references member(bank_id, member_id),
  constraint qualification_grants_check check ((grants > 0))
);
create trigger trail_of_deletes after delete on qualification referencing old table as old_rows for each statement execute function trail_of_qualification();
create trigger trail_of_inserts after insert on qualification referencing new table as new_rows for each statement execute function trail_of_qualification();
create trigger trail_of_updates after update on qualification referencing old table as old_rows new table as new_rows for each statement execute function trail_of_qualification();
alter table qualification enable row level security;
alter table qualification force row level security;
create policy by_bank on qualification using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select, update on qualification to app;

create table qualification_exemption (
  bank_id uuid not null,
  member_id uuid not null,
  code text not null,
  valid_until date not null,
  note text not null,
  approved_by uuid not null,
  approved_at timestamptz not null,
  constraint qualification_exemption_pkey primary key (bank_id, member_id, code),
  constraint qualification_exemption_bank_id_member_id_fkey foreign key (bank_id, member_id) references member(bank_id, member_id),
  constraint qualification_exemption_code_check check ((code ~ '^[a-z_]{2,40}$'::text)),
  constraint qualification_exemption_note_check check (((char_length(note) >= 1) and (char_length(note) <= 200)))
);
create trigger trail_of_deletes after delete on qualification_exemption referencing old table as old_rows for each statement execute function trail_of_qualification_exemption();
create trigger trail_of_inserts after insert on qualification_exemption referencing new table as new_rows for each statement execute function trail_of_qualification_exemption();
create trigger trail_of_updates after update on qualification_exemption referencing old table as old_rows new table as new_rows for each statement execute function trail_of_qualification_exemption();
alter table qualification_exemption enable row level security;
alter table qualification_exemption force row level security;
create policy by_bank on qualification_exemption using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select, update on qualification_exemption to app;

create table qualification_extended (
  bank_id uuid not null,
  extension_id uuid not null,
  member_id uuid not null,
  valid_before date not null,
  grants integer not null,
  constraint qualification_extended_pkey primary key (bank_id, extension_id, member_id),
  constraint qualification_extended_bank_id_extension_id_fkey foreign key (bank_id, extension_id) references qualification_extension(bank_id, extension_id),
  constraint qualification_extended_bank_id_member_id_fkey foreign key (bank_id, member_id) references member(bank_id, member_id),
  constraint qualification_extended_grants_check check ((grants > 0))
);
create index qualification_extended_member on qualification_extended using btree (bank_id, member_id);
create trigger append_only before delete or update or truncate on qualification_extended for each statement execute function refuse_change();
create trigger trail_of_deletes after delete on qualification_extended referencing old table as old_rows for each statement execute function trail_of_qualification_extended();
create trigger trail_of_inserts after insert on qualification_extended referencing new table as new_rows for each statement execute function trail_of_qualification_extended();
create trigger trail_of_updates after update on qualification_extended referencing old table as old_rows new table as new_rows for each statement execute function trail_of_qualification_extended();
alter table qualification_extended enable row level security;
alter table qualification_extended force row level security;
create policy by_bank on qualification_extended using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select on qualification_extended to app;

create table qualification_extension (
  bank_id uuid not null,
  extension_id uuid not null,
  code text not null,
  from_day date not null,
  to_day date not null,
  valid_until date not null,
  note text not null,
  extended_by uuid not null,
  extended_at timestamptz not null,
  undone_by uuid,
  undone_at timestamptz,
  content_hash bytea not null,
  constraint qualification_extension_pkey primary key (bank_id, extension_id),
  constraint qualification_extension_bank_id_fkey foreign key (bank_id) references bank(bank_id),
  constraint qualification_extension_code_fkey foreign key (code) references qualification_kind(code),
  constraint qualification_extension_check check ((to_day >= from_day)),
  constraint qualification_extension_check1 check ((valid_until > to_day)),
  constraint qualification_extension_check2 check ((num_nonnulls(undone_by, undone_at) = any (array[0, 2]))),
  constraint qualification_extension_note_check check (((char_length(note) >= 1) and (char_length(note) <= 200)))
);
create index qualification_extension_code on qualification_extension using btree (code);
create trigger trail_of_deletes after delete on qualification_extension referencing old table as old_rows for each statement execute function trail_of_qualification_extension();
create trigger trail_of_inserts after insert on qualification_extension referencing new table as new_rows for each statement execute function trail_of_qualification_extension();
create trigger trail_of_updates after update on qualification_extension referencing old table as old_rows new table as new_rows for each statement execute function trail_of_qualification_extension();
alter table qualification_extension enable row level security;
alter table qualification_extension force row level security;
create policy by_bank on qualification_extension using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select, update on qualification_extension to app;

create table qualification_kind (
  code text not null,
  validity_months integer not null,
  to_year_end boolean not null,
  reactivate_within_days integer,
  refresher_minutes integer,
  version integer not null default 1,
  constraint qualification_kind_pkey primary key (code),
  constraint qualification_kind_check check (((validity_months > 0) or to_year_end)),
  constraint qualification_kind_code_check check ((code ~ '^[a-z_]{2,40}$'::text)),
  constraint qualification_kind_reactivate_within_days_check check (((reactivate_within_days >= 0) and (reactivate_within_days <= 3650))),
  constraint qualification_kind_refresher_minutes_check check (((refresher_minutes >= 1) and (refresher_minutes <= 60000))),
  constraint qualification_kind_validity_months_check check (((validity_months >= 0) and (validity_months <= 600)))
);
create trigger trail_of_deletes after delete on qualification_kind referencing old table as old_rows for each statement execute function trail_of_qualification_kind();
create trigger trail_of_inserts after insert on qualification_kind referencing new table as new_rows for each statement execute function trail_of_qualification_kind();
create trigger trail_of_updates after update on qualification_kind referencing old table as old_rows new table as new_rows for each statement execute function trail_of_qualification_kind();
grant insert, select, update on qualification_kind to app;

create table qualification_kind_include (
  code text not null,
  included text not null,
  constraint qualification_kind_include_pkey primary key (code, included),
  constraint qualification_kind_include_code_fkey foreign key (code) references qualification_kind(code),
  constraint qualification_kind_include_included_fkey foreign key (included) references qualification_kind(code),
  constraint qualification_kind_include_check check ((included <> code))
);
create index qualification_kind_included on qualification_kind_include using btree (included);
create trigger trail_of_deletes after delete on qualification_kind_include referencing old table as old_rows for each statement execute function trail_of_qualification_kind_include();
create trigger trail_of_inserts after insert on qualification_kind_include referencing new table as new_rows for each statement execute function trail_of_qualification_kind_include();
create trigger trail_of_updates after update on qualification_kind_include referencing old table as old_rows new table as new_rows for each statement execute function trail_of_qualification_kind_include();
grant delete, insert, select on qualification_kind_include to app;

create table qualification_kind_name (
  code text not null,
  language text not null,
  name text not null,
  constraint qualification_kind_name_pkey primary key (code, language),
  constraint qualification_kind_name_code_fkey foreign key (code) references qualification_kind(code),
  constraint qualification_kind_name_language_check check ((language = any (array['zh-Hans'::text, 'zh-Hant'::text, 'en'::text, 'ja'::text, 'ko'::text]))),
  constraint qualification_kind_name_name_check check (((char_length(name) >= 1) and (char_length(name) <= 40)))
);
create trigger trail_of_deletes after delete on qualification_kind_name referencing old table as old_rows for each statement execute function trail_of_qualification_kind_name();
create trigger trail_of_inserts after insert on qualification_kind_name referencing new table as new_rows for each statement execute function trail_of_qualification_kind_name();
create trigger trail_of_updates after update on qualification_kind_name referencing old table as old_rows new table as new_rows for each statement execute function trail_of_qualification_kind_name();
grant delete, insert, select, update on qualification_kind_name to app;

create table qualification_warning (
  bank_id uuid not null,
  member_id uuid not null,
  code text not null,
  ends_on date not null,
  days integer not null,
  warned_at timestamptz not null,
  constraint qualification_warning_pkey primary key (bank_id, member_id, code, ends_on, days),
  constraint qualification_warning_days_check check ((days = any (array[30, 14, 3])))
);
alter table qualification_warning enable row level security;
alter table qualification_warning force row level security;
create policy by_bank on qualification_warning using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select on qualification_warning to app;

create table refusal (
  bank_id uuid not null,
  transfer_id uuid not null,
  code text not null,
  parameters jsonb not null,
  content_hash bytea not null,
  actor_id uuid not null,
  recorded_at timestamptz not null,
  recorded_xid xid8 not null default ledger_xid(),
  constraint refusal_pkey primary key (bank_id, transfer_id)
);
create index refusal_by_transaction on refusal using btree (recorded_xid);
create trigger append_only before delete or update or truncate on refusal for each statement execute function refuse_change();
alter table refusal enable row level security;
alter table refusal force row level security;
create policy by_bank on refusal using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant select on refusal to app;

create table relation (
  bank_id uuid not null,
  member_id uuid not null,
  other_member_id uuid not null,
  kind text not null,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  other_bank_id uuid,
  confirmed_by uuid,
  confirmed_at timestamptz,
  ended_on date,
  ended_by uuid,
  ended_at timestamptz,
  member_said_at timestamptz,
  other_said_at timestamptz,
  constraint relation_pkey primary key (bank_id, member_id, other_member_id),
  constraint relation_bank_id_member_id_fkey foreign key (bank_id, member_id) references member(bank_id, member_id),
  constraint relation_check check ((member_id <> other_member_id)),
  constraint relation_confirmed check (((confirmed_by is null) = (confirmed_at is null))),
  constraint relation_ended check (((ended_on is null) = (ended_at is null))),
  constraint relation_kind_check check ((kind = any (array['spouse'::text, 'parent'::text, 'child'::text, 'grandparent'::text, 'grandchild'::text, 'sibling'::text, 'household'::text])))
);
create index relation_elsewhere on relation using btree (other_bank_id, other_member_id) where (other_bank_id is not null);
create index relation_other on relation using btree (bank_id, other_member_id);
create index relation_unconfirmed on relation using btree (bank_id, recorded_at) where ((confirmed_at is null) and (ended_at is null));
create trigger trail_of_deletes after delete on relation referencing old table as old_rows for each statement execute function trail_of_relation();
create trigger trail_of_inserts after insert on relation referencing new table as new_rows for each statement execute function trail_of_relation();
create trigger trail_of_updates after update on relation referencing old table as old_rows new table as new_rows for each statement execute function trail_of_relation();
alter table relation enable row level security;
alter table relation force row level security;
create policy by_bank on relation using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
create policy by_other_bank on relation for select using ((other_bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select on relation to app;
grant update (kind) on relation to app;
grant update (recorded_by) on relation to app;
grant update (recorded_at) on relation to app;
grant update (confirmed_by) on relation to app;
grant update (confirmed_at) on relation to app;
grant update (ended_on) on relation to app;
grant update (ended_by) on relation to app;
grant update (ended_at) on relation to app;
grant update (member_said_at) on relation to app;
grant update (other_said_at) on relation to app;

create table request (
  bank_id uuid not null,
  request_id uuid not null,
  client_id uuid not null,
  service_kind text not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  minutes integer not null,
  place text,
  note text,
  state text not null,
  created_by uuid not null,
  created_at timestamptz not null,
  content_hash bytea not null,
  version integer not null default 1,
  series_id uuid,
  planned_date date,
  reserved_for uuid,
  helpers_needed integer not null default 1,
  asked_again_at timestamptz,
  still_needed_at timestamptz,
  constraint request_pkey primary key (bank_id, request_id),
  constraint request_bank_id_client_id_fkey foreign key (bank_id, client_id) references member(bank_id, member_id),
  constraint request_bank_id_series_id_fkey foreign key (bank_id, series_id) references series(bank_id, series_id),
  constraint request_service_kind_fkey foreign key (service_kind) references service_kind(code),
  constraint request_check check (((series_id is not null) or ((planned_date is null) and (reserved_for is null)))),
  constraint request_check1 check (((still_needed_at is null) or (asked_again_at is not null))),
  constraint request_helpers_needed_check check (((helpers_needed >= 1) and (helpers_needed <= 20))),
  constraint request_minutes_check check (((minutes >= 1) and (minutes <= 1440))),
  constraint request_state_check check ((state = any (array['open'::text, 'taken'::text, 'cancelled'::text])))
);
create index request_by_making on request using brin (created_at) with (autosummarize='on');
create index request_by_start on request using btree (bank_id, starts_at, request_id);
create index request_by_state on request using btree (bank_id, state, starts_at, request_id);
create index request_client on request using btree (bank_id, client_id, starts_at);
create index request_kind on request using btree (service_kind);
create unique index request_of_series on request using btree (bank_id, series_id, planned_date);
create index request_reserved on request using btree (bank_id, starts_at) where ((reserved_for is not null) and (state = 'open'::text));
create trigger closed_bank before insert on request for each row execute function refuse_in_closed_bank();
create trigger trail_of_deletes after delete on request referencing old table as old_rows for each statement execute function trail_of_request();
create trigger trail_of_inserts after insert on request referencing new table as new_rows for each statement execute function trail_of_request();
create trigger trail_of_updates after update on request referencing old table as old_rows new table as new_rows for each statement execute function trail_of_request();
alter table request enable row level security;
alter table request force row level security;
create policy by_bank on request using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select, update on request to app;

create table risk_reading (
  bank_id uuid not null,
  member_id uuid not null,
  service_kind text not null,
  version text not null,
  way text not null,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  constraint risk_reading_pkey primary key (bank_id, member_id, service_kind, version),
  constraint risk_reading_bank_id_fkey foreign key (bank_id) references bank(bank_id),
  constraint risk_reading_service_kind_fkey foreign key (service_kind) references service_kind(code),
  constraint risk_reading_version_check check ((version ~ '^[0-9a-f]{64}$'::text)),
  constraint risk_reading_way_check check ((way = any (array['read'::text, 'read_out'::text])))
);
create index risk_reading_kind on risk_reading using btree (service_kind);
create trigger append_only before delete or update or truncate on risk_reading for each statement execute function refuse_change();
create trigger trail_of_deletes after delete on risk_reading referencing old table as old_rows for each statement execute function trail_of_risk_reading();
create trigger trail_of_inserts after insert on risk_reading referencing new table as new_rows for each statement execute function trail_of_risk_reading();
create trigger trail_of_updates after update on risk_reading referencing old table as old_rows new table as new_rows for each statement execute function trail_of_risk_reading();
alter table risk_reading enable row level security;
alter table risk_reading force row level security;
create policy by_bank on risk_reading using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select on risk_reading to app;

create table role (
  person_id uuid not null,
  bank_id uuid,
  role text not null,
  member_id uuid,
  granted_at timestamptz not null,
  home_bank_id uuid,
  constraint role_person_id_bank_id_role_key unique nulls not distinct (person_id, bank_id, role),
  constraint role_person_id_fkey foreign key (person_id) references person(person_id),
  constraint role_check check (((bank_id is not null) or (role = any (array['admin'::text, 'auditor'::text])))),
  constraint role_role_check check ((role = any (array['volunteer'::text, 'client'::text, 'proxy'::text, 'coordinator'::text, 'admin'::text, 'auditor'::text])))
);
create index role_member on role using btree (member_id);
create index role_of_bank on role using btree (bank_id, role, member_id) where (home_bank_id is null);
create trigger trail_of_deletes after delete on role referencing old table as old_rows for each statement execute function trail_of_role();
create trigger trail_of_inserts after insert on role referencing new table as new_rows for each statement execute function trail_of_role();
create trigger trail_of_updates after update on role referencing old table as old_rows new table as new_rows for each statement execute function trail_of_role();
grant delete, insert, select on role to app;

create table role_change (
  change_id uuid not null,
  bank_id uuid,
  person_id uuid not null,
  role text not null,
  change text not null,
  reason_code text,
  note text,
  changed_by uuid not null,
  first_by uuid,
  changed_at timestamptz not null,
  constraint role_change_pkey primary key (change_id),
  constraint role_change_person_id_fkey foreign key (person_id) references person(person_id),
  constraint role_change_change_check check ((change = any (array['given'::text, 'taken'::text])))
);
create index role_change_bank on role_change using btree (bank_id, changed_at);
create index role_change_person on role_change using btree (person_id);
create trigger trail_of_deletes after delete on role_change referencing old table as old_rows for each statement execute function trail_of_role_change();
create trigger trail_of_inserts after insert on role_change referencing new table as new_rows for each statement execute function trail_of_role_change();
create trigger trail_of_updates after update on role_change referencing old table as old_rows new table as new_rows for each statement execute function trail_of_role_change();
grant insert, select on role_change to app;
grant update (note) on role_change to app;

create table scan_event (
  bank_id uuid not null,
  event_id uuid not null,
  visit_id uuid not null,
  kind text not null,
  outcome text not null,
  code text,
  at timestamptz not null,
  received_at timestamptz not null,
  client_time timestamptz,
  via text,
  card_id uuid,
  actor_id uuid not null,
  content_hash bytea not null,
  answer jsonb not null,
  device jsonb,
  earliest timestamptz,
  latest timestamptz,
  display_id uuid,
  step bigint,
  distance_meters integer,
  accuracy_meters integer,
  dated boolean,
  constraint scan_event_pkey primary key (bank_id, event_id),
  constraint scan_event_bank_id_visit_id_fkey foreign key (bank_id, visit_id) references visit(bank_id, visit_id),
  constraint scan_event_accuracy_meters_check check ((accuracy_meters >= 0)),
  constraint scan_event_check check ((((earliest is null) = (latest is null)) and (earliest <= latest))),
  constraint scan_event_check1 check (((display_id is null) = (step is null))),
  constraint scan_event_check2 check (((distance_meters is null) = (accuracy_meters is null))),
  constraint scan_event_distance_meters_check check ((distance_meters >= 0)),
  constraint scan_event_kind_check check ((kind = any (array['in'::text, 'out'::text]))),
  constraint scan_event_outcome_check check ((outcome = any (array['accepted'::text, 'duplicate'::text, 'refused'::text]))),
  constraint scan_event_via_check check ((via = any (array['card'::text, 'typed'::text, 'rotating'::text])))
);
create index scan_event_by_time on scan_event using brin (received_at) with (autosummarize='on');
create index scan_event_device on scan_event using btree (bank_id, ((device ->> 'deviceId'::text)), at) where (device is not null);
create unique index scan_event_once on scan_event using btree (bank_id, visit_id, kind) where (outcome = 'accepted'::text);
create unique index scan_event_step on scan_event using btree (bank_id, display_id, step, actor_id) where ((outcome = 'accepted'::text) and (display_id is not null));
create index scan_event_visit on scan_event using btree (bank_id, visit_id, received_at);
create trigger append_only before delete or update or truncate on scan_event for each statement execute function refuse_change();
create trigger trail_of_deletes after delete on scan_event referencing old table as old_rows for each statement execute function trail_of_scan_event();
create trigger trail_of_inserts after insert on scan_event referencing new table as new_rows for each statement execute function trail_of_scan_event();
create trigger trail_of_updates after update on scan_event referencing old table as old_rows new table as new_rows for each statement execute function trail_of_scan_event();
alter table scan_event enable row level security;
alter table scan_event force row level security;
create policy by_bank on scan_event using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select on scan_event to app;

create table series (
  bank_id uuid not null,
  series_id uuid not null,
  client_id uuid not null,
  service_kind text not null,
  generated_until date not null,
  laid_on date not null,
  short_from date,
  last_day date,
  ends_on date,
  end_reason text,
  ended_by uuid,
  created_by uuid not null,
  created_at timestamptz not null,
  content_hash bytea not null,
  version integer not null default 1,
  constraint series_pkey primary key (bank_id, series_id),
  constraint series_bank_id_client_id_fkey foreign key (bank_id, client_id) references member(bank_id, member_id),
  constraint series_service_kind_fkey foreign key (service_kind) references service_kind(code),
  constraint series_check check ((num_nonnulls(ends_on, end_reason, ended_by) = any (array[0, 3]))),
  constraint series_end_reason_check check ((end_reason = any (array['not_needed'::text, 'need_met'::text, 'moved'::text, 'died'::text, 'no_capacity'::text])))
);
create index series_client on series using btree (bank_id, client_id);
create index series_kind on series using btree (service_kind);
create index series_laid on series using btree (bank_id, laid_on);
create trigger closed_bank before insert on series for each row execute function refuse_in_closed_bank();
create trigger trail_of_deletes after delete on series referencing old table as old_rows for each statement execute function trail_of_series();
create trigger trail_of_inserts after insert on series referencing new table as new_rows for each statement execute function trail_of_series();
create trigger trail_of_updates after update on series referencing old table as old_rows new table as new_rows for each statement execute function trail_of_series();
alter table series enable row level security;
alter table series force row level security;
create policy by_bank on series using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select, update on series to app;

create table series_pause (
  bank_id uuid not null,
  series_id uuid not null,
  from_day date not null,
  to_day date not null,
  kind text not null,
  asked_by uuid not null,
  asked_at timestamptz not null,
  pause_number bigint not null generated always as identity,
  called_off uuid[] not null default '{}'::uuid[],
  constraint series_pause_pkey primary key (bank_id, series_id, pause_number),
  constraint series_pause_bank_id_series_id_fkey foreign key (bank_id, series_id) references series(bank_id, series_id),
  constraint series_pause_check check ((to_day >= from_day)),
  constraint series_pause_kind_check check ((kind = any (array['pause'::text, 'skip'::text, 'back'::text])))
);
create trigger append_only before delete or update or truncate on series_pause for each statement execute function refuse_change();
create trigger trail_of_deletes after delete on series_pause referencing old table as old_rows for each statement execute function trail_of_series_pause();
create trigger trail_of_inserts after insert on series_pause referencing new table as new_rows for each statement execute function trail_of_series_pause();
create trigger trail_of_updates after update on series_pause referencing old table as old_rows new table as new_rows for each statement execute function trail_of_series_pause();
alter table series_pause enable row level security;
alter table series_pause force row level security;
create policy by_bank on series_pause using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select on series_pause to app;

create table series_regular (
  bank_id uuid not null,
  series_id uuid not null,
  member_id uuid not null,
  added_by uuid not null,
  added_at timestamptz not null,
  constraint series_regular_pkey primary key (bank_id, series_id, member_id),
  constraint series_regular_bank_id_series_id_fkey foreign key (bank_id, series_id) references series(bank_id, series_id)
);
create index series_regular_member on series_regular using btree (bank_id, member_id);
create trigger trail_of_deletes after delete on series_regular referencing old table as old_rows for each statement execute function trail_of_series_regular();
create trigger trail_of_inserts after insert on series_regular referencing new table as new_rows for each statement execute function trail_of_series_regular();
create trigger trail_of_updates after update on series_regular referencing old table as old_rows new table as new_rows for each statement execute function trail_of_series_regular();
alter table series_regular enable row level security;
alter table series_regular force row level security;
create policy by_bank on series_regular using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant delete, insert, select on series_regular to app;

create table series_terms (
  bank_id uuid not null,
  series_id uuid not null,
  number integer not null,
  from_day date not null,
  starts_on date not null,
  rule text not null,
  start_time text not null,
  minutes integer not null,
  place text,
  note text,
  changed_by uuid not null,
  changed_at timestamptz not null,
  helpers_needed integer not null,
  constraint series_terms_pkey primary key (bank_id, series_id, number),
  constraint series_terms_bank_id_series_id_fkey foreign key (bank_id, series_id) references series(bank_id, series_id),
  constraint series_terms_helpers_needed_check check (((helpers_needed >= 1) and (helpers_needed <= 20))),
  constraint series_terms_minutes_check check (((minutes >= 1) and (minutes <= 1440))),
  constraint series_terms_rule_check check (((char_length(rule) >= 1) and (char_length(rule) <= 500))),
  constraint series_terms_start_time_check check ((start_time ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'::text))
);
create trigger append_only before delete or update or truncate on series_terms for each statement execute function refuse_change();
create trigger trail_of_deletes after delete on series_terms referencing old table as old_rows for each statement execute function trail_of_series_terms();
create trigger trail_of_inserts after insert on series_terms referencing new table as new_rows for each statement execute function trail_of_series_terms();
create trigger trail_of_updates after update on series_terms referencing old table as old_rows new table as new_rows for each statement execute function trail_of_series_terms();
alter table series_terms enable row level security;
alter table series_terms force row level security;
create policy by_bank on series_terms using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select on series_terms to app;

create table service_card (
  bank_id uuid not null,
  card_id uuid not null,
  client_id uuid not null,
  version integer not null,
  issued_by uuid not null,
  issued_at timestamptz not null,
  revoked_by uuid,
  revoked_at timestamptz,
  constraint service_card_pkey primary key (bank_id, card_id),
  constraint service_card_bank_id_client_id_version_key unique (bank_id, client_id, version),
  constraint service_card_bank_id_client_id_fkey foreign key (bank_id, client_id) references member(bank_id, member_id)
);
create trigger trail_of_deletes after delete on service_card referencing old table as old_rows for each statement execute function trail_of_service_card();
create trigger trail_of_inserts after insert on service_card referencing new table as new_rows for each statement execute function trail_of_service_card();
create trigger trail_of_updates after update on service_card referencing old table as old_rows new table as new_rows for each statement execute function trail_of_service_card();
alter table service_card enable row level security;
alter table service_card force row level security;
create policy by_bank on service_card using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select, update on service_card to app;

create table service_kind (
  code text not null,
  class text not null,
  risk_level text not null,
  open_to_volunteers boolean not null default true,
  usual_minutes integer not null,
  position integer not null,
  helpers_needed integer not null default 1,
  is_offered boolean not null default true,
  version integer not null default 1,
  further_helpers_paid_by text not null default 'client'::text,
  constraint service_kind_pkey primary key (code),
  constraint service_kind_class_check check ((class = any (array['daily_living'::text, 'basic_care'::text, 'health'::text, 'visits'::text, 'comfort'::text, 'errands'::text, 'home_adaptation'::text]))),
  constraint service_kind_code check ((code ~ '^[a-z0-9_]{2,40}$'::text)),
  constraint service_kind_further_helpers_paid_by_check check ((further_helpers_paid_by = any (array['client'::text, 'pool'::text]))),
  constraint service_kind_helpers_needed_check check (((helpers_needed >= 1) and (helpers_needed <= 20))),
  constraint service_kind_risk_level_check check ((risk_level = any (array['low'::text, 'medium'::text, 'high'::text]))),
  constraint service_kind_usual_minutes_check check ((usual_minutes > 0))
);
create trigger trail_of_deletes after delete on service_kind referencing old table as old_rows for each statement execute function trail_of_service_kind();
create trigger trail_of_inserts after insert on service_kind referencing new table as new_rows for each statement execute function trail_of_service_kind();
create trigger trail_of_updates after update on service_kind referencing old table as old_rows new table as new_rows for each statement execute function trail_of_service_kind();
grant insert, select, update on service_kind to app;

create table service_kind_name (
  code text not null,
  language text not null,
  name text,
  risk_text text,
  constraint service_kind_name_pkey primary key (code, language),
  constraint service_kind_name_code_fkey foreign key (code) references service_kind(code),
  constraint service_kind_name_language_check check ((language = any (array['zh-Hans'::text, 'zh-Hant'::text, 'en'::text, 'ja'::text, 'ko'::text]))),
  constraint service_kind_name_name_check check (((char_length(name) >= 1) and (char_length(name) <= 40))),
  constraint service_kind_name_risk_text_check check (((char_length(risk_text) >= 1) and (char_length(risk_text) <= 1000)))
);
create unique index service_kind_same_name on service_kind_name using btree (language, name);
create trigger trail_of_deletes after delete on service_kind_name referencing old table as old_rows for each statement execute function trail_of_service_kind_name();
create trigger trail_of_inserts after insert on service_kind_name referencing new table as new_rows for each statement execute function trail_of_service_kind_name();
create trigger trail_of_updates after update on service_kind_name referencing old table as old_rows new table as new_rows for each statement execute function trail_of_service_kind_name();
grant delete, insert, select, update on service_kind_name to app;

create table service_kind_qualification (
  code text not null,
  qualification text not null,
  valid_from date not null,
  valid_until date,
  constraint service_kind_qualification_pkey primary key (code, qualification, valid_from),
  constraint service_kind_qualification_code_fkey foreign key (code) references service_kind(code),
  constraint service_kind_qualification_check check ((valid_until >= valid_from)),
  constraint service_kind_qualification_qualification_check check ((qualification ~ '^[a-z_]{2,40}$'::text))
);
create trigger trail_of_deletes after delete on service_kind_qualification referencing old table as old_rows for each statement execute function trail_of_service_kind_qualification();
create trigger trail_of_inserts after insert on service_kind_qualification referencing new table as new_rows for each statement execute function trail_of_service_kind_qualification();
create trigger trail_of_updates after update on service_kind_qualification referencing old table as old_rows new table as new_rows for each statement execute function trail_of_service_kind_qualification();
grant delete, insert, select, update on service_kind_qualification to app;

create table session (
  token_hash bytea not null,
  person_id uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  session_id uuid not null default gen_random_uuid(),
  last_used_at timestamptz not null default clock_timestamp(),
  user_agent text,
  before_xid xid8,
  before_at timestamptz,
  constraint session_pkey primary key (token_hash),
  constraint session_session_id_key unique (session_id),
  constraint session_person_id_fkey foreign key (person_id) references person(person_id),
  constraint session_user_agent_check check ((length(user_agent) <= 300))
);
create index session_expiry on session using btree (expires_at);
create index session_person on session using btree (person_id);
grant delete, insert, select, update on session to app;

create table settlement (
  bank_id uuid not null,
  settlement_id uuid not null,
  member_id uuid not null,
  reason text not null,
  left_on date not null,
  balance_minutes bigint not null,
  content_hash bytea not null,
  settled_by uuid not null,
  settled_at timestamptz not null,
  constraint settlement_pkey primary key (bank_id, settlement_id),
  constraint settlement_bank_id_member_id_key unique (bank_id, member_id),
  constraint settlement_bank_id_member_id_fkey foreign key (bank_id, member_id) references member(bank_id, member_id),
  constraint settlement_balance_minutes_check check ((balance_minutes >= 0)),
  constraint settlement_reason_check check ((reason = any (array['moved'::text, 'wish'::text, 'death'::text])))
);
create trigger append_only before delete or update or truncate on settlement for each statement execute function refuse_change();
create trigger trail_of_deletes after delete on settlement referencing old table as old_rows for each statement execute function trail_of_settlement();
create trigger trail_of_inserts after insert on settlement referencing new table as new_rows for each statement execute function trail_of_settlement();
create trigger trail_of_updates after update on settlement referencing old table as old_rows new table as new_rows for each statement execute function trail_of_settlement();
alter table settlement enable row level security;
alter table settlement force row level security;
create policy by_bank on settlement using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select on settlement to app;

create table settlement_share (
  bank_id uuid not null,
  settlement_id uuid not null,
  place integer not null,
  account_id uuid not null,
  transfer_id uuid not null,
  minutes integer not null,
  overflow_minutes integer not null,
  constraint settlement_share_pkey primary key (bank_id, settlement_id, place),
  constraint settlement_share_bank_id_settlement_id_fkey foreign key (bank_id, settlement_id) references settlement(bank_id, settlement_id),
  constraint settlement_share_minutes_check check ((minutes >= 0)),
  constraint settlement_share_overflow_minutes_check check ((overflow_minutes >= 0))
);
create trigger append_only before delete or update or truncate on settlement_share for each statement execute function refuse_change();
create trigger trail_of_deletes after delete on settlement_share referencing old table as old_rows for each statement execute function trail_of_settlement_share();
create trigger trail_of_inserts after insert on settlement_share referencing new table as new_rows for each statement execute function trail_of_settlement_share();
create trigger trail_of_updates after update on settlement_share referencing old table as old_rows new table as new_rows for each statement execute function trail_of_settlement_share();
alter table settlement_share enable row level security;
alter table settlement_share force row level security;
create policy by_bank on settlement_share using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select on settlement_share to app;

create table sign_in_act (
  act_id uuid not null,
  person_id uuid not null,
  kind text not null,
  how text not null,
  started_by uuid,
  confirmed_by uuid,
  started_at timestamptz not null,
  used_at timestamptz,
  code_hash bytea,
  code_made_at timestamptz,
  code_expires_at timestamptz,
  code_attempts_left integer,
  constraint sign_in_act_pkey primary key (act_id),
  constraint sign_in_act_confirmed_by_fkey foreign key (confirmed_by) references person(person_id),
  constraint sign_in_act_person_id_fkey foreign key (person_id) references person(person_id),
  constraint sign_in_act_started_by_fkey foreign key (started_by) references person(person_id),
  constraint sign_in_act_check check ((num_nulls(code_hash, code_made_at, code_expires_at, code_attempts_left) = any (array[0, 4]))),
  constraint sign_in_act_code_attempts_left_check check ((code_attempts_left >= 0)),
  constraint sign_in_act_how_check check ((how = any (array['text'::text, 'counter'::text, 'operator'::text, 'desk'::text]))),
  constraint sign_in_act_kind_check check ((kind = any (array['reset'::text, 'moved'::text])))
);
create index sign_in_act_confirmed_by on sign_in_act using btree (confirmed_by);
create index sign_in_act_person on sign_in_act using btree (person_id, started_at);
create index sign_in_act_started_by on sign_in_act using btree (started_by);
create trigger trail_of_deletes after delete on sign_in_act referencing old table as old_rows for each statement execute function trail_of_sign_in_act();
create trigger trail_of_inserts after insert on sign_in_act referencing new table as new_rows for each statement execute function trail_of_sign_in_act();
create trigger trail_of_updates after update on sign_in_act referencing old table as old_rows new table as new_rows for each statement execute function trail_of_sign_in_act();
grant insert, select, update on sign_in_act to app;

create table sign_in_code (
  phone text not null,
  code_hash bytea not null,
  expires_at timestamptz not null,
  attempts_left integer not null,
  made_at timestamptz not null default clock_timestamp(),
  constraint sign_in_code_pkey primary key (phone),
  constraint sign_in_code_attempts_left_check check ((attempts_left >= 0))
);
grant delete, insert, select, update on sign_in_code to app;

create table sign_in_code_ask (
  ask_id uuid not null,
  phone text not null,
  place_hash bytea not null,
  is_sent boolean not null,
  asked_at timestamptz not null,
  constraint sign_in_code_ask_pkey primary key (ask_id)
);
create index sign_in_code_ask_phone on sign_in_code_ask using btree (phone, asked_at);
create index sign_in_code_ask_place on sign_in_code_ask using btree (place_hash, asked_at);
create index sign_in_code_ask_time on sign_in_code_ask using btree (asked_at);
grant delete, insert, select on sign_in_code_ask to app;

create table sign_in_failure (
  failure_id uuid not null,
  phone text not null,
  failed_at timestamptz not null,
  way text not null,
  place_hash bytea not null,
  is_known boolean not null,
  constraint sign_in_failure_pkey primary key (failure_id),
  constraint sign_in_failure_way_check check ((way = any (array['password'::text, 'code'::text])))
);
create index sign_in_failure_phone on sign_in_failure using btree (phone, way, failed_at);
grant delete, insert, select on sign_in_failure to app;

create table trained (
  bank_id uuid not null,
  member_id uuid not null,
  service_kind text not null,
  course_id uuid not null,
  trained_on date not null,
  recorded_by uuid not null,
  constraint trained_pkey primary key (bank_id, member_id, service_kind, course_id),
  constraint trained_bank_id_member_id_fkey foreign key (bank_id, member_id) references member(bank_id, member_id),
  constraint trained_service_kind_fkey foreign key (service_kind) references service_kind(code)
);
create index trained_kind on trained using btree (bank_id, service_kind);
create index trained_service_kind on trained using btree (service_kind);
create trigger append_only before delete or update or truncate on trained for each statement execute function refuse_change();
create trigger trail_of_deletes after delete on trained referencing old table as old_rows for each statement execute function trail_of_trained();
create trigger trail_of_inserts after insert on trained referencing new table as new_rows for each statement execute function trail_of_trained();
create trigger trail_of_updates after update on trained referencing old table as old_rows new table as new_rows for each statement execute function trail_of_trained();
alter table trained enable row level security;
alter table trained force row level security;
create policy by_bank on trained using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select on trained to app;

create table transfer (
  bank_id uuid not null,
  transfer_id uuid not null,
  debit_account_id uuid not null,
  credit_account_id uuid not null,
  visit_id uuid,
  reverses_id uuid,
  actor_id uuid not null,
  effective_at timestamptz not null,
  recorded_at timestamptz not null,
  recorded_xid xid8 not null default ledger_xid(),
  debit_version bigint not null,
  debit_balance_after bigint not null,
  credit_version bigint not null,
  credit_balance_after bigint not null,
  minutes integer not null,
  kind text not null,
  class text,
  memo_code text,
  debit_hash bytea not null,
  credit_hash bytea not null,
  constraint transfer_pkey primary key (bank_id, transfer_id),
  constraint transfer_bank_id_credit_account_id_credit_version_key unique (bank_id, credit_account_id, credit_version),
  constraint transfer_bank_id_debit_account_id_debit_version_key unique (bank_id, debit_account_id, debit_version),
  constraint transfer_minutes_check check ((minutes > 0))
);
create index transfer_by_time on transfer using brin (recorded_at) with (autosummarize='on');
create index transfer_by_transaction on transfer using btree (recorded_xid);
create unique index transfer_reverses on transfer using btree (bank_id, reverses_id) where (reverses_id is not null);
create trigger append_only before delete or update or truncate on transfer for each statement execute function refuse_change();
create trigger closed_bank before insert on transfer for each statement execute function refuse_closed_books();
alter table transfer enable row level security;
alter table transfer force row level security;
create policy by_bank on transfer using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant select on transfer to app;

create table visit (
  bank_id uuid not null,
  visit_id uuid not null,
  request_id uuid not null,
  client_id uuid not null,
  volunteer_id uuid not null,
  service_kind text not null,
  planned_start timestamptz not null,
  planned_end timestamptz not null,
  planned_minutes integer not null,
  hold_id uuid not null,
  state text not null,
  lane text,
  class text not null,
  assurance text,
  captured_in timestamptz,
  captured_out timestamptz,
  credited_start timestamptz,
  credited_end timestamptz,
  credited_minutes integer,
  entered_by uuid,
  entered_at timestamptz,
  entered_hash bytea,
  manual_reason_code text,
  manual_note text,
  planned_by uuid not null,
  cancelled_by uuid,
  cancelled_at timestamptz,
  cancel_note text,
  approval_id uuid,
  decided_by uuid,
  decided_at timestamptz,
  decision_reason_code text,
  transfer_id uuid,
  content_hash bytea not null,
  version integer not null default 1,
  created_at timestamptz not null,
  volunteer_home_bank_id uuid,
  proposed_minutes integer,
  waiting_since timestamptz,
  decided_rule text,
  scan_out_reminders smallint not null default 0,
  evidence text,
  payer text,
  payer_account_id uuid,
  payer_note text,
  cancelled_side text,
  cancel_reason_code text,
  constraint visit_pkey primary key (bank_id, visit_id),
  constraint visit_bank_id_client_id_fkey foreign key (bank_id, client_id) references member(bank_id, member_id),
  constraint visit_bank_id_request_id_fkey foreign key (bank_id, request_id) references request(bank_id, request_id),
  constraint visit_service_kind_fkey foreign key (service_kind) references service_kind(code),
  constraint visit_assurance_check check ((assurance = any (array['A0'::text, 'A1'::text, 'A2'::text, 'A3'::text]))),
  constraint visit_cancel_reason_code_check check ((cancel_reason_code ~ '^[a-z_]{2,40}$'::text)),
  constraint visit_cancelled_side_check check ((cancelled_side = any (array['by_volunteer'::text, 'by_client'::text, 'by_bank'::text]))),
  constraint visit_check check (((credited_end is null) or (credited_end >= credited_start))),
  constraint visit_check1 check (((captured_out is null) or (captured_in is null) or (captured_out >= captured_in))),
  constraint visit_check2 check (((cancelled_side is null) or (state = 'cancelled'::text))),
  constraint visit_check3 check (((cancel_reason_code is null) or (cancelled_side is not null))),
  constraint visit_class_check check ((class = any (array['verified'::text, 'manual'::text]))),
  constraint visit_credited_minutes_check check ((credited_minutes >= 0)),
  constraint visit_decided_by_one check (((decided_rule is null) or (decided_by is null))),
  constraint visit_decided_rule_check check ((decided_rule = 'auto_approve'::text)),
  constraint visit_evidence_check check ((char_length(evidence) <= 200)),
  constraint visit_lane_check check ((lane = any (array['clean'::text, 'yellow'::text, 'red'::text]))),
  constraint visit_payer_check check ((payer = any (array['pool'::text, 'fund'::text]))),
  constraint visit_payer_note_check check (((char_length(payer_note) >= 1) and (char_length(payer_note) <= 1000))),
  constraint visit_planned_minutes_check check ((planned_minutes > 0)),
  constraint visit_proposed_minutes_check check ((proposed_minutes >= 0)),
  constraint visit_scan_out_reminders_check check (((scan_out_reminders >= 0) and (scan_out_reminders <= 2))),
  constraint visit_state_check check ((state = any (array['planned'::text, 'in_progress'::text, 'ended'::text, 'ready'::text, 'needs_ack'::text, 'needs_fix'::text, 'approved'::text, 'rejected'::text, 'cancelled'::text, 'no_show'::text])))
);
create index visit_by_making on visit using brin (created_at) with (autosummarize='on');
create index visit_by_start on visit using btree (bank_id, planned_start, visit_id);
create index visit_by_state on visit using btree (bank_id, state, planned_start, visit_id);
create index visit_client on visit using btree (bank_id, client_id, planned_start);
create index visit_kind on visit using btree (service_kind);
create unique index visit_live on visit using btree (bank_id, request_id, volunteer_id) where (state <> all (array['cancelled'::text, 'no_show'::text, 'rejected'::text]));
create index visit_no_show on visit using btree (bank_id, volunteer_id) where (state = 'no_show'::text);
create index visit_request on visit using btree (bank_id, request_id);
create index visit_under_way on visit using btree (bank_id, planned_end) where (state = 'in_progress'::text);
create index visit_volunteer on visit using btree (bank_id, volunteer_id, planned_start);
create index visit_waiting on visit using btree (bank_id, state, coalesce(waiting_since, captured_out, planned_end), visit_id) where (state = any (array['ready'::text, 'needs_ack'::text, 'needs_fix'::text]));
create index visit_waiting_since on visit using btree (bank_id, coalesce(waiting_since, captured_out, planned_end), visit_id) where (state = any (array['ready'::text, 'needs_ack'::text, 'needs_fix'::text]));
create trigger closed_bank before insert on visit for each row execute function refuse_in_closed_bank();
create trigger trail_of_deletes after delete on visit referencing old table as old_rows for each statement execute function trail_of_visit();
create trigger trail_of_inserts after insert on visit referencing new table as new_rows for each statement execute function trail_of_visit();
create trigger trail_of_updates after update on visit referencing old table as old_rows new table as new_rows for each statement execute function trail_of_visit();
alter table visit enable row level security;
alter table visit force row level security;
create policy by_bank on visit using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select, update on visit to app;

create table visit_escalation (
  bank_id uuid not null,
  visit_id uuid not null,
  waiting_since timestamptz not null,
  escalated_at timestamptz not null,
  constraint visit_escalation_pkey primary key (bank_id, visit_id),
  constraint visit_escalation_bank_id_visit_id_fkey foreign key (bank_id, visit_id) references visit(bank_id, visit_id)
);
create trigger append_only before delete or update or truncate on visit_escalation for each statement execute function refuse_change();
create trigger trail_of_deletes after delete on visit_escalation referencing old table as old_rows for each statement execute function trail_of_visit_escalation();
create trigger trail_of_inserts after insert on visit_escalation referencing new table as new_rows for each statement execute function trail_of_visit_escalation();
create trigger trail_of_updates after update on visit_escalation referencing old table as old_rows new table as new_rows for each statement execute function trail_of_visit_escalation();
alter table visit_escalation enable row level security;
alter table visit_escalation force row level security;
create policy by_bank on visit_escalation using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select on visit_escalation to app;

create table visit_exception (
  bank_id uuid not null,
  visit_id uuid not null,
  code text not null,
  lane text not null,
  parameters jsonb not null default '{}'::jsonb,
  raised_at timestamptz not null,
  acknowledged_by uuid,
  acknowledged_at timestamptz,
  constraint visit_exception_pkey primary key (bank_id, visit_id, code),
  constraint visit_exception_bank_id_visit_id_fkey foreign key (bank_id, visit_id) references visit(bank_id, visit_id),
  constraint visit_exception_lane_check check ((lane = any (array['red'::text, 'yellow'::text, 'info'::text])))
);
create trigger trail_of_deletes after delete on visit_exception referencing old table as old_rows for each statement execute function trail_of_visit_exception();
create trigger trail_of_inserts after insert on visit_exception referencing new table as new_rows for each statement execute function trail_of_visit_exception();
create trigger trail_of_updates after update on visit_exception referencing old table as old_rows new table as new_rows for each statement execute function trail_of_visit_exception();
alter table visit_exception enable row level security;
alter table visit_exception force row level security;
create policy by_bank on visit_exception using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant delete, insert, select, update on visit_exception to app;

create table visit_prompt (
  bank_id uuid not null,
  visit_id uuid not null,
  kind text not null,
  asked_at timestamptz not null,
  answered_at timestamptz,
  constraint visit_prompt_pkey primary key (bank_id, visit_id, kind),
  constraint visit_prompt_bank_id_visit_id_fkey foreign key (bank_id, visit_id) references visit(bank_id, visit_id),
  constraint visit_prompt_kind_check check ((kind = any (array['arrival'::text, 'evening'::text])))
);
create trigger trail_of_deletes after delete on visit_prompt referencing old table as old_rows for each statement execute function trail_of_visit_prompt();
create trigger trail_of_inserts after insert on visit_prompt referencing new table as new_rows for each statement execute function trail_of_visit_prompt();
create trigger trail_of_updates after update on visit_prompt referencing old table as old_rows new table as new_rows for each statement execute function trail_of_visit_prompt();
alter table visit_prompt enable row level security;
alter table visit_prompt force row level security;
create policy by_bank on visit_prompt using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select, update on visit_prompt to app;

create table void_checkpoint (
  bank_id uuid not null,
  restore_number integer not null,
  number integer not null,
  statement text,
  signature bytea,
  constraint void_checkpoint_pkey primary key (bank_id, restore_number, number),
  constraint void_checkpoint_bank_id_restore_number_fkey foreign key (bank_id, restore_number) references ledger_restore(bank_id, number)
);
create trigger append_only before delete or update or truncate on void_checkpoint for each statement execute function refuse_change();
alter table void_checkpoint enable row level security;
alter table void_checkpoint force row level security;
create policy by_bank on void_checkpoint using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant select on void_checkpoint to app;

create table waiting_act (
  bank_id uuid not null,
  act_id uuid not null,
  kind text not null,
  subject_id uuid not null,
  content_hash bytea not null,
  content jsonb not null,
  member_id uuid,
  roles text[] not null,
  asked_by uuid not null,
  asked_at timestamptz not null,
  waits_until timestamptz not null,
  state text not null,
  closed_by uuid,
  closed_at timestamptz,
  constraint waiting_act_pkey primary key (bank_id, act_id),
  constraint waiting_act_asked_by_fkey foreign key (asked_by) references person(person_id),
  constraint waiting_act_bank_id_fkey foreign key (bank_id) references bank(bank_id),
  constraint waiting_act_check check (((state = 'waits'::text) = (closed_at is null))),
  constraint waiting_act_state_check check ((state = any (array['waits'::text, 'done'::text, 'taken_back'::text, 'lapsed'::text])))
);
create index waiting_act_asker on waiting_act using btree (asked_by);
create index waiting_act_list on waiting_act using btree (bank_id, asked_at, act_id) where (state = 'waits'::text);
create unique index waiting_act_open on waiting_act using btree (bank_id, kind, subject_id, content_hash) where (state = 'waits'::text);
create trigger trail_of_deletes after delete on waiting_act referencing old table as old_rows for each statement execute function trail_of_waiting_act();
create trigger trail_of_inserts after insert on waiting_act referencing new table as new_rows for each statement execute function trail_of_waiting_act();
create trigger trail_of_updates after update on waiting_act referencing old table as old_rows new table as new_rows for each statement execute function trail_of_waiting_act();
alter table waiting_act enable row level security;
alter table waiting_act force row level security;
create policy by_bank on waiting_act using ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true) with check ((bank_id = any (( select timebank_banks() as timebank_banks)::uuid[])) is true);
grant insert, select on waiting_act to app;
grant update (content) on waiting_act to app;
grant update (state) on waiting_act to app;
grant update (closed_by) on waiting_act to app;
grant update (closed_at) on waiting_act to app;

create view counting_zone with (security_invoker=true) as
 select bank_id, time_zone, valid_from, begins_at, zone_number
   from bank_zone z
  where not (exists ( select
           from bank_zone later
          where later.bank_id = z.bank_id and later.valid_from = z.valid_from and later.zone_number > z.zone_number));
grant select on counting_zone to app;

create view helper with (security_invoker=true) as
 select member.bank_id, member.member_id, member.person_id, member.account_id, member.name,
    null::uuid as home_bank_id
   from member
union all
 select guest.bank_id, guest.member_id, guest.person_id, guest.account_id, guest.name,
    guest.home_bank_id
   from guest;
grant select on helper to app;

create view qualification_held with (security_invoker=true) as
 select qualification.bank_id, qualification.member_id, qualification.code,
    qualification.valid_until
   from qualification
union all
 select q.bank_id, q.member_id, i.included as code, q.valid_until
   from qualification q
     join qualification_kind_include i on i.code = q.code;
grant select on qualification_held to app;

create function add_checkpoint(bank uuid, next_number integer, below xid8, signed_statement text, its_signature bytea) returns boolean language plpgsql security definer set search_path to 'public', 'pg_temp';
revoke execute on add_checkpoint(uuid,integer,xid8,text,bytea) from public;
grant execute on add_checkpoint(uuid,integer,xid8,text,bytea) to app;

create function add_restore(bank uuid, restore_number integer, first_void integer, last_void integer, signed_statement text, its_signature bytea, void_statements text[], void_signatures bytea[]) returns boolean language plpgsql security definer set search_path to 'public', 'pg_temp';
revoke execute on add_restore(uuid,integer,integer,integer,text,bytea,text[],bytea[]) from public;
grant execute on add_restore(uuid,integer,integer,integer,text,bytea,text[],bytea[]) to app;

create procedure allow_app(in privileges text, in target regclass) language plpgsql;

create procedure allow_app_call(in target regproc) language plpgsql;

create procedure allow_app_schema() language plpgsql;

create procedure allow_import(in target regclass) language plpgsql;

create procedure allow_import_schema() language plpgsql;

create function answer_again(bank uuid, id uuid, overflow_id uuid, debit_id uuid, credit_id uuid, amount integer, asked_kind text, asked_class text, asked_visit_id uuid, asked_reverses_id uuid, asked_memo_code text, out outcome text, out code text, out posted_minutes bigint, out overflow_minutes bigint) returns record language plpgsql;

create procedure append_only(in target regclass) language plpgsql;

create function bank_closed_on(of_bank uuid) returns date language plpgsql security definer set search_path to 'public', 'pg_temp';
revoke execute on bank_closed_on(uuid) from public;
grant execute on bank_closed_on(uuid) to app;

create function bank_day(of_bank uuid, instant timestamptz) returns date language plpgsql stable;

create function bank_named(wanted text, besides uuid) returns uuid language plpgsql security definer set search_path to 'public', 'pg_temp';
revoke execute on bank_named(text,uuid) from public;
grant execute on bank_named(text,uuid) to app;

create function bank_names(banks uuid[]) returns table(bank_id uuid, name text) language plpgsql security definer set search_path to 'public', 'pg_temp';
revoke execute on bank_names(uuid[]) from public;
grant execute on bank_names(uuid[]) to app;

create function cap_members(bank uuid, cap bigint, at timestamptz) returns bigint language plpgsql security definer set search_path to 'public', 'pg_temp';
revoke execute on cap_members(uuid,bigint,timestamptz) from public;
grant execute on cap_members(uuid,bigint,timestamptz) to app;

create aggregate chain_of (content bytea, version bigint, balance_after bigint) (sfunc = extend_chain, stype = bytea);

create function close_account(bank uuid, account uuid, at timestamptz, out code text, out parameters jsonb) returns record language plpgsql security definer set search_path to 'public', 'pg_temp';
revoke execute on close_account(uuid,uuid,timestamptz) from public;
grant execute on close_account(uuid,uuid,timestamptz) to app;

create function count_transactions_on() returns bigint language plpgsql;

create function each_bank(banks uuid[]) returns text language plpgsql immutable;

create function end_holds(bank uuid, holds uuid[], how text, at timestamptz) returns bigint language sql;
revoke execute on end_holds(uuid,uuid[],text,timestamptz) from public;

create function erase_trail(bank uuid, what text, key text) returns integer language plpgsql security definer set search_path to 'public', 'pg_temp';
revoke execute on erase_trail(uuid,text,text) from public;

create function expire_holds(bank uuid, since timestamptz, at timestamptz) returns bigint language plpgsql security definer set search_path to 'public', 'pg_temp';
revoke execute on expire_holds(uuid,timestamptz,timestamptz) from public;
grant execute on expire_holds(uuid,timestamptz,timestamptz) to app;

create function extend_chain(head bytea, content bytea, version bigint, balance_after bigint) returns bytea language sql immutable parallel safe;

create function find_reversed(bank uuid, original_id uuid, debit_id uuid, credit_id uuid, amount integer, overflow_account_id uuid, reversed uuid[], out code text, out class text, out overflow_id uuid, out overflow_minutes integer) returns record language plpgsql;
revoke execute on find_reversed(uuid,uuid,uuid,uuid,integer,uuid,uuid[]) from public;

create function folded_name(name text) returns text language sql immutable parallel safe strict;

create function forget_grams() returns trigger language plpgsql;
revoke execute on forget_grams() from public;

create function hold_books(bank uuid) returns void language plpgsql security definer set search_path to 'public', 'pg_temp';
revoke execute on hold_books(uuid) from public;
grant execute on hold_books(uuid) to app;

create procedure isolate_by_bank(in target regclass) language plpgsql;

create procedure keep_trail(in target regclass, in with_values boolean, in secrets text[] default '{}'::text[], in stands_for text default null::text) language plpgsql;

create procedure lay_standing(in target regclass) language plpgsql set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';

create function lay_trail(what text, how text, of_bank uuid, of_keys text[], of_states bytea, of_told bytea, of_salts bytea, of_changes jsonb) returns void language plpgsql security definer set search_path to 'public', 'pg_temp';
revoke execute on lay_trail(text,text,uuid,text[],bytea,bytea,bytea,jsonb) from public;

create function ledger_horizon() returns xid8 language sql stable;

create function ledger_xid() returns xid8 language sql;

create function next_checkpoint(bank uuid) returns integer language sql stable;
revoke execute on next_checkpoint(uuid) from public;
grant execute on next_checkpoint(uuid) to app;

create function one_case(name text) returns text language sql immutable parallel safe strict;

create function open_accounts(bank uuid, account_ids uuid[], kinds text[], owner_ids uuid[], floors bigint[], ceilings bigint[], at timestamptz) returns bigint language plpgsql security definer set search_path to 'public', 'pg_temp';
revoke execute on open_accounts(uuid,uuid[],text[],uuid[],bigint[],bigint[],timestamptz) from public;
grant execute on open_accounts(uuid,uuid[],text[],uuid[],bigint[],bigint[],timestamptz) to app;

create function place_hold(bank uuid, hold uuid, account uuid, amount integer, expires timestamptz, at timestamptz, out code text, out parameters jsonb) returns record language plpgsql security definer set search_path to 'public', 'pg_temp';
revoke execute on place_hold(uuid,uuid,uuid,integer,timestamptz,timestamptz) from public;
grant execute on place_hold(uuid,uuid,uuid,integer,timestamptz,timestamptz) to app;

create function post_many(at timestamptz, account_banks uuid[], account_ids uuid[], legs leg[]) returns table(place integer, outcome text, code text, parameters jsonb, posted_minutes bigint, overflow_minutes bigint) language plpgsql security definer set search_path to 'public', 'pg_temp' set plan_cache_mode to 'force_generic_plan' set enable_seqscan to 'off' set enable_hashjoin to 'off' set enable_mergejoin to 'off' set enable_material to 'off';
revoke execute on post_many(timestamptz,uuid[],uuid[],leg[]) from public;
grant execute on post_many(timestamptz,uuid[],uuid[],leg[]) to app;

create function post_plain(at timestamptz, account_banks uuid[], account_ids uuid[], legs leg[]) returns table(place integer, outcome text, code text, parameters jsonb, posted_minutes bigint, overflow_minutes bigint) language plpgsql security definer set search_path to 'public', 'pg_temp' set plan_cache_mode to 'force_generic_plan' set enable_seqscan to 'off' set enable_hashjoin to 'off' set enable_mergejoin to 'off' set enable_material to 'off';
revoke execute on post_plain(timestamptz,uuid[],uuid[],leg[]) from public;
grant execute on post_plain(timestamptz,uuid[],uuid[],leg[]) to app;

create function posting_content(debit_id uuid, credit_id uuid, amount integer, kind text, class text, visit_id uuid, reverses_id uuid, memo_code text) returns bytea language sql immutable parallel safe;

create function proxy_named(of_bank uuid, of_person uuid) returns text language sql stable strict;
revoke execute on proxy_named(uuid,uuid) from public;
grant execute on proxy_named(uuid,uuid) to app;

create function recorded_in_truth(bank uuid, recorded timestamptz, xid xid8) returns timestamptz language sql stable parallel safe;

create function refuse_change() returns trigger language plpgsql;

create function refuse_closed_books() returns trigger language plpgsql;

create function refuse_in_closed_bank() returns trigger language plpgsql;

create function relative_names(bank uuid, relative_of uuid) returns table(member_id uuid, name text) language plpgsql security definer set search_path to 'public', 'pg_temp';
revoke execute on relative_names(uuid,uuid) from public;
grant execute on relative_names(uuid,uuid) to app;

create function release_holds(bank uuid, holds uuid[], at timestamptz, out code text) returns text language plpgsql security definer set search_path to 'public', 'pg_temp';
revoke execute on release_holds(uuid,uuid[],timestamptz) from public;
grant execute on release_holds(uuid,uuid[],timestamptz) to app;

create function remember_accounts(bank uuid, account_ids uuid[], at timestamptz) returns void language sql;
revoke execute on remember_accounts(uuid,uuid[],timestamptz) from public;

create function repair_clock(bank uuid, at timestamptz, who text, why text) returns timestamptz language plpgsql security definer set search_path to 'public', 'pg_temp';
revoke execute on repair_clock(uuid,timestamptz,text,text) from public;
grant execute on repair_clock(uuid,timestamptz,text,text) to app;

create function risk_version(of_kind text) returns text language sql stable;
revoke execute on risk_version(text) from public;
grant execute on risk_version(text) to app;

create function see_banks(banks text) returns text language plpgsql;

create function series_pauses(of_bank uuid, of_series uuid) returns datemultirange language plpgsql stable;
revoke execute on series_pauses(uuid,uuid) from public;
grant execute on series_pauses(uuid,uuid) to app;

create function set_limits(bank uuid, account uuid, new_floor bigint, new_ceiling bigint, at timestamptz, out code text, out parameters jsonb) returns record language plpgsql security definer set search_path to 'public', 'pg_temp';
revoke execute on set_limits(uuid,uuid,bigint,bigint,timestamptz) from public;
grant execute on set_limits(uuid,uuid,bigint,bigint,timestamptz) to app;

create function spoken_part(name text) returns text language sql immutable parallel safe strict;

create function stored_ahead(at timestamptz) returns timestamptz language sql stable set enable_seqscan to 'off';
revoke execute on stored_ahead(timestamptz) from public;
grant execute on stored_ahead(timestamptz) to app;

create function timebank_banks() returns uuid[] language sql stable parallel safe;

create function trail_bank(target regclass) returns text language sql stable;

create function trail_hash(salt bytea, state text) returns bytea language sql immutable parallel safe;

create function trail_key(target regclass) returns text language sql stable;

create function trail_of_activity() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_activity() from public;

create function trail_of_activity_attendance() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_activity_attendance() from public;

create function trail_of_activity_place() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_activity_place() from public;

create function trail_of_appeal() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_appeal() from public;

create function trail_of_appeal_answer() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_appeal_answer() from public;

create function trail_of_application() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_application() from public;

create function trail_of_approval() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_approval() from public;

create function trail_of_availability() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_availability() from public;

create function trail_of_bank() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_bank() from public;

create function trail_of_bank_closing() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_bank_closing() from public;

create function trail_of_bank_service_kind() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_bank_service_kind() from public;

create function trail_of_bank_zone() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_bank_zone() from public;

create function trail_of_calendar_feed() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_calendar_feed() from public;

create function trail_of_call_back() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_call_back() from public;

create function trail_of_call_back_draw() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_call_back_draw() from public;

create function trail_of_call_wish() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_call_wish() from public;

create function trail_of_card_sheet() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_card_sheet() from public;

create function trail_of_check_in() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_check_in() from public;

create function trail_of_client_answer() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_client_answer() from public;

create function trail_of_client_needs() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_client_needs() from public;

create function trail_of_client_place() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_client_place() from public;

create function trail_of_consent() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_consent() from public;

create function trail_of_contact() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_contact() from public;

create function trail_of_course() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_course() from public;

create function trail_of_course_attendance() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_course_attendance() from public;

create function trail_of_course_attendance_change() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_course_attendance_change() from public;

create function trail_of_course_place() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_course_place() from public;

create function trail_of_course_service_kind() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_course_service_kind() from public;

create function trail_of_course_session() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_course_session() from public;

create function trail_of_course_teacher() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_course_teacher() from public;

create function trail_of_credit_line() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_credit_line() from public;

create function trail_of_device() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_device() from public;

create function trail_of_disclosure() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_disclosure() from public;

create function trail_of_display() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_display() from public;

create function trail_of_finding() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_finding() from public;

create function trail_of_former_number() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_former_number() from public;

create function trail_of_former_visit() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_former_visit() from public;

create function trail_of_gate_overrule() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_gate_overrule() from public;

create function trail_of_grant_row() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_grant_row() from public;

create function trail_of_grant_run() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_grant_run() from public;

create function trail_of_guardian() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_guardian() from public;

create function trail_of_guest() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_guest() from public;

create function trail_of_hand_transfer() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_hand_transfer() from public;

create function trail_of_identity_check() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_identity_check() from public;

create function trail_of_identity_mark() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_identity_mark() from public;

create function trail_of_import_run() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_import_run() from public;

create function trail_of_installation_mark() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_installation_mark() from public;

create function trail_of_insurance() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_insurance() from public;

create function trail_of_late_decision() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_late_decision() from public;

create function trail_of_ledger_clock_repair() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_ledger_clock_repair() from public;

create function trail_of_letter() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_letter() from public;

create function trail_of_letter_answer() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_letter_answer() from public;

create function trail_of_location_consent() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_location_consent() from public;

create function trail_of_locator() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_locator() from public;

create function trail_of_member() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_member() from public;

create function trail_of_member_correction() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_member_correction() from public;

create function trail_of_mentor() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_mentor() from public;

create function trail_of_merge() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_merge() from public;

create function trail_of_offer() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_offer() from public;

create function trail_of_offer_round() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_offer_round() from public;

create function trail_of_opening_balance() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_opening_balance() from public;

create function trail_of_pair_block() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_pair_block() from public;

create function trail_of_person() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_person() from public;

create function trail_of_phone_call() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_phone_call() from public;

create function trail_of_policy() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_policy() from public;

create function trail_of_policy_withdrawal() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_policy_withdrawal() from public;

create function trail_of_proxy() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_proxy() from public;

create function trail_of_qualification() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_qualification() from public;

create function trail_of_qualification_exemption() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_qualification_exemption() from public;

create function trail_of_qualification_extended() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_qualification_extended() from public;

create function trail_of_qualification_extension() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_qualification_extension() from public;

create function trail_of_qualification_kind() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_qualification_kind() from public;

create function trail_of_qualification_kind_include() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_qualification_kind_include() from public;

create function trail_of_qualification_kind_name() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_qualification_kind_name() from public;

create function trail_of_relation() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_relation() from public;

create function trail_of_request() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_request() from public;

create function trail_of_risk_reading() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_risk_reading() from public;

create function trail_of_role() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_role() from public;

create function trail_of_role_change() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_role_change() from public;

create function trail_of_scan_event() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_scan_event() from public;

create function trail_of_series() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_series() from public;

create function trail_of_series_pause() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_series_pause() from public;

create function trail_of_series_regular() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_series_regular() from public;

create function trail_of_series_terms() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_series_terms() from public;

create function trail_of_service_card() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_service_card() from public;

create function trail_of_service_kind() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_service_kind() from public;

create function trail_of_service_kind_name() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_service_kind_name() from public;

create function trail_of_service_kind_qualification() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_service_kind_qualification() from public;

create function trail_of_settlement() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_settlement() from public;

create function trail_of_settlement_share() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_settlement_share() from public;

create function trail_of_sign_in_act() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_sign_in_act() from public;

create function trail_of_trained() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_trained() from public;

create function trail_of_visit() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_visit() from public;

create function trail_of_visit_escalation() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_visit_escalation() from public;

create function trail_of_visit_exception() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_visit_exception() from public;

create function trail_of_visit_prompt() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_visit_prompt() from public;

create function trail_of_waiting_act() returns trigger language plpgsql security definer set search_path to 'public', 'pg_temp' set "timezone" to 'UTC' set "datestyle" to 'ISO, MDY' set bytea_output to 'hex' set extra_float_digits to '1' set "intervalstyle" to 'postgres';
revoke execute on trail_of_waiting_act() from public;

create function transaction_offset() returns bigint language sql stable parallel safe;

create function transactions_behind() returns bigint language sql stable;

create function transfer_content(entry transfer) returns bytea language sql stable parallel safe;

create function wall_clocks(zone text, instants timestamptz[]) returns text[] language plpgsql stable;

create function zone_at(of_bank uuid, instant timestamptz) returns text language sql stable;

create function zones_of(of_bank uuid) returns jsonb language sql stable;
