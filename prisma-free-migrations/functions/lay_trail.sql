-- Lays entries for rows that one statement wrote. Who did it the unit of work has said in timebank.who.
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
