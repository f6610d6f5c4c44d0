import { accountQueries, rowQueries } from './audit.sql';
import { recordedInTruth } from '../recorded-in-truth.sql';

/** Rows that somebody wrote since transaction $2: Postgres records who wrote a row last, even where nothing of ours does. */
const touched = (row: string) =>
  `age(${row}.xmin) <= pg_snapshot_xmax(pg_current_snapshot())::text::bigint - ($2::text::bigint - transaction_offset()) + 1`;

const open = (which: string) => `
  select account_id, sum(minutes) as minutes from hold
   where bank_id = $1 and ${which} and not exists (select from hold_end where hold_end.bank_id = $1 and hold_end.hold_id = hold.hold_id)
   group by account_id`;

const alone = { ...rowQueries, ...accountQueries };

/**
 * Checks every account of a bank ($1), also those without new postings: what postings write, and what somebody else wrote around the one door. It
 * takes moments at any size, so it compares balances with entries only where the account was written since transaction $2.
 */
const newestAccountQueries = {
  wrong_balance: `
    select account.account_id as id from account
      left join lateral (
        select debit_balance_after as balance, ${recordedInTruth('recorded_at', 'transfer.recorded_xid')} as recorded_at, debit_hash as hash from transfer
         where bank_id = $1 and debit_account_id = account.account_id and debit_version = account.version
        union all
        select credit_balance_after, ${recordedInTruth('recorded_at', 'transfer.recorded_xid')}, credit_hash from transfer
         where bank_id = $1 and credit_account_id = account.account_id and credit_version = account.version
      ) newest on true
     where account.bank_id = $1 and ${touched('account')}
       and (balance_minutes, head_hash) is distinct from (coalesce(newest.balance, 0), newest.hash)
        or account.bank_id = $1 and ${touched('account')} and recorded_until is distinct from coalesce(newest.recorded_at, account.opened_at)
           and not exists (select from ledger_clock_repair r where r.bank_id = $1 and r.repaired_at = recorded_until and account.version = 0)
     order by id limit 1`,

  /** While the jobs run, no hold that ended long ago is still open ($3 is now); an account that seems wrong is checked in full. */
  wrong_held_minutes: `
    with lately as (${open(`expires_at >= $3::timestamptz - interval '2 days'`)}), odd as materialized (
      select account.account_id, account.held_out_minutes from account left join lately using (account_id)
       where account.bank_id = $1 and account.held_out_minutes is distinct from coalesce(lately.minutes, 0)
    )
    select odd.account_id as id
      from odd left join (${open('account_id in (select account_id from odd)')}) ever using (account_id)
     where odd.held_out_minutes is distinct from coalesce(ever.minutes, 0)
     order by id limit 1`,

  limit_broken: alone.limit_broken,
  sum_not_zero: alone.sum_not_zero,
  wrong_history: alone.wrong_history.replaceAll('$2', `'0'`),
} as const;

const together = (queries: Record<string, string>) =>
  Object.entries(queries)
    .map(([fault, sql]) => `select '${fault}' as fault, found.id from (${sql}) found`)
    .join('\nunion all\n');

/** All queries at once: one round trip instead of one for each kind of fault. */
export const newRowsSql = together(rowQueries);
export const everyAccountSql = together(newestAccountQueries);
