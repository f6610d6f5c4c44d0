-- A need that comes back by itself. Its occurrences are ordinary requests, laid some weeks ahead.
create table series (
  bank_id uuid not null,
  series_id uuid not null,
  client_id uuid not null,
  service_kind text not null references service_kind,
  -- By local days of the bank: the last one that was laid, the last one there is (null: without an end), the first one without.
  generated_until date not null,
  -- The day on which that was done: dates are laid every day, and who looks after the service sees when they were not.
  laid_on date not null,
  -- The first day whose minutes the client lacked when a regular was to take it; the desk was told.
  short_from date,
  last_day date,
  ends_on date,
  end_reason text check (end_reason in ('not_needed', 'need_met', 'moved', 'died', 'no_capacity')),
  ended_by uuid,
  created_by uuid not null,
  created_at timestamptz not null,
  content_hash bytea not null,
  version integer not null default 1,
  primary key (bank_id, series_id),
  foreign key (bank_id, client_id) references member (bank_id, member_id),
  check (num_nonnulls(ends_on, end_reason, ended_by) in (0, 3))
);
create index series_client on series (bank_id, client_id);
create index series_kind on series (service_kind);
create index series_laid on series (bank_id, laid_on);

-- What a series asks for from a day on. Of those that have begun on a day the newest decides, so an edit replaces all that follows its day.
create table series_terms (
  bank_id uuid not null,
  series_id uuid not null,
  number integer not null,
  from_day date not null,
  -- The rule is counted from here.
  starts_on date not null,
  rule text not null check (char_length(rule) between 1 and 500),
  start_time text not null check (start_time ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  minutes integer not null check (minutes between 1 and 1440),
  place text,
  note text,
  changed_by uuid not null,
  changed_at timestamptz not null,
  primary key (bank_id, series_id, number),
  foreign key (bank_id, series_id) references series
);

-- Days without: both ends included. One date alone is skipped.
create table series_pause (
  bank_id uuid not null,
  series_id uuid not null,
  from_day date not null,
  to_day date not null check (to_day >= from_day),
  kind text not null check (kind in ('pause', 'skip')),
  asked_by uuid not null,
  asked_at timestamptz not null,
  primary key (bank_id, series_id, kind, from_day, to_day),
  foreign key (bank_id, series_id) references series
);

-- Volunteers who belong to a series. The member may be a guest, whose row is not a member's here.
create table series_regular (
  bank_id uuid not null,
  series_id uuid not null,
  member_id uuid not null,
  added_by uuid not null,
  added_at timestamptz not null,
  primary key (bank_id, series_id, member_id),
  foreign key (bank_id, series_id) references series
);
create index series_regular_member on series_regular (bank_id, member_id);

alter table request
  add column series_id uuid,
  -- The day for which it was laid; null once the series no longer plans it.
  add column planned_date date,
  -- Whose it is to take: a regular's.
  add column reserved_for uuid,
  add foreign key (bank_id, series_id) references series,
  add check (series_id is not null or (planned_date is null and reserved_for is null));
create unique index request_of_series on request (bank_id, series_id, planned_date);
create index request_reserved on request (bank_id, starts_at) where reserved_for is not null and state = 'open';

call isolate_by_bank('series');
call isolate_by_bank('series_terms');
call isolate_by_bank('series_pause');
call isolate_by_bank('series_regular');
call append_only('series_terms');
call append_only('series_pause');
create trigger closed_bank before insert on series for each row execute function refuse_in_closed_bank();
call keep_trail('series', true);
call keep_trail('series_terms', false);
call keep_trail('series_pause', false);
call keep_trail('series_regular', true);
call keep_trail('request', true);
call lay_standing('request');
call allow_app('select, insert, update', 'series');
call allow_app('select, insert', 'series_terms');
call allow_app('select, insert', 'series_pause');
call allow_app('select, insert, delete', 'series_regular');
