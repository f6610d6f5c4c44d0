-- What an id that was posted before is answered: its first result, or that it stands for something else. Null when it was not.
create or replace function answer_again(
  bank uuid, id uuid, overflow_id uuid, debit_id uuid, credit_id uuid, amount integer, asked_kind text, asked_class text,
  asked_visit_id uuid, asked_reverses_id uuid, asked_memo_code text,
  out outcome text, out code text, out posted_minutes bigint, out overflow_minutes bigint
) language plpgsql
  as $$
declare
  stored transfer;
  spilled integer;
  fits_nothing boolean;
begin
  select * into stored from transfer t where t.bank_id = bank and t.transfer_id = id;
  if not found then return; end if;
  select t.minutes into spilled from transfer t where t.bank_id = bank and t.transfer_id = overflow_id;
  spilled := coalesce(spilled, 0);
  posted_minutes := 0; overflow_minutes := 0;
  -- The cap left no room at all: the first id stands for the overflow itself.
  fits_nothing := stored.kind = 'overflow' and asked_kind <> 'overflow';
  if (stored.debit_account_id, stored.visit_id, stored.reverses_id, stored.memo_code)
       is distinct from (debit_id, asked_visit_id, asked_reverses_id, asked_memo_code)
     or (asked_kind <> 'reversal' and stored.class is distinct from asked_class)
     or (fits_nothing and (overflow_id is null or stored.minutes <> amount))
     or (not fits_nothing and (stored.kind <> asked_kind or stored.credit_account_id <> credit_id
                               or amount <> stored.minutes + case asked_kind when 'reversal' then 0 else spilled end))
  then
    outcome := 'refused'; code := 'ledger/id_reused';
  elsif fits_nothing then
    outcome := 'repeated'; overflow_minutes := stored.minutes;
  else
    outcome := 'repeated'; posted_minutes := stored.minutes; overflow_minutes := spilled;
  end if;
end $$;
