-- From now on the table's changes are written down: with each field before and after, or only as states. A secret field is named and not told.
-- An insert leaves a state: what the row began with it still says itself, or the fields before its later changes do. Rows whose column
-- `stands_for` is set by the statement are told by the row that it names. To be called again when a column comes or goes.
create or replace procedure keep_trail(target regclass, with_values boolean, secrets text[] default '{}', stands_for text default null)
  language plpgsql as $$
declare
  fields text;
  bank text := format('coalesce(%s, ''00000000-0000-0000-0000-000000000000'')', replace(trail_bank(target), 'bank_id', '(n.whole).bank_id'));
  key text := (select string_agg(regexp_replace(part, '^(encode\(sha256\()?', '\1(n.whole).'), ' || '' '' || ' order by place)
                 from unnest(string_to_array(trail_key(target), ' || '' '' || ')) with ordinality p (part, place));
  told text := 'null::jsonb';
  told_before text := 'null::jsonb';
  -- Of rows that are told, a salt and a hash of the change each.
  told_each text := 'null::bytea';
  salts_each text := $f$string_agg(substr(salt, 1, 16), '')$f$;
  changes_each text := 'null::jsonb';
begin
  if with_values then
    -- Compared as they are stored, and only what differs is written out.
    select string_agg(format('case when record_image_ne(row((o.whole).%1$I), row((n.whole).%1$I)) then %2$L || (%3$s)::text end',
                             attname, to_json(attname::text)::text || ': ',
                             case when attname = any (secrets) then $f$'[null, "changed"]'$f$
                                  else format('jsonb_build_array((o.whole).%1$I, (n.whole).%1$I)', attname) end), ', ' order by attnum)
      into fields from pg_attribute where attrelid = target and attnum > 0 and not attisdropped and attgenerated = '';
    told := format($f$('{' || nullif(concat_ws(', ', %s), '') || '}')::jsonb$f$, fields);
    if stands_for is not null then
      told := format('case when (n.whole).%1$I is distinct from (o.whole).%1$I then null else %2$s end', stands_for, told);
    end if;
    told_before := format('(select jsonb_object_agg(key, jsonb_build_array(value, null)) from jsonb_each(jsonb_strip_nulls(to_jsonb(n.whole) - %L::text[])))',
      secrets);
    told_each := $f$case when count(change) > 0 then string_agg(sha256(substr(salt, 17) || convert_to(coalesce(change::text, 'null'), 'UTF8')), '') end$f$;
    salts_each := $f$case when count(change) > 0 then string_agg(salt, '') else string_agg(substr(salt, 1, 16), '') end$f$;
    changes_each := $f$case when count(change) > 0 then jsonb_agg(change) end$f$;
  end if;
  -- An entry holds up to a thousand rows.
  execute format($f$
    create or replace function %1$I() returns trigger
      language plpgsql security definer
      set search_path = public, pg_temp set timezone = 'UTC' set datestyle = 'ISO, MDY' set bytea_output = 'hex' set extra_float_digits = 1
      set intervalstyle = 'postgres'
      as $body$
    declare
      -- Each row's salts come from it; it is kept nowhere, and each of them is erased by itself.
      seed bytea := uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());
    begin
      if tg_op = 'INSERT' then
        perform lay_trail(%2$L, 'insert', bank, keys, states, null, salts, null) from (
          select bank, array_agg(key) as keys, string_agg(trail_hash(substr(salt, 1, 16), state), '') as states, string_agg(substr(salt, 1, 16), '') as salts
            from (select %3$s as bank, %4$s as key, n.whole::text as state, sha256(seed || int8send(n.place)) as salt, (n.place - 1) / 1000 as part
                    from (select row_number() over () as place, r as whole from new_rows r) n offset 0) given
           group by bank, part) entry;
      elsif tg_op = 'DELETE' then
        perform lay_trail(%2$L, 'delete', bank, keys, states, told, salts, changes) from (
          select bank, array_agg(key) as keys, string_agg(decode(repeat('00', 32), 'hex'), '') as states, %7$s as told, %8$s as salts, %9$s as changes
            from (select %3$s as bank, %4$s as key, %5$s as change, sha256(seed || int8send(n.place)) as salt, (n.place - 1) / 1000 as part
                    from (select row_number() over () as place, r as whole from old_rows r) n offset 0) given
           group by bank, part) entry;
      else
        perform lay_trail(%2$L, 'update', bank, keys, states, told, salts, changes) from (
          select bank, array_agg(key) as keys, string_agg(trail_hash(substr(salt, 1, 16), state), '') as states, %7$s as told, %8$s as salts, %9$s as changes
            from (select %3$s as bank, %4$s as key, n.whole::text as state, %6$s as change, sha256(seed || int8send(n.place)) as salt,
                         (n.place - 1) / 1000 as part
                    from (select row_number() over () as place, r as whole from new_rows r) n
                    join (select row_number() over () as place, r as whole from old_rows r) o on o.place = n.place
                   where n.whole *<> o.whole offset 0) given
           group by bank, part) entry;
      end if;
      return null;
    end $body$ $f$,
    'trail_of_' || target::text, target::text, bank, key, told_before, told, told_each, salts_each, changes_each);
  execute format('revoke all on function %I() from public', 'trail_of_' || target::text);
  execute format('create or replace trigger trail_of_inserts after insert on %s referencing new table as new_rows for each statement execute function %I()',
    target, 'trail_of_' || target::text);
  execute format('create or replace trigger trail_of_updates after update on %s referencing old table as old_rows new table as new_rows '
    'for each statement execute function %I()',
    target, 'trail_of_' || target::text);
  execute format('create or replace trigger trail_of_deletes after delete on %s referencing old table as old_rows for each statement execute function %I()',
    target, 'trail_of_' || target::text);
end $$;
