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

-- Both uniques are the statement's indexes, and a gap in the versions shows an omission. Neither transfer nor hold has a
-- foreign key to account: only the functions below write, with the account's row locked, and the audit looks.
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
  primary key (bank_id, hold_id)
);

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
  banks := set_config('timebank.banks', coalesce(banks, ''), true);
  return before;
end $$;

-- Each bank once: row security reads the setting again for every row, so a long one would cost.
create function each_bank(banks uuid[]) returns text
  language plpgsql immutable
  as $$
begin
  if banks[1] = all (banks) then return array[banks[1]]::text; end if;
  return array(select distinct bank from unnest(banks) bank)::text;
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
  before := see_banks(before);
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
  before := see_banks(before);
end $$;

-- Gives the minutes of holds back, all or none. Repeatable. Returns a refusal's code, or null.
create function release_holds(bank uuid, holds uuid[], at timestamptz, out code text)
  language plpgsql security definer
  set search_path = public, pg_temp
  as $$
declare
  before text := see_banks(array[bank]::text);
begin
  perform from account a
    where a.bank_id = bank and a.account_id in (select h.account_id from hold h where h.bank_id = bank and h.hold_id = any (holds))
    order by a.account_id for no key update;
  if exists (select from unnest(holds) given (id) where not exists (select from hold h where h.bank_id = bank and h.hold_id = given.id)) then
    code := 'ledger/hold_not_found';
  elsif exists (select from hold_end e where e.bank_id = bank and e.hold_id = any (holds) and e.outcome = 'posted') then
    code := 'ledger/hold_ended';
  else
    with ended as (
      insert into hold_end (bank_id, hold_id, outcome, posted_minutes, released_minutes, ended_at)
        select h.bank_id, h.hold_id, 'released', 0, h.minutes, at from hold h where h.bank_id = bank and h.hold_id = any (holds)
        on conflict (bank_id, hold_id) do nothing
        returning hold_id
    ), freed as (
      select h.account_id, sum(h.minutes) as minutes from hold h join ended on ended.hold_id = h.hold_id
       where h.bank_id = bank group by h.account_id
    )
    update account a set held_out_minutes = a.held_out_minutes - freed.minutes
      from freed where a.bank_id = bank and a.account_id = freed.account_id;
  end if;
  before := see_banks(before);
end $$;

-- Gives every member's account the savings cap in force. An account that holds more keeps what it has and takes in nothing.
-- Repeatable; returns how many accounts changed.
create function cap_members(bank uuid, cap bigint) returns bigint
  language plpgsql security definer
  set search_path = public, pg_temp
  as $$
declare
  before text := see_banks(array[bank]::text);
  changed bigint;
begin
  with locked as (
    select a.account_id, greatest(cap, a.balance_minutes) as ceiling from account a
     where a.bank_id = bank and a.kind = 'member' and a.ceiling_minutes is distinct from greatest(cap, a.balance_minutes)
     order by a.account_id for no key update
  )
  update account a set ceiling_minutes = locked.ceiling from locked where a.bank_id = bank and a.account_id = locked.account_id;
  get diagnostics changed = row_count;
  perform see_banks(before);
  return changed;
end $$;

-- What a refused posting asked for.
create function posting_content(
  debit_id uuid, credit_id uuid, amount integer, kind text, class text, visit_id uuid, reverses_id uuid, memo_code text
) returns bytea
  language sql immutable parallel safe
  as $$ select sha256(convert_to(jsonb_build_array(debit_id, credit_id, amount, kind, class, visit_id, reverses_id, memo_code)::text, 'UTF8')) $$;

