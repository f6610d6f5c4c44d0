-- The ledger: whole minutes, double entry, one immutable row a transfer. Written by the functions below and by nothing else.

create table account (
  bank_id uuid not null,
  account_id uuid not null,
  kind text not null check (kind in ('member', 'pool', 'honour', 'fund', 'issuance', 'clearing')),
  owner_id uuid,
  balance_minutes bigint not null default 0,
  held_out_minutes bigint not null default 0 check (held_out_minutes >= 0),
  floor_minutes bigint,
  ceiling_minutes bigint,
  -- How many transfers touched the account, and when the last one was recorded: a month is then a run of versions.
  version bigint not null default 0,
  recorded_until timestamptz not null,
  opened_at timestamptz not null,
  head_hash bytea,
  primary key (bank_id, account_id),
  constraint account_floor check (floor_minutes is null or balance_minutes - held_out_minutes >= floor_minutes),
  constraint account_ceiling check (ceiling_minutes is null or balance_minutes <= ceiling_minutes),
  -- Only issuance (no floor) and clearing (a credit line) go below zero.
  constraint account_below_zero check (kind in ('issuance', 'clearing') or coalesce(floor_minutes, -1) >= 0)
) with (fillfactor = 50);

-- Both uniques are the statement's indexes, and a gap in the versions shows an omission. There is no foreign key to
-- account: the function that writes holds both rows locked, and the check would cost it a quarter of its speed.
create table transfer (
  bank_id uuid not null,
  transfer_id uuid not null,
  debit_account_id uuid not null,
  credit_account_id uuid not null,
  visit_id uuid,
  reverses_id uuid,
  actor_id uuid not null,
  effective_at timestamptz not null,
  recorded_at timestamptz not null,
  recorded_xid xid8 not null default pg_current_xact_id(),
  debit_version bigint not null,
  debit_balance_after bigint not null,
  credit_version bigint not null,
  credit_balance_after bigint not null,
  minutes integer not null check (minutes > 0),
  kind text not null check (kind in ('service', 'overflow', 'grant', 'issue', 'gift', 'donation', 'clearing', 'opening', 'settlement', 'reversal')),
  class text check (class in ('verified', 'manual')),
  memo_code text,
  debit_hash bytea,
  credit_hash bytea,
  primary key (bank_id, transfer_id),
  unique (bank_id, debit_account_id, debit_version),
  unique (bank_id, credit_account_id, credit_version),
  foreign key (bank_id, reverses_id) references transfer,
  check (debit_account_id <> credit_account_id),
  check ((kind = 'reversal') = (reverses_id is not null)),
  check (case kind when 'service' then class is not null when 'overflow' then true when 'reversal' then true else class is null end)
);
-- One reversal for each original.
create unique index transfer_reverses on transfer (bank_id, reverses_id) where reverses_id is not null;

create table hold (
  bank_id uuid not null,
  hold_id uuid not null,
  account_id uuid not null,
  minutes integer not null check (minutes > 0),
  expires_at timestamptz not null,
  placed_at timestamptz not null,
  primary key (bank_id, hold_id),
  foreign key (bank_id, account_id) references account
);
create index hold_account on hold (bank_id, account_id);

create table hold_end (
  bank_id uuid not null,
  hold_id uuid not null,
  outcome text not null check (outcome in ('posted', 'released', 'expired')),
  posted_minutes integer not null check (posted_minutes >= 0),
  released_minutes integer not null check (released_minutes >= 0),
  transfer_id uuid,
  ended_at timestamptz not null,
  primary key (bank_id, hold_id),
  foreign key (bank_id, hold_id) references hold,
  check ((outcome = 'posted') = (transfer_id is not null)),
  check (outcome = 'posted' or posted_minutes = 0)
);

-- A refused id stays refused, so that a late duplicate cannot succeed.
create table refusal (
  bank_id uuid not null,
  transfer_id uuid not null,
  code text not null,
  parameters jsonb not null,
  content_hash bytea not null,
  actor_id uuid not null,
  recorded_at timestamptz not null,
  primary key (bank_id, transfer_id)
);

