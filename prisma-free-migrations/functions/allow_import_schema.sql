-- Lets the import role, as it is named here, into the schema at all.
create or replace procedure allow_import_schema()
  language plpgsql as $$
begin
  execute format('grant usage on schema public to %I', current_setting('timebank.import_role'));
end $$;
