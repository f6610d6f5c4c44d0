-- The trail in one table instead of two, by one index instead of three, and without a second copy of what a new row holds: a visit lays nine entries.

alter table audit_trail
  -- Of each row 16 bytes for its state and, where it is told, 16 for its change; zeros once erased.
  add column salts bytea,
  -- Of each row {"field": [before, after]}.
  add column changes jsonb;

-- What is sealed is never changed. Salts and changes are not, and erase_trail clears them.
drop trigger append_only on audit_trail;
alter table audit_trail no force row level security;
alter table audit_value no force row level security;
update audit_trail t
   set changes = v.changes,
       salts = case when t.told is not null then v.salts
                    else (select string_agg(substr(v.salts, 32 * place - 31, 16), '' order by place) from generate_series(1, cardinality(t.row_keys)) place) end
  from audit_value v where (v.bank_id, v.number) = (t.bank_id, t.number);
alter table audit_trail force row level security;
create trigger append_only before delete or truncate
    or update of bank_id, number, recorded_xid, happened_at, actor_id, role, for_id, session_id, work, reason_code, table_name, act, row_keys, states, told
  on audit_trail for each statement execute function refuse_change();
drop table audit_value;

-- A bank's entries in the order of their transactions, as they are sealed and audited.
alter table audit_trail drop constraint audit_trail_pkey;
drop index audit_trail_by_transaction;
create index audit_trail_by_bank on audit_trail (bank_id, recorded_xid);
create index audit_trail_erasures on audit_trail (bank_id, table_name) where act = 'erase';

create or replace function lay_trail(what text, how text, of_banks uuid[], of_keys text[], of_states text[], of_changes jsonb[]) returns void
  language plpgsql security definer
  set search_path = public, pg_temp
  as $$
declare
  who jsonb := nullif(current_setting('timebank.who', true), '')::jsonb;
begin
  if of_keys is null then return; end if;
  insert into audit_trail (bank_id, number, happened_at, actor_id, role, for_id, session_id, work, reason_code, table_name, act,
      row_keys, states, told, salts, changes)
    select bank, nextval('audit_trail_number'), coalesce((who ->> 'at')::timestamptz, clock_timestamp()), (who ->> 'actor')::uuid, who ->> 'role',
           (who ->> 'for')::uuid, (who ->> 'session')::uuid, who ->> 'work', who ->> 'reason', what, how, array_agg(key),
           string_agg(case when state is null then decode(repeat('00', 32), 'hex') else trail_hash(state_salt, state) end, ''),
           case when count(change) > 0 then string_agg(sha256(change_salt || convert_to(coalesce(change::text, 'null'), 'UTF8')), '') end,
           case when count(change) > 0 then string_agg(state_salt || change_salt, '') else string_agg(state_salt, '') end,
           case when count(change) > 0 then jsonb_agg(change) end
      from (select coalesce(g.bank, '00000000-0000-0000-0000-000000000000') as bank, g.key, g.state, g.change, (g.place - 1) / 1000 as part,
                   uuid_send(gen_random_uuid()) as state_salt, uuid_send(gen_random_uuid()) as change_salt
              from unnest(of_banks, of_keys, of_states, of_changes) with ordinality g (bank, key, state, change, place) offset 0) given
     group by bank, part;
end $$;
revoke all on function lay_trail from public;

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

call keep_trail('person', true, '{password_hash}');
call keep_trail('role', true);
call keep_trail('waiting_act', true);
call keep_trail('sign_in_act', true, '{code_hash}');
call keep_trail('bank', true);
call keep_trail('member', true);
call keep_trail('guest', true);
call keep_trail('relation', true);
call keep_trail('qualification', true);
call keep_trail('grant_run', true);
call keep_trail('request', true);
call keep_trail('service_kind', true);
call keep_trail('visit', true, stands_for => 'approval_id');
call keep_trail('visit_exception', true);
call keep_trail('service_card', true);
call keep_trail('display', true);
do $$
declare
  kept text;
begin
  foreach kept in array regexp_split_to_array(
    'role_change locator bank_closing bank_zone credit_line policy member_correction ledger_clock_repair grant_row
     hand_transfer settlement settlement_share approval late_decision appeal appeal_answer call_back call_back_draw
     client_answer letter letter_answer scan_event visit_escalation client_place location_consent device installation_mark', '\s+')
  loop
    call keep_trail(kept, false);
  end loop;
end $$;
