-- The service kinds as data: the city lays them down with their names in every language, a bank switches them off and adjusts them.

alter table service_kind
  add column helpers_needed integer not null default 1 check (helpers_needed between 1 and 20),
  add column is_offered boolean not null default true,
  add column version integer not null default 1,
  add constraint service_kind_code check (code ~ '^[a-z0-9_]{2,40}$');

-- What is said of a kind. The Chinese name is always there; where another language's is not, readers see that one.
create table service_kind_name (
  code text not null references service_kind,
  language text not null check (language in ('zh-Hans', 'zh-Hant', 'en', 'ja', 'ko')),
  name text check (char_length(name) between 1 and 40),
  risk_text text check (char_length(risk_text) between 1 and 1000),
  primary key (code, language)
);
create unique index service_kind_same_name on service_kind_name (language, name);

-- What whoever helps must have, from a day through a day; several are all needed.
create table service_kind_qualification (
  code text not null references service_kind,
  qualification text not null check (qualification ~ '^[a-z_]{2,40}$'),
  valid_from date not null,
  valid_until date check (valid_until >= valid_from),
  primary key (code, qualification, valid_from)
);

create table bank_service_kind (
  bank_id uuid not null references bank,
  code text not null references service_kind,
  is_offered boolean not null,
  -- Null: as the city has it.
  usual_minutes integer check (usual_minutes between 1 and 1440),
  position integer check (position between 1 and 10000),
  version integer not null default 1,
  primary key (bank_id, code)
);
create index bank_service_kind_code on bank_service_kind (code);
call isolate_by_bank('bank_service_kind');

insert into service_kind_name (code, language, name) select code, 'zh-Hans', name from service_kind;
insert into service_kind_name (code, language, name)
  select n.code, n.language, n.name from (values
    ('company', 'zh-Hant', '陪伴聊天'), ('company', 'en', 'Company'), ('company', 'ja', '話し相手'), ('company', 'ko', '말벗'),
    ('meal', 'zh-Hant', '備餐送餐'), ('meal', 'en', 'Meals'), ('meal', 'ja', '食事支援'), ('meal', 'ko', '식사 도움'),
    ('errands', 'zh-Hant', '代購代辦'), ('errands', 'en', 'Errands'), ('errands', 'ja', '用事代行'), ('errands', 'ko', '심부름'),
    ('reading', 'zh-Hant', '讀書讀報'), ('reading', 'en', 'Reading aloud'), ('reading', 'ja', '本や新聞の代読'), ('reading', 'ko', '책 읽어 주기'),
    ('cleaning', 'zh-Hant', '居家清潔'), ('cleaning', 'en', 'Cleaning'), ('cleaning', 'ja', '掃除'), ('cleaning', 'ko', '청소 도움'),
    ('repairs', 'zh-Hant', '簡易修繕'), ('repairs', 'en', 'Small repairs'), ('repairs', 'ja', 'ちょっとした修理'), ('repairs', 'ko', '간단한 수리'),
    ('doctor', 'zh-Hant', '陪同就醫'), ('doctor', 'en', 'Going to the doctor'), ('doctor', 'ja', '通院の付き添い'), ('doctor', 'ko', '병원 동행'),
    ('phone_help', 'zh-Hant', '手機教學'), ('phone_help', 'en', 'Help with the phone'), ('phone_help', 'ja', 'スマホの手助け'),
    ('phone_help', 'ko', '휴대폰 배우기'),
    ('urgent_help', 'zh-Hant', '緊急協助'), ('urgent_help', 'en', 'Urgent help'), ('urgent_help', 'ja', '急な手助け'), ('urgent_help', 'ko', '긴급 도움'),
    ('bathing', 'zh-Hant', '協助沐浴'), ('bathing', 'en', 'Help with bathing'), ('bathing', 'ja', '入浴介助'), ('bathing', 'ko', '목욕 도움'),
    ('rehabilitation', 'zh-Hant', '陪同復健'), ('rehabilitation', 'en', 'Rehabilitation exercises'), ('rehabilitation', 'ja', 'リハビリの付き添い'),
    ('rehabilitation', 'ko', '재활 운동 도움')
  ) n (code, language, name) join service_kind using (code);
-- Needed on any day, so on every day of the past.
insert into service_kind_qualification (code, qualification, valid_from)
  select code, required_qualification, '1970-01-01' from service_kind where required_qualification is not null;

-- The form that the numbered files made calls another lay_trail.
create or replace procedure lay_standing(target regclass)
  language plpgsql
  set timezone = 'UTC' set datestyle = 'ISO, MDY' set bytea_output = 'hex' set extra_float_digits = 1 set intervalstyle = 'postgres'
  as $$
declare
  before text := see_banks((select coalesce(array_agg(bank_id), '{}') from locator where kind = 'bank')::text);
  seed bytea := uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());
  chunk record;
begin
  for chunk in execute format(
    $f$select bank, array_agg(key) as keys, string_agg(trail_hash(substr(salt, 1, 16), state), '') as states, string_agg(substr(salt, 1, 16), '') as salts
         from (select coalesce(%s, '00000000-0000-0000-0000-000000000000') as bank, %s as key, t::text as state,
                      sha256($1 || int8send(row_number() over ())) as salt, (row_number() over () - 1) / 1000 as part
                 from %s t offset 0) r
        group by bank, part order by part$f$,
    trail_bank(target), trail_key(target), target) using seed
  loop
    perform lay_trail(target::text, 'standing', chunk.bank, chunk.keys, chunk.states, null, chunk.salts, null);
  end loop;
  before := see_banks(before);
end $$;

-- A table with a trail loses no column: where one was dropped, Postgres does not read the rows of a statement as wholes any more. So the two that
-- others have taken the place of become two that are needed: the class of GB/T 43153-2023, and whether volunteers take it by themselves.
update service_kind set name = case code
  when 'meal' then 'daily_living' when 'cleaning' then 'daily_living' when 'bathing' then 'daily_living'
  when 'rehabilitation' then 'basic_care'
  when 'urgent_help' then 'health'
  when 'repairs' then 'home_adaptation'
  when 'errands' then 'errands' when 'doctor' then 'errands'
  else 'comfort' end;
alter table service_kind rename column name to class;
alter table service_kind
  add check (class in ('daily_living', 'basic_care', 'health', 'visits', 'comfort', 'errands', 'home_adaptation')),
  alter column required_qualification type boolean using true,
  alter column required_qualification set default true,
  alter column required_qualification set not null;
alter table service_kind rename column required_qualification to open_to_volunteers;
call keep_trail('service_kind', true);
call keep_trail('service_kind_name', true);
call keep_trail('service_kind_qualification', true);
call keep_trail('bank_service_kind', true);
call lay_standing('service_kind');
call lay_standing('service_kind_name');
call lay_standing('service_kind_qualification');

call allow_app('insert, update', 'service_kind');
call allow_app('select, insert, update, delete', 'service_kind_name');
call allow_app('select, insert, update, delete', 'service_kind_qualification');
call allow_app('select, insert, update', 'bank_service_kind');
