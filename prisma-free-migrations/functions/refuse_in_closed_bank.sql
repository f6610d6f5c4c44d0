-- The wall behind the door: a call that had passed the door when the bank was closed writes nothing that somebody would have to see to.
-- Closing holds the bank's row, which this waits for.
create or replace function refuse_in_closed_bank() returns trigger
  language plpgsql as $$
declare
  closed date;
begin
  select b.closed_on into closed from bank b where b.bank_id = new.bank_id for key share;
  if closed is not null then raise exception 'bank % is closed', new.bank_id using errcode = 'TB001'; end if;
  return new;
end $$;
