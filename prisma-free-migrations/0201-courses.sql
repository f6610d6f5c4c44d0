-- What volunteers learn. A course has sessions and places; who gets one is drawn by lot where more sign up than there are.

create table course (
  bank_id uuid not null references bank,
  course_id uuid not null,
  title text not null check (char_length(title) between 1 and 100),
  note text check (char_length(note) between 1 and 1000),
  place text not null check (char_length(place) between 1 and 200),
  places integer not null check (places between 1 and 500),
  -- What whoever passes is granted, or renewed by a refresher.
  qualification text references qualification_kind,
  is_refresher boolean not null,
  closes_at timestamptz not null,
  -- SHA-256 of the seed that the lots are drawn by: it is known from the beginning, the seed from the draw on.
  seed_hash bytea not null check (length(seed_hash) = 32),
  seed text check (seed ~ '^[0-9a-f]{64}$'),
  drawn_by uuid,
  drawn_at timestamptz,
  closed_by uuid,
  closed_at timestamptz,
  close_hash bytea,
  cancelled_by uuid,
  cancelled_at timestamptz,
  cancel_note text check (char_length(cancel_note) between 1 and 1000),
  created_by uuid not null,
  created_at timestamptz not null,
  content_hash bytea not null,
  primary key (bank_id, course_id),
  check (qualification is not null or not is_refresher),
  check (num_nonnulls(seed, drawn_by, drawn_at) in (0, 3)),
  check (num_nonnulls(closed_by, closed_at, close_hash) in (0, 3)),
  check (num_nonnulls(cancelled_by, cancelled_at, cancel_note) in (0, 3)),
  check (closed_at is null or (drawn_at is not null and cancelled_at is null))
);
create index course_qualification on course (qualification);
create index course_begun on course (bank_id, created_at);

-- What it prepares for.
create table course_service_kind (
  bank_id uuid not null,
  course_id uuid not null,
  service_kind text not null references service_kind,
  primary key (bank_id, course_id, service_kind),
  foreign key (bank_id, course_id) references course
);
create index course_service_kind_kind on course_service_kind (service_kind);

create table course_teacher (
  bank_id uuid not null,
  course_id uuid not null,
  member_id uuid not null,
  primary key (bank_id, course_id, member_id),
  foreign key (bank_id, course_id) references course,
  foreign key (bank_id, member_id) references member
);
create index course_teacher_member on course_teacher (bank_id, member_id);

create table course_session (
  bank_id uuid not null,
  course_id uuid not null,
  session_id uuid not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at and ends_at <= starts_at + interval '1 day'),
  primary key (bank_id, session_id),
  foreign key (bank_id, course_id) references course
);
create index course_session_course on course_session (bank_id, course_id, starts_at);

-- Everybody who signed up, with the ticket that the lot is drawn by.
create table course_place (
  bank_id uuid not null,
  course_id uuid not null,
  member_id uuid not null,
  ticket integer not null check (ticket > 0),
  -- signed_up until the draw, then placed or waiting; withdrawn at any time.
  state text not null check (state in ('signed_up', 'placed', 'waiting', 'withdrawn')),
  -- The order in which those who wait move up.
  turn integer,
  result text check (result in ('passed', 'not_passed')),
  -- Through which day the qualification was granted.
  granted_until date,
  signed_up_by uuid not null,
  signed_up_at timestamptz not null,
  primary key (bank_id, course_id, member_id),
  unique (bank_id, course_id, ticket),
  foreign key (bank_id, course_id) references course,
  foreign key (bank_id, member_id) references member,
  check ((state = 'waiting') = (turn is not null)),
  check (result is null or state = 'placed')
);
create index course_place_member on course_place (bank_id, member_id);

create table course_attendance (
  bank_id uuid not null,
  session_id uuid not null,
  member_id uuid not null,
  course_id uuid not null,
  minutes integer not null check (minutes between 1 and 1440),
  -- By a rotating code, or written down by a coordinator.
  display_id uuid,
  step bigint,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  primary key (bank_id, session_id, member_id),
  foreign key (bank_id, course_id) references course,
  foreign key (bank_id, session_id) references course_session,
  foreign key (bank_id, member_id) references member,
  check ((display_id is null) = (step is null))
);
create index course_attendance_course on course_attendance (bank_id, course_id);
create index course_attendance_member on course_attendance (bank_id, member_id);
-- A code counts once for a person.
create unique index course_attendance_step on course_attendance (bank_id, display_id, step, member_id) where display_id is not null;

-- Which warnings went out that a qualification ends before what somebody has promised: each once.
create table qualification_warning (
  bank_id uuid not null,
  member_id uuid not null,
  code text not null,
  -- The last day that was warned of; the beginning of time where they never had it.
  ends_on date not null,
  days integer not null check (days in (30, 14, 3)),
  warned_at timestamptz not null,
  primary key (bank_id, member_id, code, ends_on, days)
);

call isolate_by_bank('course');
call isolate_by_bank('course_service_kind');
call isolate_by_bank('course_teacher');
call isolate_by_bank('course_session');
call isolate_by_bank('course_place');
call isolate_by_bank('course_attendance');
call isolate_by_bank('qualification_warning');
call append_only('course_service_kind');
call append_only('course_teacher');
call append_only('course_session');
call append_only('course_attendance');
create trigger closed_bank before insert on course for each row execute function refuse_in_closed_bank();
call keep_trail('course', true);
call keep_trail('course_service_kind', false);
call keep_trail('course_teacher', false);
call keep_trail('course_session', false);
call keep_trail('course_place', true);
call keep_trail('course_attendance', false);
call allow_app('select, insert, update', 'course');
call allow_app('select, insert', 'course_service_kind');
call allow_app('select, insert', 'course_teacher');
call allow_app('select, insert', 'course_session');
call allow_app('select, insert, update', 'course_place');
call allow_app('select, insert', 'course_attendance');
call allow_app('select, insert', 'qualification_warning');
