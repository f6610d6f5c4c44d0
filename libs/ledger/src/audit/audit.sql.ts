import { transferClasses, transferKinds } from '@timebank/contract';

const listed = (words: readonly string[]) => words.map((word) => `'${word}'`).join(', ');

/**
 * Checks a bank's ($1) rows that transactions from $2 on wrote; everything when $2 is 0. Each query sees one moment and answers the first bad row, in
 * a fixed order.
 */
export const rowQueries = {
  /** Minutes, sides, kind and class must fit together, whatever happened to the table's own checks. */
  malformed_transfer: `
    select transfer_id as id from transfer
     where bank_id = $1 and recorded_xid >= $2::xid8 and (minutes <= 0 or debit_account_id = credit_account_id
        or kind not in (${listed(transferKinds)}) or class not in (${listed(transferClasses)})
        or (kind = 'reversal') <> (reverses_id is not null)
        or case when kind = 'service' then class is null when kind in ('overflow', 'reversal') then false else class is not null end)
     order by recorded_at, transfer_id limit 1`,

  unknown_account: `
    select hold_id as id from hold
     where bank_id = $1 and recorded_xid >= $2::xid8
       and not exists (select from account where account.bank_id = $1 and account.account_id = hold.account_id)
     order by placed_at, hold_id limit 1`,

  /** Posted and released add up to the hold, and what was posted is a transfer from the held account. */
  wrong_hold_end: `
    select hold_end.hold_id as id from hold_end
      left join hold on hold.bank_id = $1 and hold.hold_id = hold_end.hold_id
      left join transfer on transfer.bank_id = $1 and transfer.transfer_id = hold_end.transfer_id
     where hold_end.bank_id = $1 and hold_end.recorded_xid >= $2::xid8
       and (hold.hold_id is null or hold_end.posted_minutes + hold_end.released_minutes <> hold.minutes
         or (hold_end.outcome = 'posted') <> (transfer.transfer_id is not null)
         or transfer.debit_account_id <> hold.account_id)
     order by hold_end.ended_at, hold_end.hold_id limit 1`,

  wrong_reversal: `
    select reversal.transfer_id as id from transfer reversal
      left join transfer original on original.bank_id = $1 and original.transfer_id = reversal.reverses_id
     where reversal.bank_id = $1 and reversal.recorded_xid >= $2::xid8 and reversal.kind = 'reversal'
       and (original.transfer_id is null or original.kind = 'reversal'
         or (reversal.debit_account_id, reversal.credit_account_id, reversal.minutes, reversal.class)
            is distinct from (original.credit_account_id, original.debit_account_id, original.minutes, original.class))
     order by reversal.recorded_at, reversal.transfer_id limit 1`,

  reversed_twice: `
    select one.transfer_id as id from transfer one
     where one.bank_id = $1 and one.recorded_xid >= $2::xid8 and one.reverses_id is not null
       and exists (select from transfer other where other.bank_id = $1 and other.reverses_id = one.reverses_id and other.transfer_id <> one.transfer_id)
     order by one.recorded_at, one.transfer_id limit 1`,

  /** Minutes overflow only when the volunteer's account was at its ceiling of that time; before limits had a history nobody knows. */
  wrong_overflow: `
    select overflow.transfer_id as id from transfer overflow
      join transfer main on main.bank_id = $1 and main.debit_account_id = overflow.debit_account_id
       and main.debit_version = overflow.debit_version - 1 and main.kind = 'service' and main.visit_id = overflow.visit_id
     where overflow.bank_id = $1 and overflow.recorded_xid >= $2::xid8 and overflow.kind = 'overflow'
       and exists (select from account_history opened where opened.bank_id = $1 and opened.account_id = main.credit_account_id
                    and opened.revision = 1 and opened.recorded_xid <= main.recorded_xid)
       and not exists (select from account_history history where history.bank_id = $1 and history.account_id = main.credit_account_id
                        and history.recorded_xid <= main.recorded_xid and history.ceiling_minutes = main.credit_balance_after)
     order by overflow.recorded_at, overflow.transfer_id limit 1`,

  refused_and_posted: `
    select transfer.transfer_id as id from refusal join transfer using (bank_id, transfer_id)
     where bank_id = $1 and greatest(refusal.recorded_xid, transfer.recorded_xid) >= $2::xid8
       and refusal.content_hash = posting_content(debit_account_id, credit_account_id, minutes, kind, class, visit_id, reverses_id, memo_code)
     order by transfer.recorded_at, transfer_id limit 1`,

  /** An account mirrors the newest row of its history. The history counts from 1, keeps kind and owner, and never reopens a closed account. */
  wrong_history: `
    with history as (
      select account_id, revision, kind, owner_id, floor_minutes, ceiling_minutes, closed, recorded_at,
             lag(revision) over told as revision_before, lag(closed) over told as closed_before,
             first_value(recorded_at) over told as opened_at, lead(revision) over told is null as is_newest,
             min(recorded_at) filter (where closed) over told as closed_at,
             (kind, owner_id) is distinct from (first_value(kind) over told, first_value(owner_id) over told) as has_changed
        from account_history
       where bank_id = $1 and ($2 = '0' or account_id in (select account_id from account_history where bank_id = $1 and recorded_xid >= $2::xid8))
      window told as (partition by account_id order by revision)
    )
    select coalesce(account.account_id, history.account_id) as id
      from (select * from account where bank_id = $1) account full join history on history.account_id = account.account_id
     where ($2 = '0' or history.account_id is not null)
       and (account.account_id is null or history.account_id is null
         or history.revision <> coalesce(history.revision_before, 0) + 1 or history.has_changed or (history.closed_before and not history.closed)
         or history.is_newest and ((account.kind, account.owner_id, account.floor_minutes, account.ceiling_minutes, account.revision)
              is distinct from (history.kind, history.owner_id, history.floor_minutes, history.ceiling_minutes, history.revision)
              or account.closed_at is distinct from history.closed_at or account.opened_at is distinct from history.opened_at))
     order by id limit 1`,
} as const;

