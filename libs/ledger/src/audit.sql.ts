/** What the audit of a bank ($1) can find. Each query sees one moment and answers the first bad row, in a settled order. */
const entries = `
  entry as (
    select debit_account_id as account_id, debit_version as version, -minutes as minutes, debit_balance_after as balance_after, recorded_at, transfer_id
      from transfer where bank_id = $1
    union all
    select credit_account_id, credit_version, minutes, credit_balance_after, recorded_at, transfer_id from transfer where bank_id = $1
  )`;

export const auditQueries = {
  /** Minutes, sides, kind and class must go together, whatever became of the table's own checks. */
  malformed_transfer: `
    select transfer_id as id from transfer
     where bank_id = $1 and (minutes <= 0 or debit_account_id = credit_account_id
        or (kind = 'reversal') <> (reverses_id is not null)
        or case when kind = 'service' then class is null when kind in ('overflow', 'reversal') then false else class is not null end)
     order by recorded_at, transfer_id limit 1`,

  unknown_account: `
    with ${entries}
    select id from (
      select transfer_id as id, account_id, recorded_at as at from entry union all
      select hold_id, account_id, placed_at from hold where bank_id = $1
    ) named
     where not exists (select from account where account.bank_id = $1 and account.account_id = named.account_id)
     order by at, id limit 1`,

  /** Versions count 1, 2, 3 …: a removed transfer leaves a gap. */
  missing_version: `
    with ${entries}, counted as (select entry.*, row_number() over (partition by account_id order by version) as ordinal from entry)
    select transfer_id as id from counted where version <> ordinal order by recorded_at, account_id, version limit 1`,

  wrong_running_balance: `
    with ${entries}, summed as (select entry.*, sum(minutes) over (partition by account_id order by version) as balance from entry)
    select transfer_id as id from summed where balance_after <> balance order by recorded_at, account_id, version limit 1`,

  recorded_out_of_order: `
    with ${entries}, ordered as (select entry.*, lag(recorded_at) over (partition by account_id order by version) as before from entry)
    select transfer_id as id from ordered where recorded_at < before order by recorded_at, account_id, version limit 1`,

  /** The account's own figures against all its entries: finds a changed balance and a removed last transfer. */
  wrong_balance: `
    with ${entries}, total as (select account_id, sum(minutes) as minutes, count(*) as entries, max(recorded_at) as until from entry group by account_id)
    select account.account_id as id from account left join total using (account_id)
     where account.bank_id = $1
       and (account.balance_minutes <> coalesce(total.minutes, 0) or account.version <> coalesce(total.entries, 0) or account.recorded_until < total.until)
     order by account.account_id limit 1`,

  wrong_held_minutes: `
    with open as (
      select account_id, sum(minutes) as minutes from hold
       where bank_id = $1 and not exists (select from hold_end where hold_end.bank_id = $1 and hold_end.hold_id = hold.hold_id)
       group by account_id
    )
    select account.account_id as id from account left join open using (account_id)
     where account.bank_id = $1 and account.held_out_minutes <> coalesce(open.minutes, 0)
     order by account.account_id limit 1`,

  /** Posted and released make up the hold, and what was posted stands as a transfer from the held account. */
  wrong_hold_end: `
    select hold_end.hold_id as id from hold_end
      left join hold on hold.bank_id = $1 and hold.hold_id = hold_end.hold_id
      left join transfer on transfer.bank_id = $1 and transfer.transfer_id = hold_end.transfer_id
     where hold_end.bank_id = $1
       and (hold.hold_id is null or hold_end.posted_minutes + hold_end.released_minutes <> hold.minutes
         or (hold_end.outcome = 'posted') <> (transfer.transfer_id is not null)
         or transfer.debit_account_id <> hold.account_id)
     order by hold_end.ended_at, hold_end.hold_id limit 1`,

  /** Now, with what is held, and after any single entry: no account went through its floor or its ceiling. */
  limit_broken: `
    with ${entries}
    select account.account_id as id from account
     where account.bank_id = $1
       and (account.balance_minutes - account.held_out_minutes < account.floor_minutes or account.balance_minutes > account.ceiling_minutes
         or (account.floor_minutes is null and account.kind not in ('issuance', 'clearing'))
         or (account.floor_minutes < 0 and account.kind <> 'clearing')
         or exists (select from entry where entry.account_id = account.account_id
                     and (entry.balance_after < account.floor_minutes or entry.balance_after > account.ceiling_minutes)))
     order by account.account_id limit 1`,

  wrong_reversal: `
    select reversal.transfer_id as id from transfer reversal
      left join transfer original on original.bank_id = $1 and original.transfer_id = reversal.reverses_id
     where reversal.bank_id = $1 and reversal.kind = 'reversal'
       and (original.transfer_id is null or original.kind = 'reversal'
         or (reversal.debit_account_id, reversal.credit_account_id, reversal.minutes, reversal.class)
            is distinct from (original.credit_account_id, original.debit_account_id, original.minutes, original.class))
     order by reversal.recorded_at, reversal.transfer_id limit 1`,

  reversed_twice: `
    select min(transfer_id::text)::uuid as id from transfer where bank_id = $1 and reverses_id is not null
     group by reverses_id having count(*) > 1 order by min(recorded_at), reverses_id limit 1`,

  /** Minutes overflow only once the volunteer's account stands at its ceiling. */
  wrong_overflow: `
    select overflow.transfer_id as id from transfer overflow
      join transfer main on main.bank_id = $1 and main.debit_account_id = overflow.debit_account_id
       and main.debit_version = overflow.debit_version - 1 and main.kind = 'service' and main.visit_id = overflow.visit_id
      join account on account.bank_id = $1 and account.account_id = main.credit_account_id
     where overflow.bank_id = $1 and overflow.kind = 'overflow' and main.credit_balance_after is distinct from account.ceiling_minutes
     order by overflow.recorded_at, overflow.transfer_id limit 1`,

  /** The bank itself is the bad row when its accounts do not sum to zero. */
  sum_not_zero: 'select $1::uuid as id from account where bank_id = $1 having sum(balance_minutes) <> 0',

  refused_and_posted: `
    select transfer.transfer_id as id from transfer join refusal using (bank_id, transfer_id)
     where bank_id = $1 and refusal.content_hash = posting_content(debit_account_id, credit_account_id, minutes, kind, class, visit_id, reverses_id, memo_code)
     order by transfer.recorded_at, transfer_id limit 1`,
} as const;
