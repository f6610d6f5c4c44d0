-- A bank's zone may change from a day on: days before it keep the zone that they had.

-- `begins_at` is the first instant of `valid_from` in the new zone. Null where no day could be told apart before, since Postgres does not
-- know the zone that the bank was founded with: then the row counts for all days.
create table bank_zone (
  bank_id uuid not null,
  zone_number bigint not null generated always as identity,
  valid_from date not null,
  time_zone text not null,
  begins_at timestamptz,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  primary key (bank_id, zone_number),
  foreign key (bank_id) references bank (bank_id)
);
call isolate_by_bank('bank_zone');
call append_only('bank_zone');
call allow_app('select, insert', 'bank_zone');

-- The rows that count: of one day the last that was laid down.
create view counting_zone with (security_invoker = true) as
  select z.bank_id, z.time_zone, z.valid_from, z.begins_at, z.zone_number from bank_zone z
   where not exists (select from bank_zone later where later.bank_id = z.bank_id and later.valid_from = z.valid_from and later.zone_number > z.zone_number);
call allow_app('select', 'counting_zone');

-- A bank's zones in their order, as code reads them.
create function zones_of(of_bank uuid) returns jsonb
  language sql stable
  as $$
    select jsonb_agg(jsonb_build_object('timeZone', z.time_zone, 'validFrom', z.valid_from, 'beginsAt', z.begins_at) order by z.begins_at nulls first)
      from (
        select coalesce(
                 (select time_zone from bank_zone where bank_id = of_bank and begins_at is null order by zone_number desc limit 1),
                 (select time_zone from bank where bank_id = of_bank)) as time_zone,
               null::date as valid_from, null::timestamptz as begins_at
        union all
        select time_zone, valid_from, begins_at from counting_zone where bank_id = of_bank and begins_at is not null
      ) z
  $$;

-- The zone of a bank at an instant.
create function zone_at(of_bank uuid, instant timestamptz) returns text
  language sql stable
  as $$
    select coalesce(
      (select time_zone from counting_zone where bank_id = of_bank and begins_at <= instant order by begins_at desc limit 1),
      (select time_zone from bank_zone where bank_id = of_bank and begins_at is null order by zone_number desc limit 1),
      (select time_zone from bank where bank_id = of_bank))
  $$;

-- What clocks of a zone show; null when Postgres does not know the zone.
create function wall_clocks(zone text, instants timestamptz[]) returns text[]
  language plpgsql stable as $$
begin
  return array(select to_char(instant at time zone zone, 'YYYY-MM-DD HH24:MI') from unnest(instants) with ordinality as asked (instant, place) order by place);
exception when invalid_parameter_value then
  return null;
end $$;

-- A bank's day at an instant. A zone that Postgres does not know must not stop what concerns other banks too: then it is UTC's.
create function bank_day(of_bank uuid, instant timestamptz) returns date
  language plpgsql stable as $$
begin
  return (instant at time zone zone_at(of_bank, instant))::date;
exception when invalid_parameter_value then
  return (instant at time zone 'UTC')::date;
end $$;
