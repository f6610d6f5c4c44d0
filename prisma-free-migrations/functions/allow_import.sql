-- The import role is named by whoever runs the migrations, as the application's is.
create or replace procedure allow_import(target regclass)
  language plpgsql as $$
begin
  execute format('grant select, insert, update, delete on %s to %I', target, current_setting('timebank.import_role'));
end $$;
