-- A bank's zones in their order, as code reads them.
create or replace function zones_of(of_bank uuid) returns jsonb
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
