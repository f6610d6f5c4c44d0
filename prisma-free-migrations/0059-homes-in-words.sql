-- Where a member lives, in words: what a request that names no place means. Its helper reads it until shortly after the visit, staff on the
-- member; nobody else.
alter table member
  add column home_address text,
  add constraint member_home_address check (char_length(home_address) between 1 and 200);
