-- Cards that were made on one sheet. Their secrets left in one answer; until somebody says that it was saved, the sheet may be made again.

create table card_sheet (
  bank_id uuid not null references bank,
  sheet_id uuid not null,
  -- Whom it was asked for, and the cards that it made for those who had none; made again, the new ones in the place of the old.
  client_ids uuid[] not null check (cardinality(client_ids) between 1 and 100),
  card_ids uuid[] not null check (cardinality(card_ids) <= 100),
  -- Who made it last, and when.
  made_by uuid not null,
  made_at timestamptz not null,
  saved_by uuid,
  saved_at timestamptz,
  primary key (bank_id, sheet_id),
  check ((saved_by is null) = (saved_at is null))
);
create index card_sheet_open on card_sheet (bank_id, made_at) where saved_at is null and card_ids <> '{}';
call isolate_by_bank('card_sheet');
call keep_trail('card_sheet', true);
call allow_app('select, insert, update', 'card_sheet');
