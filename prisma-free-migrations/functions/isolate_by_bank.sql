-- Forced row security: it binds the owner too, unless the owner is a superuser. The wall is a filter and never an index condition, and the setting
-- is read once a statement (0009-walls-as-filters.sql says why).
create or replace procedure isolate_by_bank(target regclass)
  language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('create policy by_bank on %s using ((bank_id = any ((select timebank_banks())::uuid[])) is true)'
                 ' with check ((bank_id = any ((select timebank_banks())::uuid[])) is true)', target);
end $$;
