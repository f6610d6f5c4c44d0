-- A sign-in can be named without its token, shows when and on what it was used last, and ends when it lies idle. Real time.
alter table session
  add column session_id uuid not null default gen_random_uuid() unique,
  add column last_used_at timestamptz not null default clock_timestamp(),
  add column user_agent text check (length(user_agent) <= 300);

call allow_app('update', 'session');
