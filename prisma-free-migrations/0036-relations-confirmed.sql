-- A relation to a member of another bank counts for gifts once that bank has confirmed it; and a relation may end.

alter table relation
  add column confirmed_by uuid,
  add column confirmed_at timestamptz,
  add column ended_on date,
  add column ended_by uuid,
  add column ended_at timestamptz,
  add constraint relation_confirmed check ((confirmed_by is null) = (confirmed_at is null)),
  add constraint relation_ended check ((ended_on is null) = (ended_at is null));

-- What was recorded before there was anybody to ask stays as it was.
alter table relation no force row level security;
update relation set confirmed_by = recorded_by, confirmed_at = recorded_at where other_bank_id is not null;
alter table relation force row level security;

call allow_app('update (kind, recorded_by, recorded_at, confirmed_by, confirmed_at, ended_on, ended_by, ended_at)', 'relation');
