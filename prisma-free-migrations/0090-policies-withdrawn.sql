-- A dated rule that has not begun may be withdrawn. Its row stays as it was laid down; that it never counts, and by whom, stands beside it.
create table policy_withdrawal (
  policy_id uuid primary key references policy,
  -- As of its policy: null is the city's.
  bank_id uuid,
  withdrawn_by uuid not null,
  withdrawn_at timestamptz not null
);
alter table policy_withdrawal enable row level security;
alter table policy_withdrawal force row level security;
create policy by_bank_or_city on policy_withdrawal
  using (bank_id is null or bank_id = any (timebank_banks()))
  with check (bank_id is null or bank_id = any (timebank_banks()));
call append_only('policy_withdrawal');
call keep_trail('policy_withdrawal', false);
call allow_app('select, insert', 'policy_withdrawal');
