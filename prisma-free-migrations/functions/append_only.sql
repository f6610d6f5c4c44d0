-- Refuses every change of a table's rows, whoever asks: grants bind the application, this the owner too.
create or replace procedure append_only(target regclass)
  language plpgsql as $$
begin
  execute format('create trigger append_only before update or delete or truncate on %s for each statement execute function refuse_change()', target);
end $$;
