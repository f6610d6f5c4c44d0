-- What clocks of a zone show; null when Postgres does not know the zone.
create or replace function wall_clocks(zone text, instants timestamptz[]) returns text[]
  language plpgsql stable as $$
begin
  return array(select to_char(instant at time zone zone, 'YYYY-MM-DD HH24:MI') from unnest(instants) with ordinality as asked (instant, place) order by place);
exception when invalid_parameter_value then
  return null;
end $$;
