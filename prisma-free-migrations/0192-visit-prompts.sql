-- What a visit's people were asked, once each: whether the helper is on the way, where no beginning was scanned; and on the evening before, whether it stands.

create table visit_prompt (
  bank_id uuid not null,
  visit_id uuid not null,
  kind text not null check (kind in ('arrival', 'evening')),
  asked_at timestamptz not null,
  -- Of an arrival: since when the helper says that they are on the way.
  answered_at timestamptz,
  primary key (bank_id, visit_id, kind),
  foreign key (bank_id, visit_id) references visit
);
call isolate_by_bank('visit_prompt');
call keep_trail('visit_prompt', true);
call allow_app('select, insert, update', 'visit_prompt');
