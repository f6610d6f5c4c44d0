-- When a row of the ledger counts as recorded: as it says, or at the repair that came after it where it says something later than that.
create or replace function recorded_in_truth(bank uuid, recorded timestamptz, xid xid8) returns timestamptz
  language sql stable parallel safe
  as $$
  select least(recorded, (select min(r.repaired_at) from ledger_clock_repair r where r.bank_id = bank and r.recorded_xid > xid))
  $$;
