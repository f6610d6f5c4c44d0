-- A ledger's rows carry the number of their transaction, and a checkpoint seals what lies below a number. The server counts transactions for
-- all its databases and begins anew in a fresh one, so a dump that was restored there would count from before what it holds. The ledger
-- therefore counts by numbers of its own: the server's, and what has to be added to them here.

-- What this installation has been through, one row for each event, none ever changed: by whom it was said, why and when (in real time).
create table installation_mark (
  mark_id bigint generated always as identity primary key,
  name text not null,
  value text not null,
  said_by text,
  reason text,
  marked_at timestamptz not null default clock_timestamp()
);
create index installation_mark_name on installation_mark (name, mark_id);
call append_only('installation_mark');
call allow_app('select', 'installation_mark');

-- Its body is what changes, so that it costs nothing where transactions are numbered; a dump carries it along.
create function transaction_offset() returns bigint language sql stable parallel safe as 'select 0::bigint';

create function ledger_xid() returns xid8
  language sql volatile
  as $$ select (pg_current_xact_id()::text::bigint + transaction_offset())::text::xid8 $$;

-- Below every transaction that still runs.
create function ledger_horizon() returns xid8
  language sql stable
  as $$ select (pg_snapshot_xmin(pg_current_snapshot())::text::bigint + transaction_offset())::text::xid8 $$;

alter table transfer alter column recorded_xid set default ledger_xid();
alter table hold alter column recorded_xid set default ledger_xid();
alter table hold_end alter column recorded_xid set default ledger_xid();
alter table refusal alter column recorded_xid set default ledger_xid();
alter table account_history alter column recorded_xid set default ledger_xid();

-- The functions that write and seal, word for word but for where the number comes from.
do $$
declare
  changed regproc;
begin
  foreach changed in array array['post_many', 'post_plain', 'add_checkpoint']::regproc[] loop
    execute replace(replace(pg_get_functiondef(changed),
      'pg_current_xact_id()', 'ledger_xid()'), 'pg_snapshot_xmin(pg_current_snapshot())', 'ledger_horizon()');
  end loop;
end $$;

-- By how many numbers what is stored lies ahead of what would be given next, of the banks in sight; null while it does not.
create function transactions_behind() returns bigint
  language sql stable
  as $$
  select nullif(greatest(stored.newest::text::bigint + 1 - (pg_snapshot_xmax(pg_current_snapshot())::text::bigint + transaction_offset()), 0), 0)
    from (select greatest(
      (select max(recorded_xid) from transfer), (select max(recorded_xid) from hold), (select max(recorded_xid) from hold_end),
      (select max(recorded_xid) from refusal), (select max(recorded_xid) from account_history),
      (select c.below_xid from checkpoint c order by c.below_xid desc limit 1)) as newest) stored
   where cardinality(timebank_banks()) > 0
  $$;
create index checkpoint_by_transaction on checkpoint (below_xid);

-- Counts on from what is stored; for the owner, while nobody writes. Answers how many numbers were passed over, null when none had to be.
create function count_transactions_on() returns bigint
  language plpgsql
  as $$
declare
  before text := see_banks((select coalesce(array_agg(bank_id), '{}') from locator where kind = 'bank')::text);
  behind bigint := transactions_behind();
begin
  if behind is not null then
    lock table account in access exclusive mode;
    execute format('create or replace function transaction_offset() returns bigint language sql stable parallel safe as %L',
      format('select %s::bigint', transaction_offset() + behind));
    insert into installation_mark (name, value, said_by, reason)
      values ('transactions counted on', behind::text, current_user, 'this server counts its transactions from before what is stored');
  end if;
  before := see_banks(before);
  return behind;
end $$;
