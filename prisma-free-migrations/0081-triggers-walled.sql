-- The triggers of the trail run with their owner's rights: nobody is to put one on a table of their own.
do $$
declare
  kept text;
begin
  for kept in select p.oid::regprocedure::text from pg_proc p where p.prosecdef and p.proname like 'trail\_of\_%' loop
    execute format('revoke all on function %s from public', kept);
  end loop;
end $$;
