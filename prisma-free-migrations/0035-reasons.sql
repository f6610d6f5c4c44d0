-- Who moved minutes or roles by hand, and why. What came without a reason is kept without one, and counted.

create table hand_transfer (
  bank_id uuid not null,
  transfer_id uuid not null,
  kind text not null check (kind in ('grant', 'gift', 'donation', 'reversal')),
  -- Where the minutes went, so that what one account was given in a day can be added up.
  account_id uuid not null,
  minutes integer not null check (minutes > 0),
  reason_code text,
  note text,
  done_by uuid not null,
  -- Who had asked for it, where two were needed.
  first_by uuid,
  done_at timestamptz not null,
  primary key (bank_id, transfer_id),
  foreign key (bank_id, transfer_id) references transfer
);
create index hand_transfer_account on hand_transfer (bank_id, account_id, done_at);
create index hand_transfer_day on hand_transfer (bank_id, done_at);
call isolate_by_bank('hand_transfer');
-- A note may have to be erased with the person that it names; nothing else of it changes.
call allow_app('select, insert, update (note)', 'hand_transfer');

-- Beside role, which says only what is now; without a bank for a role in the whole city.
create table role_change (
  change_id uuid primary key,
  bank_id uuid,
  person_id uuid not null references person,
  role text not null,
  change text not null check (change in ('given', 'taken')),
  reason_code text,
  note text,
  changed_by uuid not null,
  first_by uuid,
  changed_at timestamptz not null
);
create index role_change_person on role_change (person_id);
create index role_change_bank on role_change (bank_id, changed_at);
call allow_app('select, insert, update (note)', 'role_change');
