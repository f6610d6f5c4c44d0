-- A relation that the desk of one bank has recorded opens gifts by the giver's own word, or by a second person of the desk; until now it did by the
-- recording alone. Each of the two may say so: whoever has said it may give.

alter table relation
  add column member_said_at timestamptz,
  add column other_said_at timestamptz;

-- What was recorded before there was anybody to ask stays as it was: it counts as confirmed by whoever recorded it.
alter table relation no force row level security;
update relation set confirmed_by = recorded_by, confirmed_at = recorded_at where other_bank_id is null and confirmed_at is null;
alter table relation force row level security;

call allow_app('update (member_said_at, other_said_at)', 'relation');

-- The bank that has to confirm a relation sees that it was asked; writing needs both.
create policy by_other_bank on relation for select using ((other_bank_id = any ((select timebank_banks())::uuid[])) is true);
create index relation_elsewhere on relation (other_bank_id, other_member_id) where other_bank_id is not null;
create index relation_unconfirmed on relation (bank_id, recorded_at) where confirmed_at is null and ended_at is null;

-- Who a relative at another bank is: to the bank that is asked whether it is so, and once it has said yes to the one that asked.
create function relative_names(bank uuid, relative_of uuid) returns table (member_id uuid, name text)
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
