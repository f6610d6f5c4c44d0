-- Who takes out the list of a bank's members is kept, as of those who are insured.
alter table disclosure
  drop constraint disclosure_kind_check,
  drop constraint disclosure_check,
  add constraint disclosure_kind_check check (kind in ('insured_list', 'members_list', 'needs')),
  add constraint disclosure_check check ((kind in ('insured_list', 'members_list')) = (member_id is null));
