-- Since when volunteers of neighbouring banks may be asked about a request that nobody here took: the asking begins anew with them, once.

alter table offer_round add column shared_at timestamptz;
call keep_trail('offer_round', true);
