-- By what a row of a table is known in the trail, as SQL: its key without the bank, hashes hashed once more.
create or replace function trail_key(target regclass) returns text
  language sql stable
  as $$
  select string_agg(case a.atttypid when 'bytea'::regtype then format('encode(sha256(%I), ''hex'')', a.attname) else format('%I::text', a.attname) end,
                    ' || '' '' || ' order by place)
    from (select indkey from pg_index where indrelid = target and indisunique order by indisprimary desc limit 1) i,
         unnest(i.indkey::int2[]) with ordinality k (attnum, place)
    join pg_attribute a on a.attrelid = target and a.attnum = k.attnum
   where a.attname <> 'bank_id' or cardinality(i.indkey::int2[]) = 1
  $$;
