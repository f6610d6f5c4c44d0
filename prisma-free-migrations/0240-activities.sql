-- Events of a bank with places: those who help earn, those who take part do not.

create table activity (
  bank_id uuid not null references bank,
  activity_id uuid not null,
  name text not null check (char_length(name) between 1 and 100),
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at and ends_at <= starts_at + interval '1 day'),
  place text check (char_length(place) between 1 and 200),
  participant_places integer not null check (participant_places between 0 and 5000),
  helper_places integer not null check (helper_places between 0 and 500),
  note text check (char_length(note) between 1 and 1000),
  version integer not null default 1,
  -- When the desk was told that helpers are lacking: once for a date.
  short_told_at timestamptz,
  closed_by uuid,
  closed_at timestamptz,
  cancelled_by uuid,
  cancelled_at timestamptz,
  cancel_note text check (char_length(cancel_note) between 1 and 1000),
  created_by uuid not null,
  created_at timestamptz not null,
  content_hash bytea not null,
  primary key (bank_id, activity_id),
  check (num_nonnulls(closed_by, closed_at) in (0, 2)),
  check (num_nonnulls(cancelled_by, cancelled_at, cancel_note) in (0, 3)),
  check (closed_at is null or cancelled_at is null)
);
create index activity_ends on activity (bank_id, ends_at);

-- Everybody who signed up.
create table activity_place (
  bank_id uuid not null,
  activity_id uuid not null,
  member_id uuid not null,
  part text not null check (part in ('helper', 'participant')),
  state text not null check (state in ('placed', 'waiting', 'withdrawn')),
  -- The order in which those who wait move up.
  turn integer,
  -- What a helper was given when it was closed.
  minutes integer check (minutes between 0 and 1440),
  signed_up_by uuid not null,
  signed_up_at timestamptz not null,
  primary key (bank_id, activity_id, member_id),
  foreign key (bank_id, activity_id) references activity,
  foreign key (bank_id, member_id) references member,
  check ((state = 'waiting') = (turn is not null)),
  check (minutes is null or (state = 'placed' and part = 'helper'))
);
create index activity_place_member on activity_place (bank_id, member_id);

create table activity_attendance (
  bank_id uuid not null,
  activity_id uuid not null,
  member_id uuid not null,
  -- By a rotating code, or written down by a coordinator.
  display_id uuid,
  step bigint,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  primary key (bank_id, activity_id, member_id),
  foreign key (bank_id, activity_id) references activity,
  foreign key (bank_id, member_id) references member,
  check ((display_id is null) = (step is null))
);
create index activity_attendance_member on activity_attendance (bank_id, member_id);
-- A code counts once for a person.
create unique index activity_attendance_step on activity_attendance (bank_id, display_id, step, member_id) where display_id is not null;

call isolate_by_bank('activity');
call isolate_by_bank('activity_place');
call isolate_by_bank('activity_attendance');
call append_only('activity_attendance');
create trigger closed_bank before insert on activity for each row execute function refuse_in_closed_bank();
call keep_trail('activity', true);
call keep_trail('activity_place', true);
call keep_trail('activity_attendance', false);
call allow_app('select, insert, update', 'activity');
call allow_app('select, insert, update', 'activity_place');
call allow_app('select, insert', 'activity_attendance');
