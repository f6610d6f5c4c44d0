-- As `post_many`, for calls of several postings that ask for nothing special, as most do: every posting has one leg, meets no limit, and has
-- its two accounts to itself. Such a call is written by one statement as a whole; of any other nothing is written here, and
-- `post_many` takes it. Getting the statement ready costs as much as some eight postings in turn.
-- Plans are kept, and the same whether the tables are empty or full, counted or not: rows are sought one by one through their keys.
create or replace function post_plain(at timestamptz, account_banks uuid[], account_ids uuid[], legs leg[])
  returns table (place integer, outcome text, code text, parameters jsonb, posted_minutes bigint, overflow_minutes bigint)
  language plpgsql security definer
  set search_path = public, pg_temp
  set plan_cache_mode = force_generic_plan
  set enable_seqscan = off
  set enable_hashjoin = off
  set enable_mergejoin = off
  set enable_material = off
  as $$
#variable_conflict use_column
declare
  before text;
  balances bigint[]; spendable bigint[]; rooms bigint[]; versions bigint[]; untils timestamptz[]; heads bytea[];
  xid xid8 := ledger_xid(); plain bigint; written bigint; on_holds boolean;
begin
  -- Among fewer accounts some posting has none of its own.
  if cardinality(account_ids) < 2 * cardinality(legs) then
    return query select * from post_many(at, account_banks, account_ids, legs);
    return;
  end if;
  before := see_banks(each_bank(account_banks));
  -- What an account can give and take in, null without a limit. A closed or missing one has no `until`, so that nothing comes after it.
  select array_agg(l.balance_minutes), array_agg(l.balance_minutes - l.held_out_minutes - l.floor_minutes),
         array_agg(l.ceiling_minutes - l.balance_minutes), array_agg(l.version),
         array_agg(case when l.closed_at is null then l.recorded_until end), array_agg(l.head_hash)
    into balances, spendable, rooms, versions, untils, heads
    from unnest(account_banks, account_ids) as given (bank_id, account_id)
    left join lateral (
      select * from account where account.bank_id = given.bank_id and account.account_id = given.account_id for no key update
    ) l on true;

  with asked as materialized (
    select given.*, coalesce(hold.minutes, 0) as freed,
           given.legs = 1 and given.kind <> 'reversal' and given.reverses_id is null
             and given.bank_id = account_banks[given.debit] and given.bank_id = account_banks[given.credit]
             and at >= untils[given.debit] and at >= untils[given.credit]
             and coalesce(spendable[given.debit] + coalesce(hold.minutes, 0) >= given.minutes, true)
             and coalesce(rooms[given.credit] >= given.minutes, true)
             and (given.hold_id is null or hold.account_id = account_ids[given.debit] and hold_end.hold_id is null)
             and refusal.transfer_id is null and stored.transfer_id is null as is_plain
      from unnest(legs) as given
      left join hold on hold.bank_id = given.bank_id and hold.hold_id = given.hold_id
      left join hold_end on hold_end.bank_id = given.bank_id and hold_end.hold_id = given.hold_id
      left join refusal on refusal.bank_id = given.bank_id and refusal.transfer_id = given.transfer_id
      left join transfer stored on stored.bank_id = given.bank_id and stored.transfer_id = given.transfer_id
  ), content as materialized (
    select *, transfer_content(row(bank_id, transfer_id, account_ids[debit], account_ids[credit], visit_id, reverses_id, actor_id,
                effective_at, at, xid, null, null, null, null, minutes, kind, class, memo_code, null, null)::transfer) as content
      from asked
     where (select bool_and(is_plain is true) from asked)
       and (select count(*) = count(distinct side.account) from asked cross join lateral (values (debit), (credit)) side (account))
  ), linked as materialized (
    select *, extend_chain(heads[debit], content, versions[debit] + 1, balances[debit] - minutes) as debit_hash,
           extend_chain(heads[credit], content, versions[credit] + 1, balances[credit] + minutes) as credit_hash
      from content
  ), made as (
    insert into transfer (bank_id, transfer_id, debit_account_id, credit_account_id, visit_id, reverses_id, actor_id, effective_at, recorded_at,
                          recorded_xid, debit_version, debit_balance_after, credit_version, credit_balance_after, minutes, kind, class, memo_code,
                          debit_hash, credit_hash)
      select bank_id, transfer_id, account_ids[debit], account_ids[credit], visit_id, reverses_id, actor_id, effective_at, at,
             xid, versions[debit] + 1, balances[debit] - minutes, versions[credit] + 1, balances[credit] + minutes, minutes, kind, class, memo_code,
             debit_hash, credit_hash
        from linked
      on conflict (bank_id, transfer_id) do nothing
      returning 1
  ), moved as (
    update account set balance_minutes = account.balance_minutes + side.minutes, held_out_minutes = account.held_out_minutes - side.freed,
                       version = account.version + 1, recorded_until = at, head_hash = side.hash
      from (
        select bank_id, debit as place, -minutes as minutes, freed, debit_hash as hash from linked
        union all
        select bank_id, credit, minutes, 0, credit_hash from linked
      ) side
     where account.bank_id = side.bank_id and account.account_id = account_ids[side.place]
  )
  select count(*), (select count(*) from made), bool_or(hold_id is not null) into plain, written, on_holds from linked;
  -- An id was taken a moment ago over other accounts: start again and find it.
  if written < plain then raise serialization_failure; end if;
  if on_holds then
    insert into hold_end (bank_id, hold_id, outcome, posted_minutes, released_minutes, transfer_id, ended_at, recorded_xid)
      select given.bank_id, given.hold_id, 'posted', least(hold.minutes, given.minutes), hold.minutes - least(hold.minutes, given.minutes),
             given.transfer_id, at, xid
        from unnest(legs) as given
        join hold on hold.bank_id = given.bank_id and hold.hold_id = given.hold_id;
  end if;
  before := see_banks(before);
  if plain = 0 then
    return query select * from post_many(at, account_banks, account_ids, legs);
  else
    return query select row_number::integer, 'posted', null::text, '{}'::jsonb, minutes::bigint, 0::bigint
      from unnest(legs) with ordinality as given (legs, bank_id, transfer_id, debit, credit, minutes, kind, class, visit_id, reverses_id, memo_code,
        actor_id, effective_at, hold_id, overflow, overflow_id, cover, cover_id, cover_limit, row_number);
  end if;
end $$;
call allow_app_call('post_plain');
