-- Two lists are read a page at a time and in an order of their own: open requests by start, and visits that wait for a decision, of one
-- state, by how long they wait. An index that gives the whole order, with the id that decides between two of one moment, lets a page
-- read as many rows as it shows; without the id, or by another moment, all rows of the bank were read, joined and sorted for each page.
drop index request_open;
create index request_open on request (bank_id, starts_at, request_id) where state = 'open';

drop index visit_waiting;
create index visit_waiting on visit (bank_id, state, (coalesce(waiting_since, captured_out, planned_end)), visit_id)
  where state in ('ready', 'needs_ack', 'needs_fix');
