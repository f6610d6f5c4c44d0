-- One key for every spelling of a name: width and presentation forms, case, blanks, dots, apostrophes and hyphens do not count.

create function spoken_part(name text) returns text
  language sql immutable strict parallel safe
  return regexp_replace(name, '[\u0009-\u000D\u0020\u0085\u00A0\u00AD\u034F\u061C\u115F\u1160\u1680\u17B4\u17B5\u180B-\u180F\u2000-\u200F\u2028-\u202F\u205F-\u206F\u2800\u3000\u3164\uFE00-\uFE0F\uFEFF\uFFA0\u002E\u00B7\u0387\u0F0B\u0F0C\u16EB\u2022\u2024\u2027\u2218\u2219\u22C5\u25CF\u25E6\u2E31\u2E33\u3002\u30FB\uA78F\uFE52\uFF0E\uFF61\uFF65\u0027\u0060\u00B4\u02B9-\u02BF\u02C8\u02CA\u02CB\u02EE\u0384\u055A\u05F3\u07F4\u07F5\u1FBD\u1FBF\u1FFD\u1FFE\u2018-\u201B\u2032\u2035\uA78B\uA78C\uFF07\uFF40\u002D\u058A\u05BE\u1806\u2010-\u2015\u2043\u207B\u2212\uFE58\uFE63\uFF0D\U000E0000-\U000E0FFF]', '', 'g');

-- Upper case first: it takes apart what one letter alone would keep (ß). Greek has two forms of one small sigma.
create function one_case(name text) returns text
  language sql immutable strict parallel safe
  return normalize(replace(lower(upper(normalize(name, NFKC) collate "und-x-icu") collate "und-x-icu"), U&'\03C2', U&'\03C3'), NFKC);

-- The same as `foldName` in code; a test compares them. A name of nothing but dots is its own key. Cut so that any key fits an index.
create function folded_name(name text) returns text
  language sql immutable strict parallel safe
  return left(coalesce(nullif(spoken_part(one_case(spoken_part(name))), ''), one_case(name)), 200);

-- Two members may stand here already whom only the spelling tells apart. They stay, and nobody is added beside them.
alter table member
  add column name_key text collate "C" not null generated always as (folded_name(name)) stored,
  add column shares_name_key boolean not null default false;

-- Forced row security binds the owner too.
alter table member no force row level security;
update member as later set shares_name_key = true
 where exists (select from member as first
                where first.bank_id = later.bank_id and first.birth_date = later.birth_date and first.name_key = later.name_key
                  and (first.created_at, first.member_id) < (later.created_at, later.member_id));
alter table member force row level security;

create unique index member_name_key on member (bank_id, name_key, birth_date) where not shares_name_key;
