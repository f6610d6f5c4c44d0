-- Every entry extends its account's chain of hashes, limits have a history, accounts close, holds expire, and a posting may
-- have a second leg in another bank..

alter table transfer no force row level security;
alter table account no force row level security;
alter table hold no force row level security;
alter table hold_end no force row level security;
alter table refusal no force row level security;

-- What both sides of a transfer may know: every column but versions, balances and hashes, in Postgres's binary form of a record.
create function transfer_content(entry transfer) returns bytea
  language sql immutable parallel safe
  as $$
  select sha256(record_send(row(entry.bank_id, entry.transfer_id, entry.debit_account_id, entry.credit_account_id, entry.visit_id,
    entry.reverses_id, entry.actor_id, entry.effective_at, entry.recorded_at, entry.recorded_xid, entry.minutes, entry.kind, entry.class,
    entry.memo_code)))
  $$;

-- The next link of an account's chain, with its own version and balance; a chain begins with nothing. Proving one side of a
-- transfer so tells nothing about the other.
create function extend_chain(head bytea, content bytea, version bigint, balance_after bigint) returns bytea
  language sql immutable parallel safe
  as $$ select sha256(coalesce(head, ''::bytea) || content || int8send(version) || int8send(balance_after)) $$;
create aggregate chain_of (content bytea, version bigint, balance_after bigint) (sfunc = extend_chain, stype = bytea);

alter table transfer disable trigger append_only;
with content as materialized (
  select transfer.*, transfer_content(transfer) as content from transfer
), link as (
  select bank_id, transfer_id, account_id, chain_of(content, version, balance) over (partition by bank_id, account_id order by version) as hash
    from (
      select bank_id, transfer_id, debit_account_id as account_id, debit_version as version, debit_balance_after as balance, content from content
      union all
      select bank_id, transfer_id, credit_account_id, credit_version, credit_balance_after, content from content
    ) entry
)
update transfer set debit_hash = debit.hash, credit_hash = credit.hash
  from link debit, link credit
 where (debit.bank_id, debit.transfer_id, debit.account_id) = (transfer.bank_id, transfer.transfer_id, transfer.debit_account_id)
   and (credit.bank_id, credit.transfer_id, credit.account_id) = (transfer.bank_id, transfer.transfer_id, transfer.credit_account_id);
alter table transfer enable trigger append_only;

update account set head_hash = newest.hash
  from (
    select distinct on (bank_id, account_id) bank_id, account_id, hash from (
      select bank_id, debit_account_id as account_id, debit_version as version, debit_hash as hash from transfer union all
      select bank_id, credit_account_id, credit_version, credit_hash from transfer
    ) entry order by bank_id, account_id, version desc
  ) newest
 where account.bank_id = newest.bank_id and account.account_id = newest.account_id;

-- A CHECK is parsed anew for every statement that writes, and a foreign key queues a trigger for every row. What the one
-- function that writes has looked at already, and the audit looks at again, is not checked a third time here.
alter table transfer
  alter column debit_hash set not null,
  alter column credit_hash set not null,
  drop constraint transfer_bank_id_reverses_id_fkey,
  drop constraint transfer_kind_check,
  drop constraint transfer_class_check,
  drop constraint transfer_check,
  drop constraint transfer_check1,
  drop constraint transfer_check2;
-- The youngest of equal indexes is the planner's choice while a table is empty: this one is to be it.
alter table transfer drop constraint transfer_pkey, add primary key (bank_id, transfer_id);

alter table account
  add column closed_at timestamptz,
  add column revision integer not null default 1,
  drop constraint account_kind_check,
  drop constraint account_held_out_minutes_check,
  drop constraint account_floor,
  drop constraint account_ceiling,
  drop constraint account_below_zero,
  add constraint account_limits check (
    held_out_minutes >= 0
    and (floor_minutes is null or balance_minutes - held_out_minutes >= floor_minutes)
    and (ceiling_minutes is null or balance_minutes <= ceiling_minutes));

-- An account as it was opened and each time its limits changed or it closed; `account` mirrors the newest row.
create table account_history (
  bank_id uuid not null,
  account_id uuid not null,
  revision integer not null,
  kind text not null,
  owner_id uuid,
  floor_minutes bigint,
  ceiling_minutes bigint,
  closed boolean not null,
  recorded_at timestamptz not null,
  recorded_xid xid8 not null default pg_current_xact_id(),
  primary key (bank_id, account_id, revision),
  constraint account_kind check (kind in ('member', 'pool', 'honour', 'fund', 'issuance', 'clearing')),
  -- Only issuance (no floor) and clearing (a credit line) go below zero.
  constraint account_below_zero check (kind in ('issuance', 'clearing') or coalesce(floor_minutes, -1) >= 0)
);
insert into account_history (bank_id, account_id, revision, kind, owner_id, floor_minutes, ceiling_minutes, closed, recorded_at)
  select bank_id, account_id, revision, kind, owner_id, floor_minutes, ceiling_minutes, false, opened_at from account;
