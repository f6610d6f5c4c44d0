-- The secret address under which a person's calendar reads their visits; of the secret only a hash stays. One each: a new one takes the old one's place.

create table calendar_feed (
  person_id uuid primary key references person,
  token_hash bytea not null unique check (length(token_hash) = 32),
  language text not null check (language in ('zh-Hans', 'zh-Hant', 'en', 'ja', 'ko')),
  created_at timestamptz not null
);
call keep_trail('calendar_feed', true, '{token_hash}');
call allow_app('select, insert, update, delete', 'calendar_feed');
