-- An entry for each row as it stands, for rows that are older than their trail, and after a migration that gave rows another form.
create or replace procedure lay_standing(target regclass)
  language plpgsql
  set timezone = 'UTC' set datestyle = 'ISO, MDY' set bytea_output = 'hex' set extra_float_digits = 1 set intervalstyle = 'postgres'
  as $$
declare
  before text := see_banks((select coalesce(array_agg(bank_id), '{}') from locator where kind = 'bank')::text);
  seed bytea := uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());
  chunk record;
begin
  for chunk in execute format(
    $f$select bank, array_agg(key) as keys, string_agg(trail_hash(substr(salt, 1, 16), state), '') as states, string_agg(substr(salt, 1, 16), '') as salts
         from (select coalesce(%s, '00000000-0000-0000-0000-000000000000') as bank, %s as key, t::text as state,
                      sha256($1 || int8send(row_number() over ())) as salt, (row_number() over () - 1) / 1000 as part
                 from %s t offset 0) r
        group by bank, part order by part$f$,
    trail_bank(target), trail_key(target), target) using seed
  loop
    perform lay_trail(target::text, 'standing', chunk.bank, chunk.keys, chunk.states, null, chunk.salts, null);
  end loop;
  before := see_banks(before);
end $$;