call isolate_by_bank('account');
call isolate_by_bank('transfer');
call isolate_by_bank('hold');
call isolate_by_bank('hold_end');
call isolate_by_bank('refusal');
call append_only('transfer');
call append_only('hold');
call append_only('hold_end');
call append_only('refusal');
create trigger never_removed before delete or truncate on account for each statement execute function refuse_change();
call allow_app('select', 'account');
call allow_app('select', 'transfer');
call allow_app('select', 'hold');
call allow_app('select', 'hold_end');
call allow_app('select', 'refusal');

-- Each function runs as the owner, sees the banks that its arguments name, and gives the caller's own scope back at the end
-- (an error rolls the setting back too; a SET clause would do it, but only a superuser may write one for a setting of ours).

-- Shows this transaction the rows of some banks; returns what it saw before.
create function see_banks(banks text) returns text
  language plpgsql as $$
declare
  before text := current_setting('timebank.banks', true);
begin
  perform set_config('timebank.banks', coalesce(banks, ''), true);
  return before;
end $$;

-- Opens accounts; repeatable. Returns how many of the ids belong to an account of other kind or owner.
create function open_accounts(
  bank uuid, account_ids uuid[], kinds text[], owner_ids uuid[], floors bigint[], ceilings bigint[], at timestamptz
) returns bigint
  language plpgsql security definer
  set search_path = public, pg_temp
  as $$
declare
  before text := see_banks(array[bank]::text);
  reused bigint;
begin
  insert into account (bank_id, account_id, kind, owner_id, floor_minutes, ceiling_minutes, recorded_until, opened_at)
    select bank, given.account_id, given.kind, given.owner_id, given.floor_minutes, given.ceiling_minutes, at, at
      from unnest(account_ids, kinds, owner_ids, floors, ceilings) as given (account_id, kind, owner_id, floor_minutes, ceiling_minutes)
     order by given.account_id
    on conflict (bank_id, account_id) do nothing;
  select count(*) into reused
    from unnest(account_ids, kinds, owner_ids) as given (account_id, kind, owner_id)
    join account a on a.bank_id = bank and a.account_id = given.account_id
   where (a.kind, a.owner_id) is distinct from (given.kind, given.owner_id);
  perform see_banks(before);
  return reused;
end $$;

-- Sets minutes of an account aside. Repeatable with the same content. Returns a refusal's code, or null.
create function place_hold(
  bank uuid, hold uuid, account uuid, amount integer, expires timestamptz, at timestamptz, out code text, out parameters jsonb
) language plpgsql security definer
  set search_path = public, pg_temp
  as $$
declare
  before text := see_banks(array[bank]::text);
  free bigint;
  placed hold;
begin
  parameters := '{}';
  <<placing>>
  begin
    select a.balance_minutes - a.held_out_minutes - a.floor_minutes into free
      from account a where a.bank_id = bank and a.account_id = account for no key update;
    if not found then
      code := 'ledger/account_not_found';
      exit placing;
    end if;
    select * into placed from hold h where h.bank_id = bank and h.hold_id = hold;
    if found then
      if (placed.account_id, placed.minutes) is distinct from (account, amount) then code := 'ledger/id_reused'; end if;
      exit placing;
    end if;
    if free < amount then
      code := 'ledger/overdraft';
      parameters := jsonb_build_object('availableMinutes', greatest(free, 0));
      exit placing;
    end if;
    insert into hold (bank_id, hold_id, account_id, minutes, expires_at, placed_at)
      values (bank, hold, account, amount, expires, at) on conflict (bank_id, hold_id) do nothing;
    -- Another account's hold took the id a moment ago: start again and find it.
    if not found then raise serialization_failure; end if;
    update account a set held_out_minutes = a.held_out_minutes + amount where a.bank_id = bank and a.account_id = account;
  end placing;
  perform see_banks(before);
end $$;

-- Gives a hold's minutes back. Repeatable. Returns a refusal's code, or null.
create function release_hold(bank uuid, hold uuid, at timestamptz, out code text)
  language plpgsql security definer
  set search_path = public, pg_temp
  as $$
