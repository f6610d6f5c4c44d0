-- Upper case first: it takes apart what one letter alone would keep (ß). Greek has two forms of one small sigma.
create or replace function one_case(name text) returns text
  language sql immutable strict parallel safe
  return normalize(replace(lower(upper(normalize(name, NFKC) collate "und-x-icu") collate "und-x-icu"), U&'\03C2', U&'\03C3'), NFKC);
