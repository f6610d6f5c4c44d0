-- The phone that made a scan, and how exactly an offline time is known.

-- A phone's key for one person. The private half never leaves the phone.
create table device (
  person_id uuid not null references person,
  device_id uuid not null,
  public_key bytea not null check (octet_length(public_key) <= 200),
  first_seen_at timestamptz not null,
  primary key (person_id, device_id)
);
call append_only('device');
call allow_app('select, insert', 'device');

alter table scan_event
  -- The phone as it stood at the scan: what its key proved, whether it was new to the person, how many used it that day.
  add column device jsonb,
  -- Offline only: between these two instants of the server the scan was made.
  add column earliest timestamptz,
  add column latest timestamptz,
  add check ((earliest is null) = (latest is null) and earliest <= latest);
create index scan_event_device on scan_event (bank_id, (device ->> 'deviceId'), at) where device is not null;
