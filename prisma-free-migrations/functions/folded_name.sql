-- The same as `foldName` in code; a test compares them. A name of nothing but dots is its own key. Cut so that any key fits an index.
create or replace function folded_name(name text) returns text
  language sql immutable strict parallel safe
  return left(coalesce(nullif(spoken_part(one_case(spoken_part(name))), ''), one_case(name)), 200);
