-- The audit trail: each change of what is no ledger, written down by the database in the transaction that makes it, never to be changed.

create sequence audit_trail_number;

-- What one statement did to one table in one bank, a thousand rows at most. What is the city's stands under a bank of zeros, which is none.
-- Sealed with the ledger's checkpoints. It holds ids and hashes; what can be read of people stands in audit_value and can be erased there.
create table audit_trail (
  bank_id uuid not null,
  number bigint not null,
  recorded_xid xid8 not null default ledger_xid(),
  -- By the product's clock where a unit of work wrote, else by the server's.
  happened_at timestamptz not null,
  actor_id uuid,
  role text,
  for_id uuid,
  session_id uuid,
  -- The route, round or command. Without it and without an actor somebody wrote by hand.
  work text,
  reason_code text,
  table_name text not null,
  act text not null check (act in ('standing', 'insert', 'update', 'delete', 'erase')),
  row_keys text[] not null,
  -- Of each row 32 bytes: the salted hash of how it stood afterwards, zeros where it is gone.
  states bytea not null,
  -- Of each row 32 bytes: the salted hash of its fields before and after; null where only states are kept.
  told bytea,
  primary key (bank_id, number)
);
create index audit_trail_by_transaction on audit_trail (recorded_xid);

-- The salts of an entry, 32 bytes a row: 16 for its state, 16 for its change, zeros once erased; and of each row {"field": [before, after]}.
create table audit_value (
  bank_id uuid not null,
  number bigint not null,
  salts bytea not null,
  changes jsonb,
  primary key (bank_id, number)
);

-- The triggers write for whichever bank a row is of; each bank reads its own. Nobody but the triggers and erase_trail may write.
create procedure wall_trail(target regclass)
  language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('create policy by_bank on %s for select using ((bank_id = any ((select timebank_banks())::uuid[])) is true)', target);
  execute format('create policy erased on %s for update using ((bank_id = any ((select timebank_banks())::uuid[])) is true)', target);
  execute format('create policy written on %s for insert with check (true)', target);
end $$;
call wall_trail('audit_trail');
call wall_trail('audit_value');
drop procedure wall_trail;
call append_only('audit_trail');
call allow_app('select', 'audit_trail');
call allow_app('select', 'audit_value');

-- A row as text, in which a column that was added since and is null changes nothing.
create function trail_hash(salt bytea, state text) returns bytea
  language sql immutable parallel safe
  return sha256(salt || convert_to(rtrim(state, ',)'), 'UTF8'));

-- By what a row of a table is known in the trail, as SQL: its key without the bank, hashes hashed once more.
create function trail_key(target regclass) returns text
  language sql stable
  as $$
  select string_agg(case a.atttypid when 'bytea'::regtype then format('encode(sha256(%I), ''hex'')', a.attname) else format('%I::text', a.attname) end,
                    ' || '' '' || ' order by place)
    from (select indkey from pg_index where indrelid = target and indisunique order by indisprimary desc limit 1) i,
         unnest(i.indkey::int2[]) with ordinality k (attnum, place)
    join pg_attribute a on a.attrelid = target and a.attnum = k.attnum
   where a.attname <> 'bank_id' or cardinality(i.indkey::int2[]) = 1
  $$;

create function trail_bank(target regclass) returns text
  language sql stable
  as $$
  select case when exists (select from pg_attribute where attrelid = target and attname = 'bank_id' and not attisdropped)
              then 'bank_id' else 'null::uuid' end
  $$;

-- Lays entries for rows that one statement wrote. Who did it the unit of work has said in timebank.who.
create function lay_trail(what text, how text, of_banks uuid[], of_keys text[], of_states text[], of_changes jsonb[]) returns void
  language plpgsql security definer
  set search_path = public, pg_temp
  as $$
declare
  who jsonb := nullif(current_setting('timebank.who', true), '')::jsonb;
begin
  if of_keys is null then return; end if;
  with given as materialized (
    select coalesce(g.bank, '00000000-0000-0000-0000-000000000000') as bank, g.key, g.state, g.change, (g.place - 1) / 1000 as part,
           uuid_send(gen_random_uuid()) as state_salt, uuid_send(gen_random_uuid()) as change_salt
      from unnest(of_banks, of_keys, of_states, of_changes) with ordinality g (bank, key, state, change, place)
  ), entry as materialized (
    select bank, nextval('audit_trail_number') as number, array_agg(key) as keys,
           string_agg(case when state is null then decode(repeat('00', 32), 'hex') else trail_hash(state_salt, state) end, '') as states,
           case when count(change) > 0 then string_agg(sha256(change_salt || convert_to(coalesce(change::text, 'null'), 'UTF8')), '') end as told,
           string_agg(state_salt || change_salt, '') as salts,
           case when count(change) > 0 then jsonb_agg(change) end as changes
      from given group by bank, part
  ), laid as (
    insert into audit_trail (bank_id, number, happened_at, actor_id, role, for_id, session_id, work, reason_code, table_name, act, row_keys, states, told)
      select bank, number, coalesce((who ->> 'at')::timestamptz, clock_timestamp()), (who ->> 'actor')::uuid, who ->> 'role', (who ->> 'for')::uuid,
             (who ->> 'session')::uuid, who ->> 'work', who ->> 'reason', what, how, keys, states, told
        from entry
  )
  insert into audit_value (bank_id, number, salts, changes) select bank, number, salts, changes from entry;
