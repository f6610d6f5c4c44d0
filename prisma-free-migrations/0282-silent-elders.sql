-- Elders who do not ask: somebody of the bank phones them, and says what came of it and when to call again.

create table check_in (
  bank_id uuid not null,
  check_in_id uuid not null,
  client_id uuid not null,
  result text not null check (result in ('fine', 'needs_help', 'not_reached', 'do_not_call')),
  note text check (char_length(note) between 1 and 1000),
  next_on date,
  called_by uuid not null,
  called_at timestamptz not null,
  content_hash bytea not null,
  primary key (bank_id, check_in_id),
  foreign key (bank_id, client_id) references member
);
create index check_in_client on check_in (bank_id, client_id, called_at);
call isolate_by_bank('check_in');
call append_only('check_in');
call keep_trail('check_in', false);
call allow_app('select, insert', 'check_in');

-- What a shop, a postman or a hospital says about somebody, without an account. The person has agreed to nothing: it goes by itself on `ends_on`, unless
-- two people of the bank keep it a while longer, for a reason.
create table finding (
  bank_id uuid not null references bank,
  finding_id uuid not null,
  finder text not null check (finder in ('shop', 'post', 'hospital', 'neighbour', 'other')),
  who text not null check (char_length(who) between 1 and 100),
  place text check (char_length(place) between 1 and 200),
  what text not null check (char_length(what) between 1 and 1000),
  phone text check (char_length(phone) between 3 and 60),
  told_at timestamptz not null,
  ends_on date not null,
  -- Looked into: what came of it.
  result text check (result in ('known', 'helped', 'not_found', 'no_need')),
  closed_by uuid,
  closed_at timestamptz,
  kept_reason text check (char_length(kept_reason) between 1 and 40),
  kept_by uuid,
  kept_first_by uuid,
  content_hash bytea not null,
  primary key (bank_id, finding_id),
  check (num_nonnulls(result, closed_by, closed_at) in (0, 3)),
  check (num_nonnulls(kept_reason, kept_by, kept_first_by) in (0, 3))
);
create index finding_end on finding (bank_id, ends_on);
call isolate_by_bank('finding');
create trigger closed_bank before insert on finding for each row execute function refuse_in_closed_bank();
-- What was told of somebody goes with the row, and never enters the trail.
call keep_trail('finding', true, '{who,place,what,phone}');
call allow_app('select, insert, update, delete', 'finding');
