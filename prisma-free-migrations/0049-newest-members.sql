-- The member list is also read with those first who came last: an index that gives that order, so that a page reads as many rows as it shows.
create index member_newest on member (bank_id, created_at, member_id);
