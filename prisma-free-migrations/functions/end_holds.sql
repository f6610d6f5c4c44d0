-- Ends open holds without a posting and frees their minutes; the accounts are locked already.
create or replace function end_holds(bank uuid, holds uuid[], how text, at timestamptz) returns bigint
  language sql
  as $$
  with ended as (
    insert into hold_end (bank_id, hold_id, outcome, posted_minutes, released_minutes, ended_at)
      select h.bank_id, h.hold_id, how, 0, h.minutes, at from hold h where h.bank_id = bank and h.hold_id = any (holds)
      on conflict (bank_id, hold_id) do nothing
      returning hold_id
  ), freed as (
    select h.account_id, sum(h.minutes) as minutes from hold h join ended on ended.hold_id = h.hold_id
     where h.bank_id = bank group by h.account_id
  ), given_back as (
    update account a set held_out_minutes = a.held_out_minutes - freed.minutes
      from freed where a.bank_id = bank and a.account_id = freed.account_id
  )
  select count(*) from ended
  $$;
revoke all on function end_holds from public;
