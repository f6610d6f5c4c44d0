-- The desk's lists by role and by state: read in their order from an index, which counts them too. The one by state also finds what is open.
create index role_of_bank on role (bank_id, role, member_id) where home_bank_id is null;
create index visit_by_state on visit (bank_id, state, planned_start, visit_id);
create index request_by_state on request (bank_id, state, starts_at, request_id);
drop index request_open;
-- The few accounts that are the bank's own come before its members'.
create index account_own on account (bank_id, account_id) where kind <> 'member';
