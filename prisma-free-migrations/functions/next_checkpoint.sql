-- The next checkpoint's number: after the newest, and after every void one.
create or replace function next_checkpoint(bank uuid) returns integer
  language sql stable
  as $$
  select greatest(
    (select c.number from checkpoint c where c.bank_id = bank order by c.number desc limit 1),
    (select max(r.void_through) from ledger_restore r where r.bank_id = bank),
    0) + 1
  $$;
call allow_app_call('next_checkpoint');
