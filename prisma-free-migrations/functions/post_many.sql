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
  balances bigint[]; helds bigint[]; floors bigint[]; ceilings bigint[]; versions bigint[]; untils timestamptz[]; heads bytea[]; closed boolean[];
  x record; first record; m movement; original transfer; sibling transfer; again record; held record; stored_refusal refusal;
  row_number integer := 0; left_legs integer := 0; d integer; c integer; free bigint; room bigint;
  freed integer := 0; main_minutes integer; spilled integer; drawn integer; leg_class text; recorded timestamptz; content bytea;
  xid xid8 := ledger_xid();
  movements movement[]; made transfer[]; ends hold_end[]; ended_holds uuid[] := '{}'; reversed uuid[] := '{}';
begin
  select array_agg(l.balance_minutes), array_agg(l.held_out_minutes), array_agg(l.floor_minutes), array_agg(l.ceiling_minutes),
         array_agg(l.version), array_agg(l.recorded_until), array_agg(l.head_hash), array_agg(l.closed_at is not null)
    into balances, helds, floors, ceilings, versions, untils, heads, closed
    from unnest(account_banks, account_ids) as given (bank_id, account_id)
    left join lateral (
      select * from account where account.bank_id = given.bank_id and account.account_id = given.account_id for no key update
    ) l on true;

  for x in
    select given.*, refusal.content_hash as refused, stored.transfer_id as stored from unnest(legs) as given
      left join refusal on refusal.bank_id = given.bank_id and refusal.transfer_id = given.transfer_id
      left join transfer stored on stored.bank_id = given.bank_id and stored.transfer_id = given.transfer_id
  loop
    row_number := row_number + 1; d := x.debit; c := x.credit;
    if x.legs > 0 then
      place := row_number; outcome := null; code := null; parameters := '{}'; posted_minutes := 0; overflow_minutes := 0;
      left_legs := x.legs; freed := 0; movements := '{}';
      first := x;
      if x.refused is not null and x.stored is null then
        select * into stored_refusal from refusal r where r.bank_id = x.bank_id and r.transfer_id = x.transfer_id;
        outcome := 'refused'; code := 'ledger/id_reused';
        if stored_refusal.content_hash
             = posting_content(account_ids[d], account_ids[c], x.minutes, x.kind, x.class, x.visit_id, x.reverses_id, x.memo_code) then
          code := stored_refusal.code; parameters := stored_refusal.parameters;
        end if;
      end if;
    end if;
    left_legs := left_legs - 1;

    -- A further leg stands if and only if the first one does; else its derived id is somebody else's.
    if code is null and x.legs = 0 and (x.stored is not null) <> (outcome is not null) then
      outcome := 'refused'; code := 'ledger/id_reused';
    elsif code is null and x.stored is not null then
      select * into again from answer_again(x.bank_id, x.transfer_id, x.overflow_id, account_ids[d], account_ids[c], x.minutes,
        x.kind, x.class, x.visit_id, x.reverses_id, x.memo_code);
      outcome := again.outcome; code := again.code; posted_minutes := again.posted_minutes; overflow_minutes := again.overflow_minutes;
    end if;

    <<checks>>
    begin
      exit checks when outcome is not null or code is not null;
      main_minutes := x.minutes; spilled := 0; drawn := 0; sibling := null; leg_class := x.class;
      if x.bank_id <> account_banks[d] or x.bank_id <> account_banks[c] or x.bank_id <> account_banks[x.overflow]
         or x.bank_id <> account_banks[x.cover] then
        raise exception 'a leg moves minutes within its bank';
      end if;
      if balances[d] is null or balances[c] is null then
        code := 'ledger/account_not_found';
        parameters := jsonb_build_object('accountId', account_ids[case when balances[d] is null then d else c end]);
        exit checks;
      elsif account_ids[d] = account_ids[c] then
        code := 'ledger/same_account';
        exit checks;
      elsif closed[d] or closed[c] then
        code := 'ledger/account_closed';
        parameters := jsonb_build_object('accountId', account_ids[case when closed[d] then d else c end]);
        exit checks;
      elsif at < greatest(untils[d], untils[c]) - interval '1 hour' then
        code := 'ledger/clock_behind';
        parameters := jsonb_build_object('recordedUntil', to_char(greatest(untils[d], untils[c]) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'));
        exit checks;
      end if;

      if x.kind = 'reversal' then
        select * into original from transfer t where t.bank_id = x.bank_id and t.transfer_id = x.reverses_id;
        if not found then
          code := 'ledger/transfer_not_found';
        elsif original.kind = 'reversal' then
          code := 'ledger/reversal_of_reversal';
        elsif x.reverses_id = any (reversed) or exists (select from transfer t where t.bank_id = x.bank_id and t.reverses_id = x.reverses_id) then
          code := 'ledger/already_reversed';
        elsif (original.credit_account_id, original.debit_account_id, original.minutes) is distinct from (account_ids[d], account_ids[c], x.minutes) then
          code := 'ledger/reversal_differs';
        end if;
        exit checks when code is not null;
        leg_class := original.class;
        if x.overflow is not null and original.visit_id is not null then
          -- What the cap sent on was recorded next on the same debit account.
          select * into sibling from transfer t
           where t.bank_id = x.bank_id and t.debit_account_id = original.debit_account_id and t.debit_version = original.debit_version + 1
             and t.kind = 'overflow' and t.visit_id = original.visit_id
             and not exists (select from transfer r where r.bank_id = t.bank_id and r.reverses_id = t.transfer_id);
          if sibling.credit_account_id <> account_ids[x.overflow] then
            code := 'ledger/reversal_differs';
            exit checks;
          end if;
          spilled := coalesce(sibling.minutes, 0);
        end if;
      end if;

      if x.hold_id is not null then
        select h.account_id, h.minutes, e.outcome into held
          from hold h left join hold_end e on e.bank_id = h.bank_id and e.hold_id = h.hold_id
         where h.bank_id = x.bank_id and h.hold_id = x.hold_id;
        if not found or held.account_id <> account_ids[d] then
          code := 'ledger/hold_not_found';
        elsif held.outcome in ('posted', 'released') or x.hold_id = any (ended_holds) then
          code := 'ledger/hold_ended';
        elsif held.outcome is null then
          freed := held.minutes;
        end if;
        exit checks when code is not null;
      end if;

      free := balances[d] - helds[d] + case when x.legs > 0 then freed else 0 end - floors[d];
      if free < x.minutes then
        if x.cover is null then
          code := 'ledger/overdraft'; parameters := jsonb_build_object('availableMinutes', greatest(free, 0));
          exit checks;
        elsif balances[x.cover] is null or x.cover in (d, c) then
          code := 'ledger/account_not_found'; parameters := jsonb_build_object('accountId', account_ids[x.cover]);
          exit checks;
        elsif closed[x.cover] then
          code := 'ledger/account_closed'; parameters := jsonb_build_object('accountId', account_ids[x.cover]);
          exit checks;
        end if;
        drawn := x.minutes - greatest(free, 0);
        if -balances[x.cover] + drawn > x.cover_limit or balances[x.cover] - helds[x.cover] - drawn < floors[x.cover] then
          code := 'ledger/issue_limit';
          parameters := jsonb_build_object('roomMinutes', greatest(x.cover_limit + balances[x.cover], 0));
          exit checks;
        end if;
        movements := movements || (x.bank_id, x.cover_id, x.cover, d, drawn, 'issue', null, null)::movement;
      end if;

      room := ceilings[c] - balances[c];
      if x.kind = 'reversal' then
        if spilled > 0 and closed[x.overflow] then
          code := 'ledger/account_closed'; parameters := jsonb_build_object('accountId', account_ids[x.overflow]);
        elsif spilled > 0 and balances[x.overflow] - helds[x.overflow] - spilled < floors[x.overflow] then
          code := 'ledger/overdraft';
          parameters := jsonb_build_object('availableMinutes', greatest(balances[x.overflow] - helds[x.overflow] - floors[x.overflow], 0));
        elsif room < x.minutes + spilled then
          code := 'ledger/ceiling'; parameters := jsonb_build_object('roomMinutes', room);
        end if;
      elsif room < x.minutes then
        if x.overflow is null then
          code := 'ledger/ceiling'; parameters := jsonb_build_object('roomMinutes', room);
        elsif balances[x.overflow] is null then
          code := 'ledger/account_not_found'; parameters := jsonb_build_object('accountId', account_ids[x.overflow]);
        elsif closed[x.overflow] then
          code := 'ledger/account_closed'; parameters := jsonb_build_object('accountId', account_ids[x.overflow]);
        elsif x.overflow in (d, c) then
          code := 'ledger/same_account';
        else
          main_minutes := room; spilled := x.minutes - room;
          if ceilings[x.overflow] - balances[x.overflow] < spilled then
            code := 'ledger/ceiling'; parameters := jsonb_build_object('roomMinutes', room + ceilings[x.overflow] - balances[x.overflow]);
          end if;
        end if;
      end if;
      exit checks when code is not null;
      if drawn > 0 or spilled > 0 then
        perform from transfer t where t.bank_id = x.bank_id and t.transfer_id in (x.overflow_id, x.cover_id);
        if found then
          code := 'ledger/id_reused';
          exit checks;
        end if;
      end if;

      if main_minutes > 0 then
        movements := movements || (x.bank_id, x.transfer_id, d, c, main_minutes, x.kind, leg_class, x.reverses_id)::movement;
      end if;
      if spilled > 0 and x.kind = 'reversal' then
        movements := movements || (x.bank_id, x.overflow_id, x.overflow, c, spilled, 'reversal', leg_class, sibling.transfer_id)::movement;
      elsif spilled > 0 then
        movements := movements || (x.bank_id, case when main_minutes > 0 then x.overflow_id else x.transfer_id end, d, x.overflow, spilled, 'overflow',
                                   leg_class, null)::movement;
      end if;
      posted_minutes := main_minutes; overflow_minutes := overflow_minutes + spilled;
    end checks;

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

    foreach m in array movements loop
      d := m.debit; c := m.credit;
      recorded := greatest(at, untils[d], untils[c]);
      balances[d] := balances[d] - m.minutes; versions[d] := versions[d] + 1; untils[d] := recorded;
      balances[c] := balances[c] + m.minutes; versions[c] := versions[c] + 1; untils[c] := recorded;
      content := sha256(record_send(row(m.bank_id, m.transfer_id, account_ids[d], account_ids[c], first.visit_id, m.reverses_id, first.actor_id,
        first.effective_at, recorded, xid, m.minutes, m.kind, m.class, first.memo_code)));
      heads[d] := sha256(coalesce(heads[d], ''::bytea) || content || int8send(versions[d]) || int8send(balances[d]));
      heads[c] := sha256(coalesce(heads[c], ''::bytea) || content || int8send(versions[c]) || int8send(balances[c]));
      made := made || row(m.bank_id, m.transfer_id, account_ids[d], account_ids[c], first.visit_id, m.reverses_id, first.actor_id,
        first.effective_at, recorded, xid, versions[d], balances[d], versions[c], balances[c], m.minutes, m.kind, m.class, first.memo_code,
        heads[d], heads[c])::transfer;
      if m.reverses_id is not null then reversed := reversed || m.reverses_id; end if;
    end loop;
    if freed > 0 then
      d := first.debit;
      helds[d] := helds[d] - freed;
      ended_holds := ended_holds || first.hold_id;
      ends := ends || row(first.bank_id, first.hold_id, 'posted', least(freed, first.minutes), freed - least(freed, first.minutes),
                          first.transfer_id, at, xid)::hold_end;
    end if;
    outcome := 'posted';
    return next;
  end loop;

  if made is not null then
    insert into transfer select * from unnest(made) on conflict (bank_id, transfer_id) do nothing;
    get diagnostics row_number = row_count;
    -- An id was taken a moment ago over other accounts: start again and find it.
    if row_number < cardinality(made) then raise serialization_failure; end if;
    if ends is not null then insert into hold_end select * from unnest(ends); end if;
    update account set balance_minutes = now.balance, held_out_minutes = now.held, version = now.version, recorded_until = now.until,
                       head_hash = now.head
      from unnest(account_banks, account_ids, balances, helds, versions, untils, heads)
        as now (bank_id, account_id, balance, held, version, until, head)
     where account.bank_id = now.bank_id and account.account_id = now.account_id and account.version <> now.version;
  end if;
  before := see_banks(before);
end $$;
call allow_app_call('post_many');