declare
  before text := see_banks(array[bank]::text);
  placed hold;
  ended text;
begin
  select * into placed from hold h where h.bank_id = bank and h.hold_id = hold;
  if not found then
    code := 'ledger/hold_not_found';
  else
    perform from account a where a.bank_id = bank and a.account_id = placed.account_id for no key update;
    select e.outcome into ended from hold_end e where e.bank_id = bank and e.hold_id = hold;
    if ended = 'posted' then
      code := 'ledger/hold_ended';
    elsif ended is null then
      insert into hold_end (bank_id, hold_id, outcome, posted_minutes, released_minutes, ended_at)
        values (bank, hold, 'released', 0, placed.minutes, at);
      update account a set held_out_minutes = a.held_out_minutes - placed.minutes
       where a.bank_id = bank and a.account_id = placed.account_id;
    end if;
  end if;
  perform see_banks(before);
end $$;

-- What a refused posting asked for.
create function posting_content(
  debit_id uuid, credit_id uuid, amount integer, kind text, class text, visit_id uuid, reverses_id uuid, memo_code text
) returns bytea
  language sql immutable parallel safe
  as $$ select sha256(convert_to(jsonb_build_array(debit_id, credit_id, amount, kind, class, visit_id, reverses_id, memo_code)::text, 'UTF8')) $$;

-- The one door to write. Its plans are kept: one made while a table was empty must not scan it for ever. Locks all accounts once, in id order, then takes the postings one after the other: each is posted,
-- repeated (its id stands here with the same content) or refused, and none of them fails its neighbours.
-- Accounts are listed once and postings name them by their place in that list.
create function post_many(
  at timestamptz, account_banks uuid[], account_ids uuid[],
  bank_ids uuid[], transfer_ids uuid[], debits integer[], credits integer[], amounts integer[], kinds text[], classes text[],
  visit_ids uuid[], reverses_ids uuid[], memo_codes text[], actor_ids uuid[], effective timestamptz[], hold_ids uuid[],
  overflows integer[], overflow_ids uuid[], covers integer[], cover_ids uuid[], cover_limits bigint[]
) returns table (place integer, outcome text, code text, parameters jsonb, posted_minutes bigint, overflow_minutes bigint)
  language plpgsql security definer
  set search_path = public, pg_temp
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
  as $$
#variable_conflict use_column
declare
  before text := see_banks(account_banks::text);
  balances bigint[]; helds bigint[]; floors bigint[]; ceilings bigint[]; versions bigint[]; untils timestamptz[];
  known uuid[];
  d integer; c integer; amount integer; free bigint; room bigint; freed integer; main_minutes integer; spilled integer; drawn integer;
  stored transfer; original transfer; sibling transfer; refused refusal; held record;
  leg_ids uuid[]; leg_kinds text[]; leg_debits integer[]; leg_credits integer[]; leg_amounts integer[]; leg_reverses uuid[];
  leg_class text; recorded timestamptz;
