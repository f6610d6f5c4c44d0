-- Cards, visits, scans, exceptions, approvals.

-- The token and the typed code are kept as HMACs under a key outside the database, in the locator.
create table service_card (
  bank_id uuid not null,
  card_id uuid not null,
  client_id uuid not null,
  version integer not null,
  issued_by uuid not null,
  issued_at timestamptz not null,
  revoked_by uuid,
  revoked_at timestamptz,
  primary key (bank_id, card_id),
  unique (bank_id, client_id, version),
  foreign key (bank_id, client_id) references member
);
call isolate_by_bank('service_card');

create table visit (
  bank_id uuid not null,
  visit_id uuid not null,
  request_id uuid not null,
  client_id uuid not null,
  volunteer_id uuid not null,
  service_kind text not null references service_kind,
  planned_start timestamptz not null,
  planned_end timestamptz not null,
  planned_minutes integer not null check (planned_minutes > 0),
  hold_id uuid not null,
  state text not null check (state in
    ('planned', 'in_progress', 'ended', 'ready', 'needs_ack', 'needs_fix', 'approved', 'rejected', 'cancelled', 'no_show')),
  lane text check (lane in ('clean', 'yellow', 'red')),
  class text not null check (class in ('verified', 'manual')),
  assurance text check (assurance in ('A0', 'A1', 'A2', 'A3')),
  captured_in timestamptz,
  captured_out timestamptz,
  credited_start timestamptz,
  credited_end timestamptz,
  credited_minutes integer check (credited_minutes >= 0),
  -- Times typed in by hand: they stand in credited_start and credited_end; what was captured stays.
  entered_by uuid,
  entered_at timestamptz,
  entered_hash bytea,
  manual_reason_code text,
  manual_note text,
  planned_by uuid not null,
  cancelled_by uuid,
  cancelled_at timestamptz,
  cancel_note text,
  approval_id uuid,
  decided_by uuid,
  decided_at timestamptz,
  decision_reason_code text,
  transfer_id uuid,
  content_hash bytea not null,
  version integer not null default 1,
  created_at timestamptz not null,
  primary key (bank_id, visit_id),
  foreign key (bank_id, request_id) references request,
  foreign key (bank_id, client_id) references member,
  foreign key (bank_id, volunteer_id) references member,
  check (credited_end is null or credited_end >= credited_start),
  check (captured_out is null or captured_in is null or captured_out >= captured_in)
);
-- A request has one live visit at a time.
create unique index visit_live on visit (bank_id, request_id) where state not in ('cancelled', 'no_show', 'rejected');
create index visit_request on visit (bank_id, request_id);
create index visit_client on visit (bank_id, client_id, planned_start);
create index visit_volunteer on visit (bank_id, volunteer_id, planned_start);
create index visit_kind on visit (service_kind);
create index visit_waiting on visit (bank_id, state, planned_start) where state in ('ready', 'needs_ack', 'needs_fix');
create index visit_by_start on visit (bank_id, planned_start, visit_id);
call isolate_by_bank('visit');

-- Every attempt is kept: accepted, duplicate or refused with its code. `answer` holds no names, so that a person can be forgotten.
create table scan_event (
  bank_id uuid not null,
  event_id uuid not null,
  visit_id uuid not null,
  kind text not null check (kind in ('in', 'out')),
  outcome text not null check (outcome in ('accepted', 'duplicate', 'refused')),
  code text,
  at timestamptz not null,
  received_at timestamptz not null,
  client_time timestamptz,
  via text check (via in ('card', 'typed', 'rotating')),
  card_id uuid,
  actor_id uuid not null,
  content_hash bytea not null,
  answer jsonb not null,
  primary key (bank_id, event_id),
  foreign key (bank_id, visit_id) references visit
);
create unique index scan_event_once on scan_event (bank_id, visit_id, kind) where outcome = 'accepted';
create index scan_event_visit on scan_event (bank_id, visit_id, received_at);
call isolate_by_bank('scan_event');
call append_only('scan_event');

create table visit_exception (
  bank_id uuid not null,
  visit_id uuid not null,
  code text not null,
  lane text not null check (lane in ('red', 'yellow', 'info')),
  parameters jsonb not null default '{}',
  raised_at timestamptz not null,
  acknowledged_by uuid,
  acknowledged_at timestamptz,
  primary key (bank_id, visit_id, code),
  foreign key (bank_id, visit_id) references visit
);
call isolate_by_bank('visit_exception');

create table approval (
  bank_id uuid not null,
  approval_id uuid not null,
  actor_id uuid not null,
  decision text not null check (decision in ('approve', 'reject')),
  reason_code text,
  note text,
  content_hash bytea not null,
  results jsonb not null,
  decided_at timestamptz not null,
  primary key (bank_id, approval_id)
);
call isolate_by_bank('approval');
call append_only('approval');

call allow_app('select, insert, update', 'service_card');
call allow_app('select, insert, update', 'visit');
call allow_app('select, insert', 'scan_event');
call allow_app('select, insert, update, delete', 'visit_exception');
call allow_app('select, insert', 'approval');
