-- The one door to write. Locks all accounts once, in id order, then takes the postings one after the other: each is posted with
-- all its legs, repeated (its id stands here with the same content) or refused, and none of them fails its neighbours. What is
-- to be written is gathered and written at the end, by one statement a table.
-- The caller lists the accounts in id order, each once, and every transfer id once. Plans are kept, and the same whether the tables are
-- empty or full, counted or not: rows are sought one by one through their keys.
create or replace function post_many(at timestamptz, account_banks uuid[], account_ids uuid[], legs leg[])
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
  before text := see_banks(each_bank(account_banks));
  xid xid8 := ledger_xid();
  -- How the accounts stand, each at its place in the list, and how they will when the call is through.
  balances bigint[]; set_aside bigint[]; floors bigint[]; ceilings bigint[]; versions bigint[]; untils timestamptz[]; heads bytea[];
  closed boolean[];
  -- Where we are: a leg, the posting's first one, and its two accounts by their places.
  leg record; first record; row_number integer := 0; left_legs integer := 0; debit integer; credit integer;
  -- What the leg comes to: of the minutes asked for, some overflow, and some are drawn from the cover before.
  main_minutes integer; spilled integer; drawn integer; freed integer := 0; spendable bigint; room bigint; leg_class text;
  stored_refusal refusal; again record; reversal record; held record;
  -- What the posting moves once all its legs have passed, and the row that comes of it.
  movements movement[]; move movement; entry transfer; content bytea;
  -- What the call writes at its end, and what it has taken back and ended by then.
  made transfer[]; ends hold_end[]; ended_holds uuid[] := '{}'; reversed uuid[] := '{}';
