-- What every later file stands on: whose rows a connection may see, who may touch a table, what may never change.

-- Whose rows this transaction may see; the unit of work sets it. Unset reads as '' after the first use, hence nullif.
create function timebank_banks() returns uuid[]
  language sql stable parallel safe
  as $$ select nullif(current_setting('timebank.banks', true), '')::uuid[] $$;

-- Forced row security: it binds the owner too, unless the owner is a superuser.
create procedure isolate_by_bank(target regclass)
  language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('create policy by_bank on %s using (bank_id = any (timebank_banks())) with check (bank_id = any (timebank_banks()))', target);
end $$;

-- The application's role is named by whoever runs the migrations, since a city may bring its own.
create procedure allow_app(privileges text, target regclass)
  language plpgsql as $$
begin
  execute format('grant %s on %s to %I', privileges, target, current_setting('timebank.app_role'));
end $$;

create procedure allow_app_schema()
  language plpgsql as $$
begin
  execute format('grant usage on schema public to %I', current_setting('timebank.app_role'));
end $$;
call allow_app_schema();

create function refuse_change() returns trigger
  language plpgsql as $$
begin
  raise exception 'rows of % are never changed', tg_table_name using errcode = 'insufficient_privilege';
end $$;

create procedure append_only(target regclass)
  language plpgsql as $$
begin
  execute format('create trigger append_only before update or delete or truncate on %s for each statement execute function refuse_change()', target);
end $$;
