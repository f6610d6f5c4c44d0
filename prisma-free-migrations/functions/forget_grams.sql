-- Whoever writes a name, by whatever way: what was found by the old one is gone, and the new one waits to be taken apart.
create or replace function forget_grams() returns trigger
  language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    delete from member_gram g where g.bank_id = new.bank_id and g.member_id = new.member_id;
  end if;
  insert into member_gram (bank_id, gram, member_id) values (new.bank_id, '', new.member_id);
  return null;
end $$;
