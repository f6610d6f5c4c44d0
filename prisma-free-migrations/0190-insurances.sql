-- A bank's insurance of its volunteers (Charity Law 2023, article 69): who insures, under which number, from which day through which. Corrected and
-- ended, never deleted; the trail keeps what stood there before.

create table insurance (
  bank_id uuid not null references bank,
  insurance_id uuid not null,
  insurer text not null check (char_length(insurer) between 1 and 100),
  number text not null check (char_length(number) between 1 and 60),
  valid_from date not null,
  valid_until date not null check (valid_until >= valid_from),
  -- Null: every kind of service.
  kinds text[] check (cardinality(kinds) between 1 and 200),
  -- The last day that counts, where it ends before its time; the day before the first where it never counted.
  ended_on date check (ended_on >= valid_from - 1 and ended_on < valid_until),
  end_note text check (char_length(end_note) between 1 and 1000),
  version integer not null default 1,
  primary key (bank_id, insurance_id),
  unique (bank_id, insurer, number, valid_from),
  check ((ended_on is null) = (end_note is null))
);
call isolate_by_bank('insurance');
call keep_trail('insurance', true);
call allow_app('select, insert, update', 'insurance');
