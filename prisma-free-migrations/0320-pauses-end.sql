-- A pause can be ended early: who is back says from which day, and of the rows about a day the newest decides. What each pause called off
-- is named, so that it can come back.

-- The trail knows a row by its key, and the key becomes another.
do $$
declare
  before text := see_banks((select coalesce(array_agg(bank_id), '{}') from locator where kind = 'bank')::text);
  chunk record;
begin
  for chunk in
    select bank_id, array_agg(key) as keys, decode(repeat('00', 32 * count(*)::integer), 'hex') as gone, string_agg(uuid_send(gen_random_uuid()), '') as salts
      from (select bank_id, concat_ws(' ', series_id, kind, from_day, to_day) as key, (row_number() over (partition by bank_id) - 1) / 1000 as part
              from series_pause) p
     group by bank_id, part order by bank_id, part
  loop
    perform lay_trail('series_pause', 'delete', chunk.bank_id, chunk.keys, chunk.gone, null, chunk.salts, null);
  end loop;
  before := see_banks(before);
end $$;

alter table series_pause
  add column pause_number bigint not null generated always as identity,
  add column called_off uuid[] not null default '{}',
  drop constraint series_pause_pkey,
  add primary key (bank_id, series_id, pause_number),
  drop constraint series_pause_kind_check,
  add constraint series_pause_kind_check check (kind in ('pause', 'skip', 'back'));
call keep_trail('series_pause', false);
call lay_standing('series_pause');
