-- Each bank once: row security reads the setting again for every row, so a long one would cost.
create or replace function each_bank(banks uuid[]) returns text
  language plpgsql immutable
  as $$
begin
  if banks[1] = all (banks) then return array[banks[1]]::text; end if;
  return array(select distinct bank from unnest(banks) bank)::text;
end $$;
