-- Whose rows this transaction may see; the unit of work sets it. Unset reads as '' after the first use, hence nullif.
create or replace function timebank_banks() returns uuid[]
  language sql stable parallel safe
  as $$ select nullif(current_setting('timebank.banks', true), '')::uuid[] $$;
