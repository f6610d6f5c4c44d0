import type { ProbeName } from './mutant-probes';

export type Mutant = {
  /** What is taken away. */
  of: string;
  caughtBy: ProbeName;
  /** In the source of a function as the migrated database has it: every `from` stands there exactly once. */
  edit?: { routine: string; from: string; to: string };
  sql?: string;
  /** Methods that the unit of work has instead of its own, in one database's rooms. */
  unit?: Record<string, (this: OpenUnit, ...given: never[]) => unknown>;
};
/** What a mutant of the unit of work leans on. */
type OpenUnit = { query(sql: string, values: readonly unknown[]): Promise<object[]> };

const postMany = (of: string, caughtBy: ProbeName, from: string, to: string): Mutant => ({
  of,
  caughtBy,
  edit: { routine: 'post_many', from, to },
});
const postPlain = (of: string, from: string, to: string): Mutant => ({ of, caughtBy: 'plain', edit: { routine: 'post_plain', from, to } });
const routine = (of: string, caughtBy: ProbeName, name: string, from: string, to: string): Mutant => ({
  of,
  caughtBy,
  edit: { routine: name, from, to },
});
const schema = (of: string, sql: string): Mutant => ({ of, caughtBy: 'walls', sql });

/** Locks taken in any order before they are taken in the right one. */
const locksInAnyOrder = `
  perform from (select * from unnest(account_banks, account_ids) as given (of_bank, id) order by random()) given
    cross join lateral (select from account where account.bank_id = given.of_bank and account.account_id = given.id for no key update) locked;
  select array_agg(locked.balance_minutes), array_agg(locked.held_out_minutes)`;

