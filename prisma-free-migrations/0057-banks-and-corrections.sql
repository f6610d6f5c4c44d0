-- Where a time bank is found, for those who come to it.
alter table bank add column address text check (char_length(address) <= 200);

-- Whether another time bank of the city is called the same, in whatever spelling; the one asked for is left out. A name is no secret between banks.
create function bank_named(wanted text, besides uuid) returns uuid
  language plpgsql security definer
  set search_path = public, pg_temp
  as $$
declare
  every_bank uuid[];
  same uuid;
  before text;
begin
  select array_agg(distinct l.bank_id) into every_bank from locator l where l.kind = 'bank';
  before := see_banks(every_bank::text);
  select b.bank_id into same from bank b where folded_name(b.name) = folded_name(wanted) and b.bank_id <> besides order by b.bank_number limit 1;
  before := see_banks(before);
  return same;
end $$;
call allow_app_call('bank_named');

-- What was wrong about a member's name or birth date and is put right: who, when, why, and what stood there before.
create table member_correction (
  bank_id uuid not null,
  member_id uuid not null,
  correction_number bigint not null generated always as identity,
  field text not null check (field in ('name', 'birthDate')),
  before_text text not null,
  after_text text not null,
  reason_code text,
  note text,
  corrected_by uuid not null,
  corrected_at timestamptz not null,
  primary key (bank_id, member_id, correction_number),
  foreign key (bank_id, member_id) references member
);
call isolate_by_bank('member_correction');
call append_only('member_correction');
call allow_app('select, insert', 'member_correction');
