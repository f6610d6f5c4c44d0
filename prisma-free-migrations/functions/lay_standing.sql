-- An entry for each row as it stands, for rows that are older than their trail, and after a migration that gave rows another form.
create or replace procedure lay_standing(target regclass)
  language plpgsql
  set timezone = 'UTC' set datestyle = 'ISO, MDY' set bytea_output = 'hex' set extra_float_digits = 1 set intervalstyle = 'postgres'
  as $$
declare
  before text := see_banks((select coalesce(array_agg(bank_id), '{}') from locator where kind = 'bank')::text);
  chunk record;
begin
  for chunk in execute format(
    'select array_agg(bank) as banks, array_agg(key) as keys, array_agg(state) as states
       from (select %s as bank, %s as key, t::text as state, row_number() over () / 1000 as part from %s t) r group by part order by part',
    trail_bank(target), trail_key(target), target)
  loop
    perform lay_trail(target::text, 'standing', chunk.banks, chunk.keys, chunk.states, null);
  end loop;
  before := see_banks(before);
end $$;
