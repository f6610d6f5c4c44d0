-- A request may need several helpers. Each is a visit of its own, with its own scans, approval and payer.
alter table request add column helpers_needed integer not null default 1 check (helpers_needed between 1 and 20);
alter table series_terms add column helpers_needed integer not null default 1 check (helpers_needed between 1 and 20);
alter table series_terms alter column helpers_needed drop default;

-- Who pays for the second and further helper.
alter table service_kind add column further_helpers_paid_by text not null default 'client' check (further_helpers_paid_by in ('client', 'pool'));

alter table visit
  -- Where its minutes are held, if not on its client's account.
  add column payer_account_id uuid,
  -- Why a coordinator let the client pay what the pool pays for.
  add column payer_note text check (char_length(payer_note) between 1 and 1000),
  -- Who called a cancelled one off, and why. Null on those that were cancelled before this was recorded.
  add column cancelled_side text check (cancelled_side in ('by_volunteer', 'by_client', 'by_bank')),
  add column cancel_reason_code text check (cancel_reason_code ~ '^[a-z_]{2,40}$'),
  add check (cancelled_side is null or state = 'cancelled'),
  add check (cancel_reason_code is null or cancelled_side is not null);

-- A request has one live visit of each helper at a time.
drop index visit_live;
create unique index visit_live on visit (bank_id, request_id, volunteer_id) where state not in ('cancelled', 'no_show', 'rejected');

call keep_trail('request', true);
call keep_trail('series_terms', false);
call keep_trail('service_kind', true);
call keep_trail('visit', true, stands_for => 'approval_id');
call lay_standing('request');
call lay_standing('series_terms');
call lay_standing('service_kind');
call lay_standing('visit');
