-- After a restore from a backup the books are older than the checkpoints that were published. Whoever goes on says so, by name and
-- with a reason; the numbers published since the backup are void from then on, and none of them is used again.

create table ledger_restore (
  bank_id uuid not null,
  number integer not null check (number > 0),
  -- Both included.
  void_from integer not null check (void_from > 0),
  void_through integer not null,
  -- The very text that was signed, as with a checkpoint.
  statement text not null,
  signature bytea not null,
  primary key (bank_id, number),
  check (void_from <= void_through)
);
call isolate_by_bank('ledger_restore');
call append_only('ledger_restore');
call allow_app('select', 'ledger_restore');

-- A void checkpoint as it had been published, so that whoever asks for its number is told what it was; null where its file was unsound.
create table void_checkpoint (
  bank_id uuid not null,
  restore_number integer not null,
  number integer not null,
  statement text,
  signature bytea,
  primary key (bank_id, restore_number, number),
  foreign key (bank_id, restore_number) references ledger_restore (bank_id, number)
);
call isolate_by_bank('void_checkpoint');
call append_only('void_checkpoint');
call allow_app('select', 'void_checkpoint');

-- The next checkpoint's number: after the newest, and after every void one.
create function next_checkpoint(bank uuid) returns integer
  language sql stable
  as $$
  select greatest(
    (select c.number from checkpoint c where c.bank_id = bank order by c.number desc limit 1),
    (select max(r.void_through) from ledger_restore r where r.bank_id = bank),
    0) + 1
  $$;
call allow_app_call('next_checkpoint');

-- Writes a restore down, with the checkpoints that it makes void. Answers false when another process was faster; nothing is kept then.
create function add_restore(
  bank uuid, restore_number integer, first_void integer, last_void integer, signed_statement text, its_signature bytea,
  void_statements text[], void_signatures bytea[]
) returns boolean
  language plpgsql security definer
  set search_path = public, pg_temp
  as $$
declare
  before text := see_banks(array[bank]::text);
  added integer := 0;
begin
  if first_void = next_checkpoint(bank) then
    insert into ledger_restore (bank_id, number, void_from, void_through, statement, signature)
      values (bank, restore_number, first_void, last_void, signed_statement, its_signature) on conflict do nothing;
    get diagnostics added = row_count;
  end if;
  if added = 1 then
    insert into void_checkpoint (bank_id, restore_number, number, statement, signature)
      select bank, restore_number, first_void - 1 + place, given.statement, given.signature
        from unnest(void_statements, void_signatures) with ordinality as given (statement, signature, place);
  end if;
  before := see_banks(before);
  return added = 1;
end $$;
call allow_app_call('add_restore');

-- As before, but for the number, which goes on after void ones.
create or replace function add_checkpoint(bank uuid, next_number integer, below xid8, signed_statement text, its_signature bytea) returns boolean
  language plpgsql security definer
  set search_path = public, pg_temp
  as $$
declare
  before text := see_banks(array[bank]::text);
  newest checkpoint;
  added integer := 0;
begin
  if below > pg_snapshot_xmin(pg_current_snapshot()) then raise exception 'transactions that still run are not sealed'; end if;
  select * into newest from checkpoint c where c.bank_id = bank order by c.number desc limit 1;
  if next_number = next_checkpoint(bank) and below > coalesce(newest.below_xid, '0') then
    insert into checkpoint (bank_id, number, below_xid, statement, signature)
      values (bank, next_number, below, signed_statement, its_signature) on conflict do nothing;
    get diagnostics added = row_count;
  end if;
  before := see_banks(before);
  return added = 1;
end $$;