-- What an id that was posted before is answered: its first result, or that it stands for something else. Null when it was not.
create function answer_again(
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

-- The one door to write. Locks all accounts once, in id order, then takes the postings one after the other: each is posted,
-- repeated (its id stands here with the same content) or refused, and none of them fails its neighbours.
-- The accounts are listed in id order, each once, and postings name them by their place. Rows are sought one by one through
-- their keys: such a plan is the same whether the tables are empty or full, and plans are kept.
create function post_many(
  at timestamptz, account_banks uuid[], account_ids uuid[],
  bank_ids uuid[], transfer_ids uuid[], debits integer[], credits integer[], amounts integer[], kinds text[], classes text[],
  visit_ids uuid[], reverses_ids uuid[], memo_codes text[], actor_ids uuid[], effective timestamptz[], hold_ids uuid[],
  overflows integer[], overflow_ids uuid[], covers integer[], cover_ids uuid[], cover_limits bigint[]
) returns table (place integer, outcome text, code text, parameters jsonb, posted_minutes bigint, overflow_minutes bigint)
  language plpgsql security definer
  set search_path = public, pg_temp
  set enable_seqscan = off
  as $$
#variable_conflict use_column
declare
  before text := see_banks(each_bank(account_banks));
  balances bigint[]; helds bigint[]; floors bigint[]; ceilings bigint[]; versions bigint[]; untils timestamptz[];
  touched boolean[] := array_fill(false, array[cardinality(account_ids)]);
  asked integer := cardinality(account_ids); a account;
  d integer; c integer; amount integer; free bigint; room bigint; freed integer; main_minutes integer; spilled integer; drawn integer;
  original transfer; sibling transfer; refused refusal; was_refused boolean; again record; held record;
  leg_ids uuid[]; leg_kinds text[]; leg_debits integer[]; leg_credits integer[]; leg_amounts integer[]; leg_reverses uuid[];
  leg_class text; recorded timestamptz;
begin
  balances := array_fill(null::bigint, array[asked]); helds := balances; floors := balances; ceilings := balances; versions := balances;
  untils := array_fill(null::timestamptz, array[asked]);
  for k in 1 .. asked loop
    if k > 1 and (account_banks[k - 1], account_ids[k - 1]) >= (account_banks[k], account_ids[k]) then
      raise exception 'accounts must be listed in id order, each once';
    end if;
    select * into a from account where bank_id = account_banks[k] and account_id = account_ids[k] for no key update;
    balances[k] := a.balance_minutes; helds[k] := a.held_out_minutes; floors[k] := a.floor_minutes; ceilings[k] := a.ceiling_minutes;
    versions[k] := a.version; untils[k] := a.recorded_until;
  end loop;

  <<posting>>
  for i in 1 .. cardinality(transfer_ids) loop
    place := i; code := null; parameters := '{}'; posted_minutes := 0; overflow_minutes := 0;
    d := debits[i]; c := credits[i]; amount := amounts[i];
    if not bank_ids[i] = all (array_remove(array[account_banks[d], account_banks[c], account_banks[overflows[i]], account_banks[covers[i]]], null)) then
      raise exception 'a posting moves minutes within its bank';
    end if;
    main_minutes := amount; spilled := 0; drawn := 0; freed := 0; sibling := null;

    select * into refused from refusal r where r.bank_id = bank_ids[i] and r.transfer_id = transfer_ids[i];
    was_refused := found;
    if was_refused and refused.content_hash
         = posting_content(account_ids[d], account_ids[c], amount, kinds[i], classes[i], visit_ids[i], reverses_ids[i], memo_codes[i]) then
      outcome := 'refused'; code := refused.code; parameters := refused.parameters;
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
      if drawn > 0 or spilled > 0 then
        perform from transfer t where t.bank_id = bank_ids[i] and t.transfer_id in (overflow_ids[i], cover_ids[i]);
        if found then code := 'ledger/id_reused'; end if;
      end if;
    end checks;

    -- A repeat that can no longer be posted is a repeat still. One that could be is found by the insert below: under the locks,
    -- whoever sent the same id over the same accounts at the same moment has committed.
    if was_refused or code is not null or drawn > 0 or spilled > 0 then
      select * into again from answer_again(bank_ids[i], transfer_ids[i], overflow_ids[i], account_ids[d], account_ids[c], amount,
        kinds[i], classes[i], visit_ids[i], reverses_ids[i], memo_codes[i]);
      if again.outcome is not null then
        outcome := again.outcome; code := again.code; parameters := '{}';
        posted_minutes := again.posted_minutes; overflow_minutes := again.overflow_minutes;
        return next;
        continue posting;
      end if;
    end if;
    if was_refused then code := 'ledger/id_reused'; parameters := '{}'; end if;

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
      recorded := greatest(at, untils[d], untils[c]);
      insert into transfer (bank_id, transfer_id, debit_account_id, credit_account_id, visit_id, reverses_id, actor_id, effective_at, recorded_at,
                            debit_version, debit_balance_after, credit_version, credit_balance_after, minutes, kind, class, memo_code)
        values (bank_ids[i], leg_ids[leg], account_ids[d], account_ids[c], visit_ids[i], leg_reverses[leg], actor_ids[i], effective[i], recorded,
                versions[d] + 1, balances[d] - leg_amounts[leg], versions[c] + 1, balances[c] + leg_amounts[leg], leg_amounts[leg], leg_kinds[leg],
                case leg_kinds[leg] when 'issue' then null else leg_class end, memo_codes[i])
        on conflict (bank_id, transfer_id) do nothing;
      if not found then
        -- Rows of this posting stand already, or a derived id was taken a moment ago: start again and find it.
        if cardinality(leg_ids) > 1 then raise serialization_failure; end if;
        select * into again from answer_again(bank_ids[i], transfer_ids[i], overflow_ids[i], account_ids[d], account_ids[c], amount,
          kinds[i], classes[i], visit_ids[i], reverses_ids[i], memo_codes[i]);
        outcome := again.outcome; code := again.code; posted_minutes := again.posted_minutes; overflow_minutes := again.overflow_minutes;
        return next;
        continue posting;
      end if;
      balances[d] := balances[d] - leg_amounts[leg]; versions[d] := versions[d] + 1; untils[d] := recorded; touched[d] := true;
      balances[c] := balances[c] + leg_amounts[leg]; versions[c] := versions[c] + 1; untils[c] := recorded; touched[c] := true;
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

  for k in 1 .. asked loop
    if touched[k] then
      update account set balance_minutes = balances[k], held_out_minutes = helds[k], version = versions[k], recorded_until = untils[k]
       where bank_id = account_banks[k] and account_id = account_ids[k];
    end if;
  end loop;
  before := see_banks(before);
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
call allow_app_call('release_holds');
call allow_app_call('cap_members');
call allow_app_call('post_many');
