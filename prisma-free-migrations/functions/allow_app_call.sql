-- The functions are the application's only way in, and nobody else's.
create or replace procedure allow_app_call(target regproc)
  language plpgsql as $$
begin
  execute format('revoke all on function %s from public', target);
  execute format('grant execute on function %s to %I', target, current_setting('timebank.app_role'));
end $$;
