-- By what a member is found: pieces of the name and of how it sounds, looked up by equality through the key. Row security keeps LIKE and whatever else
-- might tell a row's content away from indexes, and a name of two characters has no piece of three.
create table member_gram (
  bank_id uuid not null,
  -- '' while the name has not been taken apart: then the member is found by comparing the name itself.
  gram text collate "C" not null constraint member_gram_length check (length(gram) <= 19),
  member_id uuid not null,
  primary key (bank_id, gram, member_id),
  foreign key (bank_id, member_id) references member (bank_id, member_id)
);
create index member_gram_member on member_gram (bank_id, member_id);

-- Those who are here wait until background work takes their names apart. Forced row security binds the owner too.
alter table member no force row level security;
insert into member_gram (bank_id, gram, member_id) select bank_id, '', member_id from member;
alter table member force row level security;

call isolate_by_bank('member_gram');
call allow_app('select, insert, delete', 'member_gram');

create or replace function forget_grams() returns trigger
  language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    delete from member_gram g where g.bank_id = new.bank_id and g.member_id = new.member_id;
  end if;
  insert into member_gram (bank_id, gram, member_id) values (new.bank_id, '', new.member_id);
  return null;
end $$;
create trigger grams_of_new after insert on member for each row execute function forget_grams();
create trigger grams_of_renamed after update of name on member for each row when (old.name is distinct from new.name) execute function forget_grams();