call isolate_by_bank('account_history');
call append_only('account_history');
call allow_app('select', 'account_history');

-- In which transaction a row was written: what a checkpoint seals, it finds by this.
alter table hold add column recorded_xid xid8 not null default pg_current_xact_id();
alter table hold_end add column recorded_xid xid8 not null default pg_current_xact_id();
alter table refusal add column recorded_xid xid8 not null default pg_current_xact_id();
create index hold_by_expiry on hold (bank_id, expires_at);

alter table transfer force row level security;
alter table account force row level security;
alter table hold force row level security;
alter table hold_end force row level security;
alter table refusal force row level security;

-- Writes down how accounts stand after a change of limits or a closing, already made on `account` with the next revision.
create function remember_accounts(bank uuid, account_ids uuid[], at timestamptz) returns void
  language sql
  as $$
  insert into account_history (bank_id, account_id, revision, kind, owner_id, floor_minutes, ceiling_minutes, closed, recorded_at)
    select a.bank_id, a.account_id, a.revision, a.kind, a.owner_id, a.floor_minutes, a.ceiling_minutes, a.closed_at is not null, at
      from account a where a.bank_id = bank and a.account_id = any (account_ids)
  $$;

create or replace function open_accounts(
  bank uuid, account_ids uuid[], kinds text[], owner_ids uuid[], floors bigint[], ceilings bigint[], at timestamptz
) returns bigint
  language plpgsql security definer
  set search_path = public, pg_temp
  as $$
declare
  before text := see_banks(array[bank]::text);
  opened uuid[];
  reused bigint;
begin
  with new_accounts as (
    insert into account (bank_id, account_id, kind, owner_id, floor_minutes, ceiling_minutes, recorded_until, opened_at)
      select bank, given.account_id, given.kind, given.owner_id, given.floor_minutes, given.ceiling_minutes, at, at
        from unnest(account_ids, kinds, owner_ids, floors, ceilings) as given (account_id, kind, owner_id, floor_minutes, ceiling_minutes)
       order by given.account_id
      on conflict (bank_id, account_id) do nothing
      returning account_id
  )
  select array_agg(account_id) into opened from new_accounts;
  perform remember_accounts(bank, opened, at);
  select count(*) into reused
    from unnest(account_ids, kinds, owner_ids) as given (account_id, kind, owner_id)
    join account a on a.bank_id = bank and a.account_id = given.account_id
   where (a.kind, a.owner_id) is distinct from (given.kind, given.owner_id);
  before := see_banks(before);
  return reused;
end $$;

drop function cap_members(uuid, bigint);
-- Gives every member's open account the savings cap in force. An account that holds more keeps what it has and takes in
-- nothing. Repeatable; returns how many accounts changed.
create function cap_members(bank uuid, cap bigint, at timestamptz) returns bigint
  language plpgsql security definer
  set search_path = public, pg_temp
  as $$
declare
  before text := see_banks(array[bank]::text);
  changed uuid[];
begin
  with locked as (
    select a.account_id, greatest(cap, a.balance_minutes) as ceiling from account a
     where a.bank_id = bank and a.kind = 'member' and a.closed_at is null
       and a.ceiling_minutes is distinct from greatest(cap, a.balance_minutes)
     order by a.account_id for no key update
  ), capped as (
    update account a set ceiling_minutes = locked.ceiling, revision = a.revision + 1
      from locked where a.bank_id = bank and a.account_id = locked.account_id
      returning a.account_id
  )
  select array_agg(account_id) into changed from capped;
  perform remember_accounts(bank, changed, at);
  perform see_banks(before);
  return coalesce(cardinality(changed), 0);
end $$;

-- Sets an account's floor and ceiling, which must leave room for what is on it. Repeatable. Returns a refusal's code, or null.
create function set_limits(
  bank uuid, account uuid, new_floor bigint, new_ceiling bigint, at timestamptz, out code text, out parameters jsonb
) language plpgsql security definer
  set search_path = public, pg_temp
  as $$
declare
  before text := see_banks(array[bank]::text);
  stands account;
begin
  parameters := '{}';
  select * into stands from account a where a.bank_id = bank and a.account_id = account for no key update;
  if not found then
    code := 'ledger/account_not_found';
  elsif stands.closed_at is not null then
    code := 'ledger/account_closed';
  elsif stands.balance_minutes - stands.held_out_minutes < new_floor or stands.balance_minutes > new_ceiling then
    code := 'ledger/limit_passed';
    parameters := jsonb_build_object('balanceMinutes', stands.balance_minutes, 'heldMinutes', stands.held_out_minutes);
  elsif (stands.floor_minutes, stands.ceiling_minutes) is distinct from (new_floor, new_ceiling) then
    update account a set floor_minutes = new_floor, ceiling_minutes = new_ceiling, revision = a.revision + 1
     where a.bank_id = bank and a.account_id = account;
    perform remember_accounts(bank, array[account], at);
  end if;
  before := see_banks(before);
