-- The kinds of qualification as data: how long one is good for, how it is renewed, what else it includes. A bank may still record a code of which nothing
-- is laid down.

create table qualification_kind (
  code text primary key check (code ~ '^[a-z_]{2,40}$'),
  -- Whole months from the day it is granted, and then perhaps on to the end of that year.
  validity_months integer not null check (validity_months between 0 and 600),
  to_year_end boolean not null,
  -- How long after its end it can be renewed; null: as the bank's policy says.
  reactivate_within_days integer check (reactivate_within_days between 0 and 3650),
  -- What must have been learnt since it was granted before it is renewed; null: any refresher will do.
  refresher_minutes integer check (refresher_minutes between 1 and 60000),
  version integer not null default 1,
  check (validity_months > 0 or to_year_end)
);
create table qualification_kind_name (
  code text not null references qualification_kind,
  language text not null check (language in ('zh-Hans', 'zh-Hant', 'en', 'ja', 'ko')),
  name text not null check (char_length(name) between 1 and 40),
  primary key (code, language)
);
-- Who has the one has the other too. What an included one includes is not: what counts stands here.
create table qualification_kind_include (
  code text not null references qualification_kind,
  included text not null references qualification_kind check (included <> code),
  primary key (code, included)
);
create index qualification_kind_included on qualification_kind_include (included);

insert into qualification_kind (code, validity_months, to_year_end, reactivate_within_days)
  values ('first_aid', 24, false, null), ('personal_care', 12, true, null), ('rehabilitation', 12, true, null);
insert into qualification_kind_name (code, language, name) values
  ('first_aid', 'zh-Hans', '急救'), ('first_aid', 'zh-Hant', '急救'), ('first_aid', 'en', 'First aid'), ('first_aid', 'ja', '応急手当'),
  ('first_aid', 'ko', '응급 처치'),
  ('personal_care', 'zh-Hans', '生活照护'), ('personal_care', 'zh-Hant', '生活照護'), ('personal_care', 'en', 'Personal care'),
  ('personal_care', 'ja', '身体介護'), ('personal_care', 'ko', '생활 돌봄'),
  ('rehabilitation', 'zh-Hans', '康复训练'), ('rehabilitation', 'zh-Hant', '復健訓練'), ('rehabilitation', 'en', 'Rehabilitation'),
  ('rehabilitation', 'ja', 'リハビリ'), ('rehabilitation', 'ko', '재활 훈련');

-- What somebody has, by itself or because another includes it; one code may stand here twice.
create view qualification_held with (security_invoker = true) as
  select bank_id, member_id, code, valid_until from qualification
  union all
  select q.bank_id, q.member_id, i.included, q.valid_until from qualification q join qualification_kind_include i on i.code = q.code;
call allow_app('select', 'qualification_held');

-- Many lasted longer by one act: of a kind, those that were to end between two days. It can be undone.
create table qualification_extension (
  bank_id uuid not null references bank,
  extension_id uuid not null,
  code text not null references qualification_kind,
  from_day date not null,
  to_day date not null check (to_day >= from_day),
  valid_until date not null check (valid_until > to_day),
  note text not null check (char_length(note) between 1 and 200),
  extended_by uuid not null,
  extended_at timestamptz not null,
  undone_by uuid,
  undone_at timestamptz,
  content_hash bytea not null,
  primary key (bank_id, extension_id),
  check (num_nonnulls(undone_by, undone_at) in (0, 2))
);
create index qualification_extension_code on qualification_extension (code);
create table qualification_extended (
  bank_id uuid not null,
  extension_id uuid not null,
  member_id uuid not null,
  valid_before date not null,
  primary key (bank_id, extension_id, member_id),
  foreign key (bank_id, extension_id) references qualification_extension,
  foreign key (bank_id, member_id) references member
);
create index qualification_extended_member on qualification_extended (bank_id, member_id);

-- Volunteers who go along on a newcomer's first visits.
create table mentor (
  bank_id uuid not null,
  member_id uuid not null,
  named_by uuid not null,
  named_at timestamptz not null,
  primary key (bank_id, member_id),
  foreign key (bank_id, member_id) references member
);

-- Who was trained for a kind of service, by which course that is over.
create table trained (
  bank_id uuid not null,
  member_id uuid not null,
  service_kind text not null references service_kind,
  course_id uuid not null,
  trained_on date not null,
  recorded_by uuid not null,
  primary key (bank_id, member_id, service_kind, course_id),
  foreign key (bank_id, member_id) references member
);
create index trained_kind on trained (bank_id, service_kind);
create index trained_service_kind on trained (service_kind);

call isolate_by_bank('qualification_extension');
call isolate_by_bank('qualification_extended');
call isolate_by_bank('mentor');
call isolate_by_bank('trained');
call append_only('qualification_extended');
call append_only('trained');
call keep_trail('qualification_kind', true);
call keep_trail('qualification_kind_name', true);
call keep_trail('qualification_kind_include', true);
call keep_trail('qualification_extension', true);
call keep_trail('qualification_extended', false);
call keep_trail('mentor', true);
call keep_trail('trained', false);
call lay_standing('qualification_kind');
call lay_standing('qualification_kind_name');
call allow_app('select, insert, update', 'qualification_kind');
call allow_app('select, insert, update, delete', 'qualification_kind_name');
call allow_app('select, insert, delete', 'qualification_kind_include');
call allow_app('select, insert, update', 'qualification_extension');
call allow_app('select, insert', 'qualification_extended');
call allow_app('select, insert, delete', 'mentor');
call allow_app('select, insert', 'trained');
