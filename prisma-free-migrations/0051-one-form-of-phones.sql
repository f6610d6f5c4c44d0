-- One stored form a phone number: a mainland mobile as 11 digits, a landline as area code, hyphen, number and extension, any other as +E.164.
-- Until now a landline could also be kept as +86…, or with its hyphen elsewhere; such a number was a sign-in of its own.

create function pg_temp.landline(digits text) returns text
  language sql immutable strict
  as $$ select case
    when digits !~ '^0[1-9][0-9]{8,10}$' then null
    when length(digits) = 10 or (length(digits) = 11 and digits ~ '^0(10|2)') then left(digits, 3) || '-' || substr(digits, 4)
    else left(digits, 4) || '-' || substr(digits, 5) end $$;

create function pg_temp.one_form(phone text) returns text
  language sql immutable strict
  as $$ select coalesce(case
    when phone ~ '^\+861[0-9]{10}$' then substr(phone, 4)
    when phone ~ '^\+86[48]00[0-9]{7}$' then phone
    when phone ~ '^\+86' then pg_temp.landline('0' || regexp_replace(substr(phone, 4), '^0', ''))
    when phone ~ '^0[0-9]+-[0-9]+$' then pg_temp.landline(replace(phone, '-', ''))
    when phone ~ '^0[0-9]+-[0-9]+-[0-9]+$' then pg_temp.landline(split_part(phone, '-', 1) || split_part(phone, '-', 2)) || '-' || split_part(phone, '-', 3)
    end, phone) $$;

alter table member no force row level security;
update member set phone = pg_temp.one_form(phone) where phone <> pg_temp.one_form(phone);
alter table member force row level security;

alter table bank no force row level security;
update bank set phone = pg_temp.one_form(phone) where phone <> pg_temp.one_form(phone);
alter table bank force row level security;

-- Two people may sign in with two spellings of one landline. Nobody is left out: the elder keeps the number alone, the other keeps the old
-- spelling, which signing in looks for as well; a coordinator can give them another number.
update person as one set sign_in_phone = pg_temp.one_form(one.sign_in_phone)
 where one.sign_in_phone <> pg_temp.one_form(one.sign_in_phone)
   and not exists (select from person as other
                    where other.person_id <> one.person_id and pg_temp.one_form(other.sign_in_phone) = pg_temp.one_form(one.sign_in_phone)
                      and (other.sign_in_phone = pg_temp.one_form(one.sign_in_phone)
                        or (other.created_at, other.person_id) < (one.created_at, one.person_id)));

-- Codes of ten minutes and failures of fifteen: whoever waits for one asks again.
delete from sign_in_code where phone <> pg_temp.one_form(phone);
delete from sign_in_failure where phone <> pg_temp.one_form(phone);

-- Looked for by the beginning of the number, wherever its hyphens stand.
alter table member add column phone_digits text collate "C" generated always as (regexp_replace(phone, '[^0-9]', '', 'g')) stored;