/** The ledger with one thing taken away, over and over; each must be noticed by the probe it names. */
export const mutants: readonly Mutant[] = [
  postMany(
    'the order of the locks',
    'deadlocks',
    '\n  select array_agg(locked.balance_minutes), array_agg(locked.held_out_minutes)',
    locksInAnyOrder,
  ),
  postMany('the lock', 'crossing', 'given.account_id for no key update', 'given.account_id'),
  postMany('the id check', 'storm', 'elsif code is null and leg.stored is not null then', 'elsif false then'),
  postMany('the memory of refusals', 'storm', 'if leg.refused is not null and leg.stored is null then', 'if false then'),
  routine('the class in what an id stands for', 'storm', 'answer_again', 'stored.class is distinct from asked_class', 'false'),
  postMany('the floor', 'walk', 'if spendable < leg.minutes then', 'if false then'),
  postMany('the ceiling', 'walk', 'elsif room < leg.minutes then', 'elsif false then'),
  postMany('the issue limit', 'walk', '-balances[leg.cover] + drawn > leg.cover_limit or', ''),
  postMany('the closed account', 'walk', 'elsif closed[debit] or closed[credit] then', 'elsif false then'),
  postMany('the closed account of an overflow', 'closed', 'elsif closed[leg.overflow] then', 'elsif false then'),
  routine(
    'one reversal an original',
    'reversals',
    'find_reversed',
    'elsif original_id = any (reversed) or exists',
    'elsif false and exists',
  ),
  routine(
    'the exact opposite in a reversal',
    'reversals',
    'find_reversed',
    ' is distinct from (debit_id, credit_id, amount) then',
    ' is null then',
  ),
  postMany('the overflow in a reversal', 'reversals', 'spilled := reversal.overflow_minutes;', 'spilled := 0;'),
  postMany('the end of a hold', 'walk', `elsif held.outcome in ('posted', 'released') or`, 'elsif false and'),
  postMany('the freeing of a hold', 'holds', 'set_aside[debit] := set_aside[debit] - freed;', ''),
  postMany(
    'neither leg without the other',
    'walk',
    `if code is not null then\n      outcome := 'refused'`,
    `if code is not null and movements = '{}' then\n      outcome := 'refused'`,
  ),
  postMany('the further leg that stands alone', 'legs', '(leg.stored is not null) <> (outcome is not null)', 'false'),
  postMany("the debit chain's link", 'walk', 'extend_chain(heads[debit],', 'extend_chain(null,'),
  postMany("the credit chain's link", 'walk', 'extend_chain(heads[credit],', 'extend_chain(null,'),
  postMany('the head of the chain', 'walk', 'head_hash = now.head', 'head_hash = account.head_hash'),
  postMany('the count of versions', 'walk', 'versions[debit] := versions[debit] + 1;', ''),
  postMany('the order of recording', 'clock', 'untils[debit] := greatest(at, untils[debit], untils[credit]);', 'untils[debit] := at;'),
  postMany(
    'the clock that lags',
    'clock',
    `elsif at < greatest(untils[debit], untils[credit]) - interval '1 hour' then`,
    'elsif false then',
  ),
  postPlain('the lock of plain postings', ' for no key update', ''),
  postPlain('what plain postings may give', 'coalesce(spendable[given.debit] + coalesce(hold.minutes, 0) >= given.minutes, true)', 'true'),
  postPlain('what plain postings may take in', 'coalesce(rooms[given.credit] >= given.minutes, true)', 'true'),
  postPlain('the account of its own', 'count(*) = count(distinct side.account)', 'true'),
  postPlain('the closed account of plain postings', 'case when l.closed_at is null then l.recorded_until end', 'l.recorded_until'),
  postPlain('the order of recording of who gives', 'at >= untils[given.debit] and', 'untils[given.debit] is not null and'),
  postPlain('the order of recording of who takes', 'at >= untils[given.credit]', 'untils[given.credit] is not null'),
  postPlain('the reversal among plain postings', `given.kind <> 'reversal' and given.reverses_id is null`, 'true'),
  postPlain('whose hold it is', 'hold.account_id = account_ids[given.debit] and', ''),
  postPlain('the hold that ended', 'and hold_end.hold_id is null', ''),
  postPlain('the freeing of plain holds', 'account.held_out_minutes - side.freed', 'account.held_out_minutes'),
  postPlain('the ends of plain holds', 'if on_holds then', 'if false then'),
  postPlain('the refusal of a plain id', 'refusal.transfer_id is null and', ''),
  postPlain('the id check of plain postings', 'and stored.transfer_id is null', ''),
  postPlain("the plain debit chain's link", 'extend_chain(heads[debit],', 'extend_chain(null,'),
  postPlain("the plain credit chain's link", 'extend_chain(heads[credit],', 'extend_chain(null,'),
  routine('the lock of a hold', 'holds', 'place_hold', 'for no key update', ''),
  routine('the free minutes of a hold', 'holds', 'place_hold', 'if free < amount then', 'if false then'),
  routine('the posted hold in a release', 'holds', 'release_holds', `e.outcome = 'posted'`, 'false'),
  routine('the day a hold runs out', 'holds', 'expire_holds', 'h.expires_at <= at', 'true'),
  routine('what is on an account in new limits', 'walls', 'set_limits', 'stands.balance_minutes > new_ceiling', 'false'),
  routine('the history of limits', 'walk', 'set_limits', 'perform remember_accounts(bank, array[account], at);', ''),
  routine('what is on an account that closes', 'walk', 'close_account', 'stands.balance_minutes <> 0 or', ''),
  schema('the CHECK of limits', 'alter table account drop constraint account_limits'),
  schema('the CHECK of who goes below zero', 'alter table account_history drop constraint account_below_zero'),
  schema('the missing grant', 'grant insert, update, delete on transfer to public'),
  schema('the append-only trigger', 'drop trigger append_only on transfer'),
  schema('the trigger that keeps accounts', 'drop trigger never_removed on account'),
  schema('row security', 'alter table transfer disable row level security'),
  { of: 'the trail of one table', caughtBy: 'trail', sql: 'drop trigger trail_of_updates on person' },
  routine('who did it', 'trail', 'lay_trail', `(who ->> 'actor')::uuid`, 'null::uuid'),
  {
    of: 'what a trail says of a row',
    caughtBy: 'trail',
    sql: 'create or replace function trail_hash(salt bytea, state text) returns bytea language sql immutable return sha256(salt)',
  },
  routine(
    'the salt of a change',
    'trail',
    'trail_of_person',
    `state), '') as states, case when count(change) > 0 then string_agg(sha256(substr(salt, 17) || `,
    `state), '') as states, case when count(change) > 0 then string_agg(sha256(`,
  ),
  schema('row security for the owner', 'alter table transfer no force row level security'),
  { of: 'the end of a unit of work', caughtBy: 'units', unit: { end: async () => undefined } },
  { of: 'the waiting for every branch', caughtBy: 'units', unit: { together: (...parts) => Promise.all(parts) } },
  {
    of: 'the look for a repeat',
    caughtBy: 'units',
    unit: {
      async one(sql: string, values: readonly unknown[]) {
        return sql.startsWith('select content_hash') ? null : ((await this.query(sql, values))[0] ?? null);
      },
    },
  },
];