begin
  with locked as materialized (
    select a.bank_id, a.account_id, a.balance_minutes, a.held_out_minutes, a.floor_minutes, a.ceiling_minutes, a.version, a.recorded_until
      from unnest(account_banks, account_ids) as asked (bank_id, account_id)
      join account a on a.bank_id = asked.bank_id and a.account_id = asked.account_id
     order by a.bank_id, a.account_id for no key update of a
  )
  select array_agg(l.balance_minutes order by asked.place), array_agg(l.held_out_minutes order by asked.place),
         array_agg(l.floor_minutes order by asked.place), array_agg(l.ceiling_minutes order by asked.place),
         array_agg(l.version order by asked.place), array_agg(l.recorded_until order by asked.place)
    into balances, helds, floors, ceilings, versions, untils
    from unnest(account_banks, account_ids) with ordinality as asked (bank_id, account_id, place)
    left join locked l on l.bank_id = asked.bank_id and l.account_id = asked.account_id;

  -- Only now, under the locks: whoever sent the same id at the same moment has committed.
  select array_agg(taken.transfer_id) into known from (
    select t.transfer_id from unnest(bank_ids, transfer_ids) as asked (bank_id, transfer_id)
      join transfer t on t.bank_id = asked.bank_id and t.transfer_id = asked.transfer_id
    union all
    select r.transfer_id from unnest(bank_ids, transfer_ids) as asked (bank_id, transfer_id)
      join refusal r on r.bank_id = asked.bank_id and r.transfer_id = asked.transfer_id
  ) taken;

  <<posting>>
  for i in 1 .. cardinality(transfer_ids) loop
    place := i; code := null; parameters := '{}'; posted_minutes := 0; overflow_minutes := 0;
    d := debits[i]; c := credits[i]; amount := amounts[i];
    main_minutes := amount; spilled := 0; drawn := 0; freed := 0; sibling := null;

    if transfer_ids[i] = any (known) then
      select * into stored from transfer t where t.bank_id = bank_ids[i] and t.transfer_id = transfer_ids[i];
      if found then
        select t.minutes into spilled from transfer t where t.bank_id = bank_ids[i] and t.transfer_id = overflow_ids[i];
        spilled := coalesce(spilled, 0);
        if (stored.debit_account_id, stored.visit_id, stored.reverses_id, stored.memo_code)
             is distinct from (account_ids[d], visit_ids[i], reverses_ids[i], memo_codes[i])
           or (kinds[i] <> 'reversal' and stored.class is distinct from classes[i])
           or not (case
             when stored.kind = 'overflow' and kinds[i] <> 'overflow' then overflows[i] is not null and stored.minutes = amount
             else stored.kind = kinds[i] and stored.credit_account_id = account_ids[c]
              and stored.minutes + case kinds[i] when 'reversal' then 0 else spilled end = amount
           end)
        then
          outcome := 'refused'; code := 'ledger/id_reused';
        elsif stored.kind = 'overflow' and kinds[i] <> 'overflow' then
          outcome := 'repeated'; overflow_minutes := stored.minutes;
        else
          outcome := 'repeated'; posted_minutes := stored.minutes; overflow_minutes := spilled;
        end if;
        return next;
        continue posting;
      end if;
      select * into refused from refusal r where r.bank_id = bank_ids[i] and r.transfer_id = transfer_ids[i];
      outcome := 'refused';
      if refused.content_hash = posting_content(account_ids[d], account_ids[c], amount, kinds[i], classes[i], visit_ids[i], reverses_ids[i], memo_codes[i]) then
        code := refused.code; parameters := refused.parameters;
      else
        code := 'ledger/id_reused';
      end if;
      return next;
      continue posting;
    end if;

    <<checks>>
    begin
      if balances[d] is null or balances[c] is null then
        code := 'ledger/account_not_found';
        parameters := jsonb_build_object('accountId', account_ids[case when balances[d] is null then d else c end]);
        exit checks;
      elsif d = c then
        code := 'ledger/same_account';
        exit checks;
      end if;

      leg_class := classes[i];
      if kinds[i] = 'reversal' then
        select * into original from transfer t where t.bank_id = bank_ids[i] and t.transfer_id = reverses_ids[i];
        if not found then
          code := 'ledger/transfer_not_found';
        elsif original.kind = 'reversal' then
          code := 'ledger/reversal_of_reversal';
        elsif exists (select from transfer t where t.bank_id = bank_ids[i] and t.reverses_id = reverses_ids[i]) then
          code := 'ledger/already_reversed';
        elsif (original.credit_account_id, original.debit_account_id, original.minutes) is distinct from (account_ids[d], account_ids[c], amount) then
          code := 'ledger/reversal_differs';
        end if;
        exit checks when code is not null;
        leg_class := original.class;
        if overflows[i] is not null and original.visit_id is not null then
          -- What the cap sent on was recorded next on the same debit account.
          select * into sibling from transfer t
           where t.bank_id = bank_ids[i] and t.debit_account_id = original.debit_account_id and t.debit_version = original.debit_version + 1
             and t.kind = 'overflow' and t.visit_id = original.visit_id
             and not exists (select from transfer r where r.bank_id = t.bank_id and r.reverses_id = t.transfer_id);
          if sibling.credit_account_id <> account_ids[overflows[i]] then
            code := 'ledger/reversal_differs';
            exit checks;
          end if;
          spilled := coalesce(sibling.minutes, 0);
        end if;
      end if;

      if hold_ids[i] is not null then
        select h.account_id, h.minutes, e.outcome into held
          from hold h left join hold_end e on e.bank_id = h.bank_id and e.hold_id = h.hold_id
         where h.bank_id = bank_ids[i] and h.hold_id = hold_ids[i];
        if not found or held.account_id <> account_ids[d] then
          code := 'ledger/hold_not_found';
        elsif held.outcome in ('posted', 'released') then
          code := 'ledger/hold_ended';
        elsif held.outcome is null then
          freed := held.minutes;
        end if;
        exit checks when code is not null;
      end if;

      free := balances[d] - helds[d] + freed - floors[d];
      if free < amount then
        if covers[i] is null then
          code := 'ledger/overdraft'; parameters := jsonb_build_object('availableMinutes', greatest(free, 0));
          exit checks;
        elsif balances[covers[i]] is null or covers[i] in (d, c) then
          code := 'ledger/account_not_found'; parameters := jsonb_build_object('accountId', account_ids[covers[i]]);
          exit checks;
        end if;
        drawn := amount - greatest(free, 0);
        if -balances[covers[i]] + drawn > cover_limits[i] or balances[covers[i]] - helds[covers[i]] - drawn < floors[covers[i]] then
          code := 'ledger/issue_limit';
          parameters := jsonb_build_object('roomMinutes', greatest(cover_limits[i] + balances[covers[i]], 0));
          exit checks;
        end if;
      end if;

      room := ceilings[c] - balances[c];
      if kinds[i] = 'reversal' then
        if spilled > 0 and balances[overflows[i]] - helds[overflows[i]] - spilled < floors[overflows[i]] then
          code := 'ledger/overdraft';
          parameters := jsonb_build_object('availableMinutes', greatest(balances[overflows[i]] - helds[overflows[i]] - floors[overflows[i]], 0));
        elsif room < amount + spilled then
          code := 'ledger/ceiling'; parameters := jsonb_build_object('roomMinutes', room);
        end if;
      elsif room < amount then
        if overflows[i] is null then
          code := 'ledger/ceiling'; parameters := jsonb_build_object('roomMinutes', room);
        elsif balances[overflows[i]] is null then
          code := 'ledger/account_not_found'; parameters := jsonb_build_object('accountId', account_ids[overflows[i]]);
        elsif overflows[i] in (d, c) then
          code := 'ledger/same_account';
        else
          main_minutes := room; spilled := amount - room;
          if ceilings[overflows[i]] - balances[overflows[i]] < spilled then
            code := 'ledger/ceiling'; parameters := jsonb_build_object('roomMinutes', room + ceilings[overflows[i]] - balances[overflows[i]]);
          end if;
        end if;
      end if;
      exit checks when code is not null;
      if (drawn > 0 or spilled > 0) and exists (
        select from transfer t where t.bank_id = bank_ids[i] and t.transfer_id in (overflow_ids[i], cover_ids[i])
      ) then
        code := 'ledger/id_reused';
      end if;
    end checks;

    if code is not null then
      if code <> 'ledger/id_reused' then
        insert into refusal (bank_id, transfer_id, code, parameters, content_hash, actor_id, recorded_at)
          values (bank_ids[i], transfer_ids[i], code, parameters,
                  posting_content(account_ids[d], account_ids[c], amount, kinds[i], classes[i], visit_ids[i], reverses_ids[i], memo_codes[i]),
                  actor_ids[i], at)
          on conflict (bank_id, transfer_id) do nothing;
      end if;
      outcome := 'refused';
      return next;
      continue posting;
    end if;

    -- At most three rows: what is drawn first, the transfer itself, what overflows.
    leg_ids := '{}'; leg_kinds := '{}'; leg_debits := '{}'; leg_credits := '{}'; leg_amounts := '{}'; leg_reverses := '{}';
    if drawn > 0 then
      leg_ids := array[cover_ids[i]]; leg_kinds := array['issue']; leg_debits := array[covers[i]]; leg_credits := array[d];
      leg_amounts := array[drawn]; leg_reverses := array[null::uuid];
    end if;
    if main_minutes > 0 then
      leg_ids := leg_ids || transfer_ids[i]; leg_kinds := leg_kinds || kinds[i]; leg_debits := leg_debits || d; leg_credits := leg_credits || c;
      leg_amounts := leg_amounts || main_minutes; leg_reverses := leg_reverses || reverses_ids[i];
    end if;
    if spilled > 0 and kinds[i] = 'reversal' then
      leg_ids := leg_ids || overflow_ids[i]; leg_kinds := leg_kinds || 'reversal'::text; leg_debits := leg_debits || overflows[i];
      leg_credits := leg_credits || c; leg_amounts := leg_amounts || spilled; leg_reverses := leg_reverses || sibling.transfer_id;
    elsif spilled > 0 then
      leg_ids := leg_ids || case when main_minutes > 0 then overflow_ids[i] else transfer_ids[i] end; leg_kinds := leg_kinds || 'overflow'::text;
      leg_debits := leg_debits || d; leg_credits := leg_credits || overflows[i]; leg_amounts := leg_amounts || spilled;
      leg_reverses := leg_reverses || null::uuid;
    end if;

    for leg in 1 .. cardinality(leg_ids) loop
      d := leg_debits[leg]; c := leg_credits[leg];
      balances[d] := balances[d] - leg_amounts[leg]; versions[d] := versions[d] + 1;
      balances[c] := balances[c] + leg_amounts[leg]; versions[c] := versions[c] + 1;
      recorded := greatest(at, untils[d], untils[c]);
      untils[d] := recorded; untils[c] := recorded;
      insert into transfer (bank_id, transfer_id, debit_account_id, credit_account_id, visit_id, reverses_id, actor_id, effective_at,
                            recorded_at, debit_version, debit_balance_after, credit_version, credit_balance_after, minutes, kind, class, memo_code)
        values (bank_ids[i], leg_ids[leg], account_ids[d], account_ids[c], visit_ids[i], leg_reverses[leg], actor_ids[i], effective[i],
                recorded, versions[d], balances[d], versions[c], balances[c], leg_amounts[leg], leg_kinds[leg],
                case leg_kinds[leg] when 'issue' then null else leg_class end, memo_codes[i])
        on conflict (bank_id, transfer_id) do nothing;
      -- The id was taken a moment ago over other accounts: start again and find it.
      if not found then raise serialization_failure; end if;
    end loop;

    if freed > 0 then
      d := debits[i];
      helds[d] := helds[d] - freed;
      insert into hold_end (bank_id, hold_id, outcome, posted_minutes, released_minutes, transfer_id, ended_at)
        values (bank_ids[i], hold_ids[i], 'posted', least(freed, amount), freed - least(freed, amount), transfer_ids[i], at);
    end if;
    outcome := 'posted'; posted_minutes := main_minutes; overflow_minutes := spilled;
    return next;
  end loop posting;

  update account a
     set balance_minutes = now.balance_minutes, held_out_minutes = now.held_minutes, version = now.version, recorded_until = now.recorded_until
    from unnest(account_banks, account_ids, balances, helds, versions, untils)
      as now (bank_id, account_id, balance_minutes, held_minutes, version, recorded_until)
   where a.bank_id = now.bank_id and a.account_id = now.account_id
     and (a.version <> now.version or a.held_out_minutes <> now.held_minutes);
  perform see_banks(before);
end $$;

-- The functions are the application's only way in, and nobody else's.
create procedure allow_app_call(target regproc)
  language plpgsql as $$
begin
  execute format('revoke all on function %s from public', target);
  execute format('grant execute on function %s to %I', target, current_setting('timebank.app_role'));
end $$;
call allow_app_call('open_accounts');
call allow_app_call('place_hold');
call allow_app_call('release_hold');
call allow_app_call('post_many');
