-- Codes that change with time: shown on a service point's screen, a client's or a family's phone, or at a group activity.

-- The codes themselves are computed from the id and the time under a key outside the database. A display without a client counts for
-- every visit of its bank.
create table display (
  bank_id uuid not null references bank,
  display_id uuid not null,
  client_id uuid,
  name text not null,
  opened_by uuid not null,
  opened_at timestamptz not null,
  content_hash bytea not null,
  closed_by uuid,
  closed_at timestamptz,
  primary key (bank_id, display_id),
  foreign key (bank_id, client_id) references member
);
create index display_client on display (bank_id, client_id);
call isolate_by_bank('display');
call allow_app('select, insert, update', 'display');

alter table locator drop constraint locator_kind_check,
  add constraint locator_kind_check check (kind in ('bank', 'card_token', 'card_code', 'display', 'screen'));

alter table scan_event
  add column display_id uuid,
  -- The real time that the code was made for, in steps of 30 seconds since 1970.
  add column step bigint,
  add check ((display_id is null) = (step is null));
-- A code counts once for a volunteer.
create unique index scan_event_step on scan_event (bank_id, display_id, step, actor_id) where outcome = 'accepted' and display_id is not null;
