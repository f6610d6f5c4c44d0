-- What lies ahead is asked for every few seconds: through the small indexes also where the planner takes a table's rows to lie in no order.
alter function stored_ahead(timestamptz) set enable_seqscan = off;
