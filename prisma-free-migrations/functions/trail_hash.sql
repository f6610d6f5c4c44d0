-- A row as text, in which a column that was added since and is null changes nothing.
create or replace function trail_hash(salt bytea, state text) returns bytea
  language sql immutable parallel safe
  return sha256(salt || convert_to(rtrim(state, ',)'), 'UTF8'));
