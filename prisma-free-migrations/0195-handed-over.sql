-- A helper puts a visit of theirs to a colleague whom they name: a yes gives the colleague the place, in the same act in which the helper leaves it.

alter table offer add column hands_over uuid, add foreign key (bank_id, hands_over) references visit (bank_id, visit_id);
create index offer_hands_over on offer (bank_id, hands_over) where hands_over is not null;
call keep_trail('offer', true);