end $$;

-- Closes an empty account for good. Repeatable. Returns a refusal's code, or null.
create function close_account(bank uuid, account uuid, at timestamptz, out code text, out parameters jsonb)
  language plpgsql security definer
  set search_path = public, pg_temp
  as $$
declare
  before text := see_banks(array[bank]::text);
  stands account;
begin
  parameters := '{}';
  select * into stands from account a where a.bank_id = bank and a.account_id = account for no key update;
  if not found then
    code := 'ledger/account_not_found';
  elsif stands.balance_minutes <> 0 or stands.held_out_minutes <> 0 then
    code := 'ledger/account_not_empty';
    parameters := jsonb_build_object('balanceMinutes', stands.balance_minutes, 'heldMinutes', stands.held_out_minutes);
  elsif stands.closed_at is null then
    update account a set closed_at = at, revision = a.revision + 1 where a.bank_id = bank and a.account_id = account;
    perform remember_accounts(bank, array[account], at);
  end if;
  before := see_banks(before);
end $$;

create or replace function place_hold(
  bank uuid, hold uuid, account uuid, amount integer, expires timestamptz, at timestamptz, out code text, out parameters jsonb
) language plpgsql security definer
  set search_path = public, pg_temp
  as $$
declare
  before text := see_banks(array[bank]::text);
  free bigint;
  closed boolean;
  placed hold;
begin
  parameters := '{}';
  <<placing>>
  begin
    select a.balance_minutes - a.held_out_minutes - a.floor_minutes, a.closed_at is not null into free, closed
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
    if closed then
      code := 'ledger/account_closed';
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

-- Ends open holds without a posting and frees their minutes; the accounts are locked already.
create function end_holds(bank uuid, holds uuid[], how text, at timestamptz) returns bigint
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

create or replace function release_holds(bank uuid, holds uuid[], at timestamptz, out code text)
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
    perform end_holds(bank, holds, 'released', at);
  end if;
  before := see_banks(before);
end $$;

-- Ends what has run out and was not ended before; looks at holds that ran out after `since`. Returns how many it ended.
create function expire_holds(bank uuid, since timestamptz, at timestamptz) returns bigint
  language plpgsql security definer
  set search_path = public, pg_temp
  as $$
declare
  before text := see_banks(array[bank]::text);
  due uuid[];
  ended bigint := 0;
begin
  due := array(
    select h.hold_id from hold h
     where h.bank_id = bank and h.expires_at <= at and (since is null or h.expires_at > since)
       and not exists (select from hold_end e where e.bank_id = bank and e.hold_id = h.hold_id));
  if cardinality(due) > 0 then
    perform from account a
      where a.bank_id = bank and a.account_id in (select h.account_id from hold h where h.bank_id = bank and h.hold_id = any (due))
      order by a.account_id for no key update;
    ended := end_holds(bank, due, 'expired', at);
  end if;
  before := see_banks(before);
  return ended;
end $$;

drop function post_many;
-- One leg of a posting. The accounts are named by their place in the list given beside it. The first leg says how many legs
-- there are; a further leg follows it, says none, and moves minutes in another bank.
create type leg as (
  legs integer, bank_id uuid, transfer_id uuid, debit integer, credit integer, minutes integer, kind text, class text, visit_id uuid,
  reverses_id uuid, memo_code text, actor_id uuid, effective_at timestamptz, hold_id uuid,
  overflow integer, overflow_id uuid, cover integer, cover_id uuid, cover_limit bigint
);
-- A row about to be written.
create type movement as (bank_id uuid, transfer_id uuid, debit integer, credit integer, minutes integer, kind text, class text, reverses_id uuid);

-- The one door to write. Locks all accounts once, in id order, then takes the postings one after the other: each is posted with
-- all its legs, repeated (its id stands here with the same content) or refused, and none of them fails its neighbours. What is
-- to be written is gathered and written at the end, by one statement a table.
-- The caller lists the accounts in id order, each once, and every transfer id once. Plans are kept, and the same whether the tables are
-- empty or full, counted or not: rows are sought one by one through their keys.
create function post_many(at timestamptz, account_banks uuid[], account_ids uuid[], legs leg[])
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
  xid xid8 := pg_current_xact_id();
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

call allow_app_call('cap_members');
call allow_app_call('set_limits');
call allow_app_call('close_account');
call allow_app_call('expire_holds');
call allow_app_call('post_many');
revoke all on function remember_accounts, end_holds from public;
