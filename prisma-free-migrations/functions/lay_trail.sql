-- Lays one entry for rows of a bank that one statement wrote. Who did it the unit of work has said in timebank.who.
create or replace function lay_trail(what text, how text, of_bank uuid, of_keys text[], of_states bytea, of_told bytea, of_salts bytea, of_changes jsonb)
  returns void
  language plpgsql security definer
  set search_path = public, pg_temp
  as $$
declare
  who jsonb := nullif(current_setting('timebank.who', true), '')::jsonb;
begin
  insert into audit_trail (bank_id, number, happened_at, actor_id, role, for_id, session_id, work, reason_code, table_name, act,
      row_keys, states, told, salts, changes)
    values (of_bank, nextval('audit_trail_number'), coalesce((who ->> 'at')::timestamptz, clock_timestamp()), (who ->> 'actor')::uuid, who ->> 'role',
            (who ->> 'for')::uuid, (who ->> 'session')::uuid, who ->> 'work', who ->> 'reason', what, how, of_keys, of_states, of_told, of_salts, of_changes);
end $$;
revoke all on function lay_trail from public;
