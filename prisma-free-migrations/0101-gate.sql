-- What decides who may help whom, beside role and qualification: who asked not to meet again, whom a client would rather have, who is exempt.

-- For staff only, and optional.
alter table member
  add column gender text check (gender in ('woman', 'man')),
  add column helper_wish text check (helper_wish in ('woman', 'man'));
call keep_trail('member', true);
call lay_standing('member');

-- Which of the two asked is not written down: nobody can find it out. The other may be a guest, whose row is not a member's here.
create table pair_block (
  bank_id uuid not null references bank,
  member_id uuid not null,
  other_member_id uuid not null check (member_id < other_member_id),
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  primary key (bank_id, member_id, other_member_id)
);
create index pair_block_other on pair_block (bank_id, other_member_id);
call isolate_by_bank('pair_block');

-- Who may do without a qualification, through a day, and who said so.
create table qualification_exemption (
  bank_id uuid not null,
  member_id uuid not null,
  code text not null check (code ~ '^[a-z_]{2,40}$'),
  valid_until date not null,
  note text not null check (char_length(note) between 1 and 200),
  approved_by uuid not null,
  approved_at timestamptz not null,
  primary key (bank_id, member_id, code),
  foreign key (bank_id, member_id) references member
);
call isolate_by_bank('qualification_exemption');

-- What a coordinator set aside when they planned a visit all the same, and why.
create table gate_overrule (
  bank_id uuid not null,
  visit_id uuid not null,
  reasons text[] not null check (cardinality(reasons) > 0),
  note text not null check (char_length(note) between 1 and 1000),
  overruled_by uuid not null,
  overruled_at timestamptz not null,
  primary key (bank_id, visit_id),
  foreign key (bank_id, visit_id) references visit
);
call isolate_by_bank('gate_overrule');
call append_only('gate_overrule');

call keep_trail('pair_block', true);
call keep_trail('qualification_exemption', true);
call keep_trail('gate_overrule', false);
call allow_app('select, insert, delete', 'pair_block');
call allow_app('select, insert, update', 'qualification_exemption');
call allow_app('select, insert', 'gate_overrule');
