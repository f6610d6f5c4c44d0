-- The zone of a bank at an instant.
create or replace function zone_at(of_bank uuid, instant timestamptz) returns text
  language sql stable
  as $$
    select coalesce(
      (select time_zone from counting_zone where bank_id = of_bank and begins_at <= instant order by begins_at desc limit 1),
      (select time_zone from bank_zone where bank_id = of_bank and begins_at is null order by zone_number desc limit 1),
      (select time_zone from bank where bank_id = of_bank))
  $$;