/** What it finds by looking at every account of a bank ($1). */
export const accountQueries = {
  /** The account's newest entry is missing, or an account without entries is not as it was opened. */
  wrong_balance: `
    select account_id as id from account
     where bank_id = $1 and case version
       when 0 then balance_minutes is distinct from 0 or head_hash is not null or recorded_until is distinct from opened_at
        and not exists (select from ledger_clock_repair r where r.bank_id = $1 and r.repaired_at = recorded_until and r.repaired_at < opened_at)
       else not exists (select from transfer where bank_id = $1 and debit_account_id = account_id and debit_version = version)
        and not exists (select from transfer where bank_id = $1 and credit_account_id = account_id and credit_version = version) end
     order by account_id limit 1`,

  wrong_held_minutes: `
    with open as (
      select account_id, sum(minutes) as minutes from hold
       where bank_id = $1 and not exists (select from hold_end where hold_end.bank_id = $1 and hold_end.hold_id = hold.hold_id)
       group by account_id
    )
    select account.account_id as id from account left join open using (account_id)
     where account.bank_id = $1 and account.held_out_minutes is distinct from coalesce(open.minutes, 0)
     order by account.account_id limit 1`,

  /** Now, with what is held. */
  limit_broken: `
    select account_id as id from account
     where bank_id = $1
       and (balance_minutes - held_out_minutes < floor_minutes or balance_minutes > ceiling_minutes
         or (floor_minutes is null and kind not in ('issuance', 'clearing')) or (floor_minutes < 0 and kind <> 'clearing'))
     order by account_id limit 1`,

  /** The bank itself is the bad row when its accounts do not sum to zero. */
  sum_not_zero: 'select $1::uuid as id from account where bank_id = $1 having sum(balance_minutes) <> 0',
} as const;

export type RowFault = keyof typeof rowQueries | keyof typeof accountQueries;
