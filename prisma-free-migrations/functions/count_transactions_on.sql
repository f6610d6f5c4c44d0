-- Counts on from what is stored; for the owner, while nobody writes. Answers how many numbers were passed over, null when none had to be.
create or replace function count_transactions_on() returns bigint
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
