-- The application's role is named by whoever runs the migrations, since a city may bring its own.
create or replace procedure allow_app(privileges text, target regclass)
  language plpgsql as $$
begin
  execute format('grant %s on %s to %I', privileges, target, current_setting('timebank.app_role'));
end $$;
