-- From now on the table's changes are written down: with each field before and after, or only as states. A secret field is named and not told.
-- An insert leaves a state: what the row began with it still says itself, or the fields before its later changes do. Rows whose column
-- `stands_for` is set by the statement are told by the row that it names. To be called again when a column comes or goes.
create or replace procedure keep_trail(target regclass, with_values boolean, secrets text[] default '{}', stands_for text default null)
  language plpgsql as $$
declare
  fields text;
  key text := trail_key(target);
  bank text := trail_bank(target);
  told text := 'null::jsonb';
  told_before text := 'null::jsonb';
begin
  if with_values then
    select string_agg(format(case when attname = any (secrets) then '(%1$L, null, case when o.%2$I is distinct from n.%2$I then ''"changed"''::jsonb end)'
                                  else '(%1$L, to_jsonb(o.%2$I), to_jsonb(n.%2$I))' end, attname, attname), ', ' order by attnum)
      into fields from pg_attribute where attrelid = target and attnum > 0 and not attisdropped and attgenerated = '';
    told := format('(select jsonb_object_agg(f, jsonb_build_array(b, a)) from (values %s) c (f, b, a) where b is distinct from a)', fields);
    if stands_for is not null then
      told := format('case when n.%1$I is distinct from o.%1$I then null else %2$s end', stands_for, told);
    end if;
    told_before := format('(select jsonb_object_agg(key, jsonb_build_array(value, null)) from jsonb_each(jsonb_strip_nulls(to_jsonb(n) - %L::text[])))',
      secrets);
  end if;
  execute format($f$
    create or replace function %1$I() returns trigger
      language plpgsql security definer
      set search_path = public, pg_temp set timezone = 'UTC' set datestyle = 'ISO, MDY' set bytea_output = 'hex' set extra_float_digits = 1
      set intervalstyle = 'postgres'
      as $body$
    begin
      if tg_op = 'INSERT' then
        perform lay_trail(%2$L, 'insert', array_agg(%3$s), array_agg(%4$s), array_agg(n::text), array_agg(null::jsonb)) from new_rows n;
      elsif tg_op = 'DELETE' then
        perform lay_trail(%2$L, 'delete', array_agg(%3$s), array_agg(%4$s), array_agg(null::text), array_agg(%5$s)) from old_rows n;
      else
        perform lay_trail(%2$L, 'update', array_agg(bank), array_agg(key), array_agg(state), array_agg(change)) from (
          select %3$s as bank, %4$s as key, n.row_state as state, %6$s as change
            from (select row_number() over () as row_place, r::text as row_state, r.* from new_rows r) n
            join (select row_number() over () as row_place, r::text as row_state, r.* from old_rows r) o on o.row_place = n.row_place
           where n.row_state <> o.row_state) moved;
      end if;
      return null;
    end $body$ $f$,
    'trail_of_' || target::text, target::text, replace(bank, 'bank_id', 'n.bank_id'),
    (select string_agg(regexp_replace(part, '^(encode\(sha256\()?', '\1n.'), ' || '' '' || ' order by place)
       from unnest(string_to_array(key, ' || '' '' || ')) with ordinality p (part, place)),
    told_before, told);
  execute format('revoke all on function %I() from public', 'trail_of_' || target::text);
  execute format('create or replace trigger trail_of_inserts after insert on %s referencing new table as new_rows for each statement execute function %I()',
    target, 'trail_of_' || target::text);
  execute format('create or replace trigger trail_of_updates after update on %s referencing old table as old_rows new table as new_rows '
    'for each statement execute function %I()',
    target, 'trail_of_' || target::text);
  execute format('create or replace trigger trail_of_deletes after delete on %s referencing old table as old_rows for each statement execute function %I()',
    target, 'trail_of_' || target::text);
end $$;
