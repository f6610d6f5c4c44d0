-- Writes down how accounts stand after a change of limits or a closing, already made on `account` with the next revision.
create or replace function remember_accounts(bank uuid, account_ids uuid[], at timestamptz) returns void
  language sql
  as $$
  insert into account_history (bank_id, account_id, revision, kind, owner_id, floor_minutes, ceiling_minutes, closed, recorded_at)
    select a.bank_id, a.account_id, a.revision, a.kind, a.owner_id, a.floor_minutes, a.ceiling_minutes, a.closed_at is not null, at
      from account a where a.bank_id = bank and a.account_id = any (account_ids)
  $$;
revoke all on function remember_accounts from public;
