import { recordedInTruth } from '../recorded-in-truth.sql';
import { contentSql } from '../sealing/sealed-rows.sql';

/**
 * What is wrong with an entry, given the one before it on its account (`version_before` …), the account, and all limits that the account ever had.
 */
const faults = {
  unknown_account: 'found_account is null',
  missing_version: 'version <> coalesce(version_before, 0) + 1',
  wrong_running_balance: 'balance_after is distinct from coalesce(balance_before, 0) + change',
  recorded_out_of_order: `recorded_at < recorded_before and recorded_at < ${recordedInTruth('recorded_before', 'xid_before')}`,
  wrong_hash: `hash is distinct from sha256(coalesce(hash_before, ''::bytea) || content || int8send(version) || int8send(balance_after))`,
  limit_broken: 'recorded_xid >= known_since and (balance_after < least_floor or balance_after > most_ceiling)',
  wrong_balance: `version > account_version or version = account_version and (balance_after is distinct from account_balance
    or recorded_at is distinct from account_until and ${recordedInTruth('recorded_at', 'entry.recorded_xid')} is distinct from account_until)`,
  wrong_head: 'version = account_version and hash is distinct from account_head',
} as const;
export type EntryFault = keyof typeof faults;

/** Here the bad row is the account. */
const ofAccount = new Set<string>(['limit_broken', 'wrong_balance', 'wrong_head']);
const idOf = (fault: string) => (ofAccount.has(fault) ? 'account_id' : 'transfer_id');

/** Every transfer from both its sides, with its content hashed once. */
const sides = (where: string) => `
  select t.transfer_id, t.recorded_at, t.recorded_xid, t.content, side.*
    from (select transfer.*, ${contentSql('transfer')} as content from transfer where bank_id = $1 ${where} offset 0) t
   cross join lateral (values
     (debit_account_id, debit_version, debit_balance_after, -minutes, debit_hash),
     (credit_account_id, credit_version, credit_balance_after, minutes, credit_hash)) side (account_id, version, balance_after, change, hash)`;

/** Accounts with the loosest limits they ever had, and since which transaction these are known; all of them, or those that a condition names. */
const accounts = (which = '') => `
  select account.account_id as found_account, account.version as account_version, account.balance_minutes as account_balance,
         account.recorded_until as account_until, account.head_hash as account_head, limits.*
    from account
    left join (
      select account_id as limits_account, min(recorded_xid) as known_since,
             case when bool_and(floor_minutes is not null) then min(floor_minutes) end as least_floor,
             case when bool_and(ceiling_minutes is not null) then max(ceiling_minutes) end as most_ceiling
        from account_history history where bank_id = $1 ${which.replace('account.', 'history.')} group by account_id
    ) limits on limits_account = account_id
   where account.bank_id = $1 ${which}`;

const inPart = (account: string) => `get_byte(uuid_send(${account}), 15) % $3 = $2`;

const firstOfEach = (entries: string) => `
  select distinct on (fault) fault, id from (
    select named.fault, named.id, recorded_at, account_id, version from (${entries}) entry
      cross join lateral (values ${Object.entries(faults)
        .map(([fault, isBad]) => `('${fault}', ${idOf(fault)}, ${isBad})`)
        .join(', ')}) named (fault, id, is_bad)
     where (${Object.values(faults).join(' or ')}) and named.is_bad
  ) bad order by fault, recorded_at, account_id, version`;

/**
 * All entries of bank $1 on the accounts of part $2 of $3, in one pass: each against the one before it and against its account.
 * Answers the first bad row of each kind of fault.
 */
export const allEntriesSql = firstOfEach(`
  select linked.*, known.* from (
    select entry.*, lag(version) over chain as version_before, lag(balance_after) over chain as balance_before,
           lag(hash) over chain as hash_before, lag(recorded_at) over chain as recorded_before, lag(recorded_xid) over chain as xid_before
      from (${sides(`and ($3 = 1 or ${inPart('debit_account_id')} or ${inPart('credit_account_id')})`)} where $3 = 1 or ${inPart('account_id')}) entry
    window chain as (partition by account_id order by version)
  ) linked left join (${accounts()}) known on found_account = account_id`);

/** The same of what transactions from $2 on wrote, by seeking the entry before each. */
export const newEntriesSql = firstOfEach(`
  select entry.*, before.*, known.* from (${sides('and recorded_xid >= $2::xid8')}) entry
    left join lateral (
      select debit_version as version_before, debit_balance_after as balance_before, debit_hash as hash_before, recorded_at as recorded_before, recorded_xid as xid_before
        from transfer where bank_id = $1 and debit_account_id = entry.account_id and debit_version = entry.version - 1
      union all
      select credit_version, credit_balance_after, credit_hash, recorded_at, recorded_xid
        from transfer where bank_id = $1 and credit_account_id = entry.account_id and credit_version = entry.version - 1
    ) before on true
    left join lateral (${accounts('and account.account_id = entry.account_id')}) known on true`);
