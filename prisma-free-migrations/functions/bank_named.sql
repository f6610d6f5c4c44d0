-- Whether another time bank of the city is called the same, in whatever spelling; the one asked for is left out. A name is no secret between banks.
create or replace function bank_named(wanted text, besides uuid) returns uuid
  language plpgsql security definer
  set search_path = public, pg_temp
  as $$
declare
  every_bank uuid[];
  same uuid;
  before text;
begin
  select array_agg(distinct l.bank_id) into every_bank from locator l where l.kind = 'bank';
  before := see_banks(every_bank::text);
  select b.bank_id into same from bank b where folded_name(b.name) = folded_name(wanted) and b.bank_id <> besides order by b.bank_number limit 1;
  before := see_banks(before);
  return same;
end $$;
call allow_app_call('bank_named');
