-- A foreign key is looked up from its other side by an index of all its rows.

drop index offer_hands_over;
create index offer_hands_over on offer (bank_id, hands_over);
