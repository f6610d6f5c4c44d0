-- What the jobs process does, so that the API can say when it hangs: a line for each round of its work. In real time of this server, since
-- a process that stands still cannot tell the time. It belongs to the city and to no bank.
create table job_round (
  round text primary key check (length(round) between 1 and 60),
  -- A piece of the round was begun.
  begun_at timestamptz not null,
  -- The whole round was gone without a fault, or with at least one.
  done_at timestamptz,
  failed_at timestamptz,
  faults bigint not null default 0 check (faults >= 0)
);
call allow_app('select, insert, update', 'job_round');