begin
  -- Lock the accounts and see how they stand; one that is missing has no balance.
  select array_agg(locked.balance_minutes), array_agg(locked.held_out_minutes), array_agg(locked.floor_minutes),
         array_agg(locked.ceiling_minutes), array_agg(locked.version), array_agg(locked.recorded_until), array_agg(locked.head_hash),
         array_agg(locked.closed_at is not null)
    into balances, set_aside, floors, ceilings, versions, untils, heads, closed
    from unnest(account_banks, account_ids) as given (bank_id, account_id)
    left join lateral (
      select * from account where account.bank_id = given.bank_id and account.account_id = given.account_id for no key update
    ) locked on true;

  -- Leg by leg, with what stands under its id already.
  for leg in
    select given.*, refusal.content_hash as refused, stored.transfer_id as stored from unnest(legs) as given
      left join refusal on refusal.bank_id = given.bank_id and refusal.transfer_id = given.transfer_id
      left join transfer stored on stored.bank_id = given.bank_id and stored.transfer_id = given.transfer_id
  loop
    row_number := row_number + 1; debit := leg.debit; credit := leg.credit;

    -- A posting begins. What was refused once stays refused.
    if leg.legs > 0 then
      place := row_number; outcome := null; code := null; parameters := '{}'; posted_minutes := 0; overflow_minutes := 0;
      left_legs := leg.legs; freed := 0; movements := '{}';
      first := leg;
      if leg.refused is not null and leg.stored is null then
        select * into stored_refusal from refusal r where r.bank_id = leg.bank_id and r.transfer_id = leg.transfer_id;
        outcome := 'refused'; code := 'ledger/id_reused';
        if stored_refusal.content_hash
             = posting_content(account_ids[debit], account_ids[credit], leg.minutes, leg.kind, leg.class, leg.visit_id, leg.reverses_id,
                               leg.memo_code) then
          code := stored_refusal.code; parameters := stored_refusal.parameters;
        end if;
      end if;
    end if;
    left_legs := left_legs - 1;

    -- Posted before? A further leg stands if and only if the first one does; else its derived id is somebody else's.
    if code is null and leg.legs = 0 and (leg.stored is not null) <> (outcome is not null) then
      outcome := 'refused'; code := 'ledger/id_reused';
    elsif code is null and leg.stored is not null then
      select * into again from answer_again(leg.bank_id, leg.transfer_id, leg.overflow_id, account_ids[debit], account_ids[credit], leg.minutes,
        leg.kind, leg.class, leg.visit_id, leg.reverses_id, leg.memo_code);
      outcome := again.outcome; code := again.code; posted_minutes := again.posted_minutes; overflow_minutes := again.overflow_minutes;
    end if;

    <<checks>>
    begin
      exit checks when outcome is not null or code is not null;
      main_minutes := leg.minutes; spilled := 0; drawn := 0; leg_class := leg.class;

      -- The two accounts.
      if leg.bank_id <> account_banks[debit] or leg.bank_id <> account_banks[credit] or leg.bank_id <> account_banks[leg.overflow]
         or leg.bank_id <> account_banks[leg.cover] then
        raise exception 'a leg moves minutes within its bank';
      end if;
      if balances[debit] is null or balances[credit] is null then
        code := 'ledger/account_not_found';
        parameters := jsonb_build_object('accountId', account_ids[case when balances[debit] is null then debit else credit end]);
        exit checks;
      elsif account_ids[debit] = account_ids[credit] then
        code := 'ledger/same_account';
        exit checks;
      elsif closed[debit] or closed[credit] then
        code := 'ledger/account_closed';
        parameters := jsonb_build_object('accountId', account_ids[case when closed[debit] then debit else credit end]);
        exit checks;
      elsif at < greatest(untils[debit], untils[credit]) - interval '1 hour' then
        code := 'ledger/clock_behind';
        parameters := jsonb_build_object('recordedUntil', to_char(greatest(untils[debit], untils[credit]) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'));
        exit checks;
      end if;

      -- What it takes back.
      if leg.kind = 'reversal' then
        select * into reversal from find_reversed(leg.bank_id, leg.reverses_id, account_ids[debit], account_ids[credit], leg.minutes,
          account_ids[leg.overflow], reversed);
        code := reversal.code;
        exit checks when code is not null;
        leg_class := reversal.class; spilled := reversal.overflow_minutes;
      end if;

      -- The hold that was placed for it: its minutes are free for this posting.
      if leg.hold_id is not null then
        select h.account_id, h.minutes, e.outcome into held
          from hold h left join hold_end e on e.bank_id = h.bank_id and e.hold_id = h.hold_id
         where h.bank_id = leg.bank_id and h.hold_id = leg.hold_id;
        if not found or held.account_id <> account_ids[debit] then
          code := 'ledger/hold_not_found';
        elsif held.outcome in ('posted', 'released') or leg.hold_id = any (ended_holds) then
          code := 'ledger/hold_ended';
        elsif held.outcome is null then
          freed := held.minutes;
        end if;
        exit checks when code is not null;
      end if;

      -- What the debit account can give, and what its cover adds.
      spendable := balances[debit] - set_aside[debit] + case when leg.legs > 0 then freed else 0 end - floors[debit];
      if spendable < leg.minutes then
        if leg.cover is null then
          code := 'ledger/overdraft'; parameters := jsonb_build_object('availableMinutes', greatest(spendable, 0));
          exit checks;
        elsif balances[leg.cover] is null or leg.cover in (debit, credit) then
          code := 'ledger/account_not_found'; parameters := jsonb_build_object('accountId', account_ids[leg.cover]);
          exit checks;
        elsif closed[leg.cover] then
          code := 'ledger/account_closed'; parameters := jsonb_build_object('accountId', account_ids[leg.cover]);
          exit checks;
        end if;
        drawn := leg.minutes - greatest(spendable, 0);
        if -balances[leg.cover] + drawn > leg.cover_limit or balances[leg.cover] - set_aside[leg.cover] - drawn < floors[leg.cover] then
          code := 'ledger/issue_limit';
          parameters := jsonb_build_object('roomMinutes', greatest(leg.cover_limit + balances[leg.cover], 0));
          exit checks;
        end if;
        movements := movements || (leg.bank_id, leg.cover_id, leg.cover, debit, drawn, 'issue', null, null)::movement;
      end if;

      -- What the credit account can take in, and where the rest goes.
      room := ceilings[credit] - balances[credit];
      if leg.kind = 'reversal' then
        if spilled > 0 and closed[leg.overflow] then
          code := 'ledger/account_closed'; parameters := jsonb_build_object('accountId', account_ids[leg.overflow]);
        elsif spilled > 0 and balances[leg.overflow] - set_aside[leg.overflow] - spilled < floors[leg.overflow] then
          code := 'ledger/overdraft';
          parameters := jsonb_build_object('availableMinutes', greatest(balances[leg.overflow] - set_aside[leg.overflow] - floors[leg.overflow], 0));
        elsif room < leg.minutes + spilled then
          code := 'ledger/ceiling'; parameters := jsonb_build_object('roomMinutes', room);
        end if;
      elsif room < leg.minutes then
        if leg.overflow is null then
          code := 'ledger/ceiling'; parameters := jsonb_build_object('roomMinutes', room);
        elsif balances[leg.overflow] is null then
          code := 'ledger/account_not_found'; parameters := jsonb_build_object('accountId', account_ids[leg.overflow]);
        elsif closed[leg.overflow] then
          code := 'ledger/account_closed'; parameters := jsonb_build_object('accountId', account_ids[leg.overflow]);
        elsif leg.overflow in (debit, credit) then
          code := 'ledger/same_account';
        else
          main_minutes := room; spilled := leg.minutes - room;
          if ceilings[leg.overflow] - balances[leg.overflow] < spilled then
            code := 'ledger/ceiling'; parameters := jsonb_build_object('roomMinutes', room + ceilings[leg.overflow] - balances[leg.overflow]);
          end if;
        end if;
      end if;
      exit checks when code is not null;

      -- The ids of what is drawn and sent on are new.
      if drawn > 0 or spilled > 0 then
        perform from transfer t where t.bank_id = leg.bank_id and t.transfer_id in (leg.overflow_id, leg.cover_id);
        if found then
          code := 'ledger/id_reused';
          exit checks;
        end if;
      end if;

      -- It passes.
      if main_minutes > 0 then
        movements := movements || (leg.bank_id, leg.transfer_id, debit, credit, main_minutes, leg.kind, leg_class, leg.reverses_id)::movement;
      end if;
      if spilled > 0 and leg.kind = 'reversal' then
        movements := movements || (leg.bank_id, leg.overflow_id, leg.overflow, credit, spilled, 'reversal', leg_class, reversal.overflow_id)::movement;
      elsif spilled > 0 then
        movements := movements || (leg.bank_id, case when main_minutes > 0 then leg.overflow_id else leg.transfer_id end, debit, leg.overflow,
                                   spilled, 'overflow', leg_class, null)::movement;
      end if;
      posted_minutes := main_minutes; overflow_minutes := overflow_minutes + spilled;
    end checks;

    -- The last leg answers for the whole posting: refused,
    continue when left_legs > 0;
    if code is not null then
      outcome := 'refused'; posted_minutes := 0; overflow_minutes := 0;
      -- A clock is set right, an id is another's, an answer stands already: none of these is kept.
      if code not in ('ledger/id_reused', 'ledger/clock_behind') then
        insert into refusal (bank_id, transfer_id, code, parameters, content_hash, actor_id, recorded_at)
          values (first.bank_id, first.transfer_id, code, parameters,
                  posting_content(account_ids[first.debit], account_ids[first.credit], first.minutes, first.kind, first.class, first.visit_id,
                                  first.reverses_id, first.memo_code),
                  first.actor_id, at)
          on conflict (bank_id, transfer_id) do nothing;
      end if;
    end if;
    if outcome is not null then
      return next;
      continue;
    end if;

    -- or posted: each movement is the next entry of both accounts' chains.
    foreach move in array movements loop
      debit := move.debit; credit := move.credit;
      balances[debit] := balances[debit] - move.minutes; versions[debit] := versions[debit] + 1;
      balances[credit] := balances[credit] + move.minutes; versions[credit] := versions[credit] + 1;
      untils[debit] := greatest(at, untils[debit], untils[credit]); untils[credit] := untils[debit];
      entry := row(move.bank_id, move.transfer_id, account_ids[debit], account_ids[credit], first.visit_id, move.reverses_id, first.actor_id,
        first.effective_at, untils[debit], xid, versions[debit], balances[debit], versions[credit], balances[credit], move.minutes, move.kind,
        move.class, first.memo_code, null, null)::transfer;
      content := transfer_content(entry);
      heads[debit] := extend_chain(heads[debit], content, versions[debit], balances[debit]);
      heads[credit] := extend_chain(heads[credit], content, versions[credit], balances[credit]);
      entry.debit_hash := heads[debit]; entry.credit_hash := heads[credit];
      made := made || entry;
      if move.reverses_id is not null then reversed := reversed || move.reverses_id; end if;
    end loop;
    if freed > 0 then
      debit := first.debit;
      set_aside[debit] := set_aside[debit] - freed;
      ended_holds := ended_holds || first.hold_id;
      ends := ends || row(first.bank_id, first.hold_id, 'posted', least(freed, first.minutes), freed - least(freed, first.minutes),
                          first.transfer_id, at, xid)::hold_end;
    end if;
    outcome := 'posted';
    return next;
  end loop;

  -- Write it all.
  if made is not null then
    insert into transfer select * from unnest(made) on conflict (bank_id, transfer_id) do nothing;
    get diagnostics row_number = row_count;
    -- An id was taken a moment ago over other accounts: start again and find it.
    if row_number < cardinality(made) then raise serialization_failure; end if;
    if ends is not null then insert into hold_end select * from unnest(ends); end if;
    update account set balance_minutes = now.balance, held_out_minutes = now.held, version = now.version, recorded_until = now.until,
                       head_hash = now.head
      from unnest(account_banks, account_ids, balances, set_aside, versions, untils, heads)
        as now (bank_id, account_id, balance, held, version, until, head)
     where account.bank_id = now.bank_id and account.account_id = now.account_id and account.version <> now.version;
  end if;
  before := see_banks(before);
end $$;
call allow_app_call('post_many');