end $$;
revoke all on function lay_trail from public;

-- From now on the table's changes are written down: with each field before and after, or only as states. A secret field is named and not told.
-- Rows whose column `stands_for` is set by the statement are told by the row that it names. To be called again when a column comes or goes.
create procedure keep_trail(target regclass, with_values boolean, secrets text[] default '{}', stands_for text default null)
  language plpgsql as $$
declare
  fields text;
  laid text;
  key text := trail_key(target);
  bank text := trail_bank(target);
  told text := 'null::jsonb';
  told_before text := 'null::jsonb';
  told_after text := 'null::jsonb';
begin
  if with_values then
    select string_agg(format(case when attname = any (secrets) then '(%1$L, null, case when o.%2$I is distinct from n.%2$I then ''"changed"''::jsonb end)'
                                  else '(%1$L, to_jsonb(o.%2$I), to_jsonb(n.%2$I))' end, attname, attname), ', ' order by attnum)
      into fields from pg_attribute where attrelid = target and attnum > 0 and not attisdropped and attgenerated = '';
    told := format('(select jsonb_object_agg(f, jsonb_build_array(b, a)) from (values %s) c (f, b, a) where b is distinct from a)', fields);
    if stands_for is not null then
      told := format('case when n.%1$I is distinct from o.%1$I then null else %2$s end', stands_for, told);
    end if;
    laid := format('(select jsonb_object_agg(key, jsonb_build_array(%%s)) from jsonb_each(jsonb_strip_nulls(to_jsonb(n) - %L::text[])))', secrets);
    told_after := format(laid, 'null, value');
    told_before := format(laid, 'value, null');
  end if;
  execute format($f$
    create or replace function %1$I() returns trigger
      language plpgsql security definer
      set search_path = public, pg_temp set timezone = 'UTC' set datestyle = 'ISO, MDY' set bytea_output = 'hex' set extra_float_digits = 1
      as $body$
    begin
      if tg_op = 'INSERT' then
        perform lay_trail(%2$L, 'insert', array_agg(%3$s), array_agg(%4$s), array_agg(n::text), array_agg(%5$s)) from new_rows n;
      elsif tg_op = 'DELETE' then
        perform lay_trail(%2$L, 'delete', array_agg(%3$s), array_agg(%4$s), array_agg(null::text), array_agg(%6$s)) from old_rows n;
      else
        perform lay_trail(%2$L, 'update', array_agg(bank), array_agg(key), array_agg(state), array_agg(change)) from (
          select %3$s as bank, %4$s as key, n.row_state as state, %7$s as change
            from (select row_number() over () as row_place, r::text as row_state, r.* from new_rows r) n
            join (select row_number() over () as row_place, r::text as row_state, r.* from old_rows r) o on o.row_place = n.row_place
           where n.row_state <> o.row_state) moved;
      end if;
      return null;
    end $body$ $f$,
    'trail_of_' || target::text, target::text, replace(bank, 'bank_id', 'n.bank_id'),
    (select string_agg(regexp_replace(part, '^(encode\(sha256\()?', '\1n.'), ' || '' '' || ' order by place)
       from unnest(string_to_array(key, ' || '' '' || ')) with ordinality p (part, place)),
    told_after, told_before, told);
  execute format('create or replace trigger trail_of_inserts after insert on %s referencing new table as new_rows for each statement execute function %I()',
    target, 'trail_of_' || target::text);
  execute format('create or replace trigger trail_of_updates after update on %s referencing old table as old_rows new table as new_rows '
    'for each statement execute function %I()',
    target, 'trail_of_' || target::text);
  execute format('create or replace trigger trail_of_deletes after delete on %s referencing old table as old_rows for each statement execute function %I()',
    target, 'trail_of_' || target::text);
end $$;

-- An entry for each row as it stands, for rows that are older than their trail, and after a migration that gave rows another form.
create procedure lay_standing(target regclass)
  language plpgsql
  set timezone = 'UTC' set datestyle = 'ISO, MDY' set bytea_output = 'hex' set extra_float_digits = 1
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

-- Forgets what can be read of a row in all its entries, salts and all, but for how it stands now. On record; the hashes stay as they were sealed.
create function erase_trail(bank uuid, what text, key text) returns integer
  language plpgsql security definer
  set search_path = public, pg_temp
  as $$
declare
  before text := see_banks(array[bank]::text);
  newest bigint;
  entry record;
  erased integer := 0;
begin
  for entry in
    select t.number, array_position(t.row_keys, key) as place from audit_trail t
     where t.bank_id = bank and t.table_name = what and t.act <> 'erase' and key = any (t.row_keys) order by t.number desc
  loop
    newest := coalesce(newest, entry.number);
    update audit_value v
       set salts = case when entry.number = newest then overlay(v.salts placing decode(repeat('00', 16), 'hex') from 32 * entry.place - 15)
                        else overlay(v.salts placing decode(repeat('00', 32), 'hex') from 32 * entry.place - 31) end,
           changes = case when v.changes is not null then jsonb_set(v.changes, array[(entry.place - 1)::text], 'null') end
     where v.bank_id = bank and v.number = entry.number;
    erased := erased + 1;
  end loop;
  perform lay_trail(what, 'erase', array[bank], array[key], array[null::text], null);
  before := see_banks(before);
  return erased;
end $$;
revoke all on function erase_trail from public;
