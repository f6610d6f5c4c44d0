-- A bank's day at an instant. A zone that Postgres does not know must not stop what concerns other banks too: then it is UTC's.
create or replace function bank_day(of_bank uuid, instant timestamptz) returns date
  language plpgsql stable as $$
begin
  return (instant at time zone zone_at(of_bank, instant))::date;
exception when invalid_parameter_value then
  return (instant at time zone 'UTC')::date;
end $$;
