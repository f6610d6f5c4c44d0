-- Shows this transaction the rows of some banks; returns what it saw before.
create or replace function see_banks(banks text) returns text
  language plpgsql as $$
declare
  before text := current_setting('timebank.banks', true);
begin
  banks := set_config('timebank.banks', coalesce(banks, ''), true);
  return before;
end $$;
