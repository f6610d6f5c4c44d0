-- Visits that are recorded afterwards: what they were read from, and who paid where the client had too little and nothing was held.
alter table visit
  add column evidence text check (char_length(evidence) <= 200),
  add column payer text check (payer in ('pool', 'fund'));
