-- A course is edited by its version: what it is called, where, how many can come, and the times of sessions that have not begun. And what was
-- written down of a session can be taken back before the course is closed.

alter table course add column version integer not null default 1;
call keep_trail('course', true);
call lay_standing('course');

drop trigger append_only on course_session;
call keep_trail('course_session', true);
call allow_app('select, insert, update', 'course_session');

-- Whether somebody's being at a session stands; of several the newest decides, and where there is none it does.
create table course_attendance_change (
  bank_id uuid not null,
  session_id uuid not null,
  member_id uuid not null,
  change_number bigint not null generated always as identity,
  stands boolean not null,
  note text check (char_length(note) between 1 and 1000),
  changed_by uuid not null,
  changed_at timestamptz not null,
  primary key (bank_id, session_id, member_id, change_number),
  foreign key (bank_id, session_id, member_id) references course_attendance,
  check (stands or note is not null)
);
call isolate_by_bank('course_attendance_change');
call append_only('course_attendance_change');
call keep_trail('course_attendance_change', false);
call allow_app('select, insert', 'course_attendance_change');
