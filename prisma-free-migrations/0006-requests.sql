-- What clients need.

create table service_kind (
  code text primary key,
  name text not null,
  risk_level text not null check (risk_level in ('low', 'medium', 'high')),
  required_qualification text,
  usual_minutes integer not null check (usual_minutes > 0),
  position integer not null
);
insert into service_kind (code, name, risk_level, required_qualification, usual_minutes, position) values
  ('company', '陪伴聊天', 'low', null, 60, 1),
  ('meal', '助餐', 'low', null, 40, 2),
  ('errands', '代办跑腿', 'low', null, 45, 3),
  ('reading', '读书读报', 'low', null, 45, 4),
  ('cleaning', '助洁', 'low', null, 90, 5),
  ('repairs', '小修小补', 'medium', null, 60, 6),
  ('doctor', '陪同就医', 'medium', null, 150, 7),
  ('phone_help', '手机教学', 'low', null, 60, 8),
  ('urgent_help', '助急', 'high', 'first_aid', 60, 9),
  ('bathing', '助浴', 'high', 'personal_care', 60, 10),
  ('rehabilitation', '康复陪练', 'high', 'rehabilitation', 45, 11);

-- Whether an open request waits for minutes or has lapsed is read from balance and clock, not stored.
create table request (
  bank_id uuid not null,
  request_id uuid not null,
  client_id uuid not null,
  service_kind text not null references service_kind,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  minutes integer not null check (minutes between 1 and 1440),
  place text,
  note text,
  state text not null check (state in ('open', 'taken', 'served', 'cancelled')),
  created_by uuid not null,
  created_at timestamptz not null,
  content_hash bytea not null,
  version integer not null default 1,
  primary key (bank_id, request_id),
  foreign key (bank_id, client_id) references member
);
create index request_client on request (bank_id, client_id, starts_at);
create index request_kind on request (service_kind);
create index request_open on request (bank_id, starts_at) where state = 'open';
create index request_by_start on request (bank_id, starts_at, request_id);
call isolate_by_bank('request');

call allow_app('select', 'service_kind');
call allow_app('select, insert, update', 'request');
