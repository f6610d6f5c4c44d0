-- Whoever posts sees the banks that it is about and no others, and has their accounts, which closing holds: so one look a statement will do.
create or replace function refuse_closed_books() returns trigger
  language plpgsql as $$
begin
  if exists (select from bank b where b.bank_id = any (timebank_banks()) and b.closed_on is not null) then
    raise exception 'a bank of this posting is closed' using errcode = 'TB001';
  end if;
  return null;
end $$;
