-- What a reversal in `post_many` takes back: whether it is the exact opposite of a transfer that stands and was not reversed yet, nor by an earlier leg
-- of the call (`reversed`). Answers a refusal's code, or the original's class and, where an account for it is named, the transfer by which the cap
-- had sent minutes on there from the same service.
create or replace function find_reversed(
  bank uuid, original_id uuid, debit_id uuid, credit_id uuid, amount integer, overflow_account_id uuid, reversed uuid[],
  out code text, out class text, out overflow_id uuid, out overflow_minutes integer
) language plpgsql
  as $$
declare
  original transfer;
  sibling transfer;
begin
  select * into original from transfer t where t.bank_id = bank and t.transfer_id = original_id;
  if not found then
    code := 'ledger/transfer_not_found';
  elsif original.kind = 'reversal' then
    code := 'ledger/reversal_of_reversal';
  elsif original_id = any (reversed) or exists (select from transfer t where t.bank_id = bank and t.reverses_id = original_id) then
    code := 'ledger/already_reversed';
  elsif (original.credit_account_id, original.debit_account_id, original.minutes) is distinct from (debit_id, credit_id, amount) then
    code := 'ledger/reversal_differs';
  end if;
  if code is not null then return; end if;
  if overflow_account_id is not null and original.visit_id is not null then
    -- What the cap sent on was recorded next on the same debit account.
    select * into sibling from transfer t
     where t.bank_id = bank and t.debit_account_id = original.debit_account_id and t.debit_version = original.debit_version + 1
       and t.kind = 'overflow' and t.visit_id = original.visit_id
       and not exists (select from transfer r where r.bank_id = t.bank_id and r.reverses_id = t.transfer_id);
    if sibling.credit_account_id <> overflow_account_id then code := 'ledger/reversal_differs'; end if;
  end if;
  class := original.class; overflow_id := sibling.transfer_id; overflow_minutes := coalesce(sibling.minutes, 0);
end $$;
revoke all on function find_reversed from public;
