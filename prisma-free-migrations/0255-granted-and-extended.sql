-- An extension is no grant. Each grant of a qualification has its number, and an extension keeps the one it made last longer: what was granted since stays when
-- it is undone, and of a chain of extensions each is undone on its own.
alter table qualification add column grants integer not null default 1 check (grants > 0);
alter table qualification_extended add column grants integer not null default 1 check (grants > 0);
alter table qualification_extended alter column grants drop default;
call keep_trail('qualification', true);
call keep_trail('qualification_extended', false);
-- Until now an extension said when it was recorded: whatever says another time or day was granted, or given back, since.
do $$
declare
  before text := see_banks((select coalesce(array_agg(bank_id), '{}') from locator where kind = 'bank')::text);
begin
  update qualification q set grants = 2
   where exists (select from qualification_extended m join qualification_extension x using (bank_id, extension_id)
                  where m.bank_id = q.bank_id and m.member_id = q.member_id and x.code = q.code)
     and not exists (select from qualification_extended m join qualification_extension x using (bank_id, extension_id)
                      where m.bank_id = q.bank_id and m.member_id = q.member_id and x.code = q.code
                        and x.undone_at is null and x.valid_until = q.valid_until and x.extended_at = q.recorded_at);
  before := see_banks(before);
end $$;
-- In which office somebody looked; null: from before it was kept.
alter table disclosure add column seen_as text check (seen_as in ('helper', 'desk', 'admin', 'city'));
call keep_trail('disclosure', false);
call lay_standing('qualification');
call lay_standing('qualification_extended');
call lay_standing('disclosure');
