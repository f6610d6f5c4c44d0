-- Where a client's home is, and how far from it a phone was at the two scans. No phone's own position is kept.

-- WGS 84, degrees. The newest revision counts.
create table client_place (
  bank_id uuid not null,
  client_id uuid not null,
  revision integer not null,
  latitude double precision not null check (latitude between -90 and 90),
  longitude double precision not null check (longitude between -180 and 180),
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  primary key (bank_id, client_id, revision),
  foreign key (bank_id, client_id) references member
);
call isolate_by_bank('client_place');
call append_only('client_place');
call allow_app('select, insert', 'client_place');

-- A person's own word that their phone may say where it is at a scan; the newest revision counts.
create table location_consent (
  person_id uuid not null references person,
  revision integer not null,
  granted boolean not null,
  given_at timestamptz not null,
  primary key (person_id, revision)
);
call append_only('location_consent');
call allow_app('select, insert', 'location_consent');

alter table scan_event
  add column distance_meters integer check (distance_meters >= 0),
  add column accuracy_meters integer check (accuracy_meters >= 0),
  add check ((distance_meters is null) = (accuracy_meters is null));
