-- When and how a member would help, in their own words: minutes since Monday 0:00 by the bank's clock, days on which they do not, languages, kinds of
-- service that they like, and the most they wish for in a week. A client may say here which languages they speak.
create table availability (
  bank_id uuid not null,
  member_id uuid not null,
  weekly int4multirange not null check (weekly <@ '{[0,10080)}'::int4multirange),
  pauses datemultirange not null,
  languages text[] not null,
  kinds text[] not null,
  week_minutes integer check (week_minutes >= 0),
  primary key (bank_id, member_id),
  foreign key (bank_id, member_id) references member
);
call isolate_by_bank('availability');
call keep_trail('availability', true);
call allow_app('select, insert, update', 'availability');
