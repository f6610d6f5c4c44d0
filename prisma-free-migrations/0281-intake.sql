-- Who called, before anybody knows who it is: nothing is lost if the call drops.
-- And numbers of others by which a client is reached: a neighbour's landline.

create table contact (
  bank_id uuid not null references bank,
  contact_id uuid not null,
  phone text not null check (char_length(phone) between 3 and 60),
  name text check (char_length(name) between 1 and 100),
  note text check (char_length(note) between 1 and 1000),
  -- The client who is reached, or called, by this number; none until that is known.
  client_id uuid,
  -- Nobody's business any more: a wrong number, or nothing came of it.
  closed_at timestamptz,
  version integer not null default 1,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  content_hash bytea not null,
  primary key (bank_id, contact_id),
  foreign key (bank_id, client_id) references member
);
create index contact_client on contact (bank_id, client_id);
create index contact_phone on contact (bank_id, phone);
call isolate_by_bank('contact');
create trigger closed_bank before insert on contact for each row execute function refuse_in_closed_bank();
call keep_trail('contact', true);
call allow_app('select, insert, update', 'contact');

-- A call that became a request: who called, from where, for whom, and who heard it.
create table phone_call (
  bank_id uuid not null,
  call_id uuid not null,
  client_id uuid not null,
  phone text check (char_length(phone) between 3 and 60),
  -- Who spoke: the client, somebody who acts for them, or whoever else it was, by name.
  caller text not null check (caller in ('client', 'proxy', 'other')),
  request_id uuid not null,
  visit_id uuid,
  heard_by uuid not null,
  heard_at timestamptz not null,
  content_hash bytea not null,
  primary key (bank_id, call_id),
  foreign key (bank_id, client_id) references member,
  foreign key (bank_id, request_id) references request,
  foreign key (bank_id, visit_id) references visit
);
create index phone_call_client on phone_call (bank_id, client_id, heard_at);
create index phone_call_request on phone_call (bank_id, request_id);
create index phone_call_visit on phone_call (bank_id, visit_id);
call isolate_by_bank('phone_call');
call append_only('phone_call');
call keep_trail('phone_call', false);
call allow_app('select, insert', 'phone_call');
