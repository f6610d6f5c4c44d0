-- The bank that a row of a table is of, as SQL: null where the table is the city's.
create or replace function trail_bank(target regclass) returns text
  language sql stable
  as $$
  select case when exists (select from pg_attribute where attrelid = target and attname = 'bank_id' and not attisdropped)
              then 'bank_id' else 'null::uuid' end
  $$;
