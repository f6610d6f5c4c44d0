-- Who a relative at another bank is: to the bank that is asked whether it is so, and once it has said yes to the one that asked.
create or replace function relative_names(bank uuid, relative_of uuid) returns table (member_id uuid, name text)
  language plpgsql security definer
  set search_path = public, pg_temp
  as $$
#variable_conflict use_column
declare
  banks uuid[];
  relatives uuid[];
  before text;
begin
  select array_agg(case when r.bank_id = bank then r.other_bank_id else r.bank_id end),
         array_agg(case when r.bank_id = bank then r.other_member_id else r.member_id end)
    into banks, relatives from relation r
   where r.ended_at is null
     and ((r.bank_id = bank and r.member_id = relative_of and r.other_bank_id is not null and r.confirmed_at is not null)
       or (r.other_bank_id = bank and r.other_member_id = relative_of));
  if banks is null then return; end if;
  before := see_banks(banks::text);
  return query select m.member_id, m.name from member m join unnest(banks, relatives) as asked (bank_id, member_id) using (bank_id, member_id);
  before := see_banks(before);
end $$;
call allow_app_call('relative_names');
