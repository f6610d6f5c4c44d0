-- What a helper has to know of a client before the door: written by the client or the desk, shown to the helper from the day before until the end of the visit.

create table client_needs (
  bank_id uuid not null,
  member_id uuid not null,
  door text check (char_length(door) between 1 and 300),
  hearing text check (char_length(hearing) between 1 and 300),
  pets text check (char_length(pets) between 1 and 300),
  allergy text check (char_length(allergy) between 1 and 300),
  emergency_name text check (char_length(emergency_name) between 1 and 100),
  emergency_phone text,
  version integer not null default 1,
  primary key (bank_id, member_id),
  foreign key (bank_id, member_id) references member
);
call isolate_by_bank('client_needs');
call keep_trail('client_needs', true);
call allow_app('select, insert, update', 'client_needs');
