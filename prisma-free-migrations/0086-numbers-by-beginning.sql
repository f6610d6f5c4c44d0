-- A phone or a member number is found by its beginning, as a stretch of an index: comparing is all that row security lets an index do.
create index member_phone on member (bank_id, phone_digits);
create index member_number on member (bank_id, member_number collate "C");
