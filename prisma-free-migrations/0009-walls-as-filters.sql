-- The wall between banks as a filter and never as an index condition: a plan made while a table is empty then seeks rows by the
-- key that the query names, instead of reading a whole bank through the first index that begins with it. The setting is read
-- once a statement, not once a row: a report over every bank of a city takes a third of a second instead of ten.

create or replace procedure isolate_by_bank(target regclass)
  language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('create policy by_bank on %s using ((bank_id = any ((select timebank_banks())::uuid[])) is true)'
                 ' with check ((bank_id = any ((select timebank_banks())::uuid[])) is true)', target);
end $$;

do $$
declare
  walled regclass;
begin
  for walled in select polrelid::regclass from pg_policy where polname = 'by_bank' loop
    execute format('alter policy by_bank on %s using ((bank_id = any ((select timebank_banks())::uuid[])) is true)'
                   ' with check ((bank_id = any ((select timebank_banks())::uuid[])) is true)', walled);
  end loop;
end $$;
