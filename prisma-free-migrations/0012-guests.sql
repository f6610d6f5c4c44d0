-- Volunteers of one bank who help in another, and what the banks allow each other to run up.

-- A member of another bank who may help here. Name and number are what they showed at the door, kept here so that this bank
-- reads its own rows only; the account is the one at home.
create table guest (
  bank_id uuid not null references bank,
  member_id uuid not null,
  home_bank_id uuid not null,
  person_id uuid not null references person,
  account_id uuid not null,
  member_number text not null,
  name text not null,
  state text not null check (state in ('asked', 'confirmed', 'ended')),
  asked_at timestamptz not null,
  confirmed_by uuid,
  confirmed_at timestamptz,
  ended_by uuid,
  ended_at timestamptz,
  version integer not null default 1,
  primary key (bank_id, member_id),
  check (bank_id <> home_bank_id),
  check (state <> 'confirmed' or confirmed_at is not null),
  check (state <> 'ended' or ended_at is not null)
);
create index guest_person on guest (person_id);
call isolate_by_bank('guest');
call allow_app('select, insert, update', 'guest');

-- Who may help in a bank: its members, and its guests of any time. Neither is ever removed.
create view helper with (security_invoker = true) as
  select bank_id, member_id, person_id, account_id, name, null::uuid as home_bank_id from member
  union all
  select bank_id, member_id, person_id, account_id, name, home_bank_id from guest;
call allow_app('select', 'helper');

-- Null at home; of a guest's role, the bank they come from.
alter table role add column home_bank_id uuid;

-- A volunteer is somebody of `helper`, which no foreign key can name: the row is locked when a visit is planned.
alter table visit
  drop constraint visit_bank_id_volunteer_id_fkey,
  add column volunteer_home_bank_id uuid;

-- A relative may be a member of another bank.
alter table relation
  drop constraint relation_bank_id_other_member_id_fkey,
  add column other_bank_id uuid;

-- What a bank lets another run up, as laid down; the newest row counts, and the floor of the clearing account follows it.
create table credit_line (
  bank_id uuid not null references bank,
  other_bank_id uuid not null,
  revision integer not null,
  credit_line_minutes integer not null check (credit_line_minutes >= 0),
  set_by uuid not null,
  set_at timestamptz not null,
  primary key (bank_id, other_bank_id, revision),
  check (bank_id <> other_bank_id)
);
call isolate_by_bank('credit_line');
call append_only('credit_line');
call allow_app('select, insert', 'credit_line');

-- A bank's clearing accounts among its members'.
create index account_clearing on account (bank_id, account_id) where kind = 'clearing';

-- Names of banks are no secret between banks: a statement says which one stands on the other side.
create function bank_names(banks uuid[]) returns table (bank_id uuid, name text)
  language plpgsql security definer
  set search_path = public, pg_temp
  as $$
declare
  before text := see_banks(banks::text);
begin
  return query select b.bank_id, b.name from bank b where b.bank_id = any (banks);
  before := see_banks(before);
end $$;
call allow_app_call('bank_names');
