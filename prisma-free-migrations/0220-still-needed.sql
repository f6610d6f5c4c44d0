-- A request that nobody has taken is asked about a day before: when, and when somebody said that it is still needed. Moved to another time it is asked
-- about anew.
alter table request
  add column asked_again_at timestamptz,
  add column still_needed_at timestamptz,
  add check (still_needed_at is null or asked_again_at is not null);
call keep_trail('request', true);
call lay_standing('request');
