-- One request put to one volunteer. An answer is one tap; whoever says yes when somebody else has it already stands by.
create table offer (
  bank_id uuid not null,
  offer_id uuid not null,
  request_id uuid not null,
  volunteer_id uuid not null,
  service_kind text not null references service_kind,
  state text not null check (state in ('open', 'accepted', 'standby', 'declined', 'expired', 'withdrawn')),
  -- Which round it went out in, and by whom if a coordinator asked. Neither: the volunteer put themselves on standby.
  round integer check (round > 0),
  offered_by uuid,
  offered_at timestamptz not null,
  -- Until when it can be answered; standby has no end of its own.
  answer_by timestamptz not null,
  answered_at timestamptz,
  reason_code text,
  -- The visit that a yes led to.
  visit_id uuid,
  primary key (bank_id, offer_id),
  foreign key (bank_id, request_id) references request,
  check (round is null or offered_by is null),
  check ((visit_id is not null) = (state = 'accepted'))
);
-- Nobody is asked twice at once.
create unique index offer_live on offer (bank_id, request_id, volunteer_id) where state in ('open', 'standby');
create index offer_request on offer (bank_id, request_id, offered_at);
create index offer_volunteer on offer (bank_id, volunteer_id, offered_at);
create index offer_kind on offer (service_kind);
-- How many offers somebody had of late, and what they said to them, is read without the table.
create index offer_recent on offer (bank_id, offered_at) include (volunteer_id, service_kind, state);
create index offer_due on offer (bank_id, answer_by) where state = 'open';

-- How far the asking has come: which round is out, and until when. After the last it is the desk's.
create table offer_round (
  bank_id uuid not null,
  request_id uuid not null,
  round integer not null check (round > 0),
  is_last boolean not null,
  until timestamptz not null,
  primary key (bank_id, request_id),
  foreign key (bank_id, request_id) references request
);
create index offer_round_due on offer_round (bank_id, until) where not is_last;

call isolate_by_bank('offer');
call isolate_by_bank('offer_round');
call keep_trail('offer', true);
call keep_trail('offer_round', true);
call allow_app('select, insert, update', 'offer');
call allow_app('select, insert, update', 'offer_round');

-- Few are barred, and few ever stayed away: ranking a hundred thousand looks only at them.
create index person_disabled on person (person_id) where disabled_at is not null;
create index visit_no_show on visit (bank_id, volunteer_id) where state = 'no_show';
