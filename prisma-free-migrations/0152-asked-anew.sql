-- Where a place has fallen free, the asking begins anew: after which round, and when. Whoever did not answer before may be asked again.

alter table offer_round add column anew_after integer not null default 0 check (anew_after >= 0), add column anew_at timestamptz;
call keep_trail('offer_round', true);
