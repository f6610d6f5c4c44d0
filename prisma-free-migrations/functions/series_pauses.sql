-- The days on which a series is paused, whoever came back early taken out: of the rows about a day the newest decides. Skipped dates stand beside.
create or replace function series_pauses(of_bank uuid, of_series uuid) returns datemultirange
  language plpgsql stable
  as $$
declare
  days datemultirange := '{}';
  said record;
begin
  for said in select kind, daterange(from_day, to_day, '[]') as span from series_pause
    where bank_id = of_bank and series_id = of_series and kind <> 'skip' order by pause_number
  loop
    days := case said.kind when 'pause' then days + said.span::datemultirange else days - said.span::datemultirange end;
  end loop;
  return days;
end $$;
call allow_app_call('series_pauses');
