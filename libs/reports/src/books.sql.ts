/**
 * Compares the rows of other rooms in a bank ($1) with the ledger: decided visits, approvals, members, banks. Each query sees one moment and answers
 * the first bad row, in a fixed order. $2 is the transaction from which on it looks at entries, 0 for all; $3 stands in the ledger where a rule
 * decided and no person did.
 */

/** What paid for the bank's own visits. At home a guest is paid from a clearing account, for a visit of the other bank. */
const entries = `
  select t.* from transfer t
   where t.bank_id = $1 and t.recorded_xid >= $2::xid8 and t.kind in ('service', 'overflow')
     and not exists (select from account c where c.bank_id = $1 and c.kind = 'clearing' and c.account_id = t.debit_account_id)`;

const paid = `select visit_id, sum(minutes) as minutes from (${entries}) entry group by visit_id`;

/** Who paid whom, as what and by whose decision, must be what the visit and its approval say. */
const wrongVisitEntry = `
  select e.transfer_id as id from (${entries}) e
    join bank b on b.bank_id = $1
    join visit v on v.bank_id = $1 and v.visit_id = e.visit_id
    left join member c on c.bank_id = $1 and c.member_id = v.client_id
    left join member w on w.bank_id = $1 and w.member_id = v.volunteer_id
    left join account k on k.bank_id = $1 and k.kind = 'clearing' and k.owner_id = v.volunteer_home_bank_id
    left join approval a on a.bank_id = $1 and a.approval_id = v.approval_id
   where e.debit_account_id is distinct from
           case v.payer when 'pool' then b.pool_account_id when 'fund' then b.fund_account_id else c.account_id end
      or case when e.kind = 'overflow' then v.volunteer_home_bank_id is not null or e.credit_account_id not in (b.pool_account_id, b.honour_account_id)
              when v.volunteer_home_bank_id is null then e.credit_account_id is distinct from w.account_id
              else e.credit_account_id is distinct from k.account_id end
      or (e.kind = 'service' and e.transfer_id is distinct from v.transfer_id)
      or e.class is distinct from v.class
      or e.actor_id is distinct from a.actor_id
   order by e.recorded_at, e.transfer_id limit 1`;

const told = (which = '') => `
  select a.approval_id, a.actor_id, a.decision, a.reason_code, a.decided_at, result."visitId" as visit_id, result.outcome, result."transferId" as transfer_id
    from approval a cross join lateral jsonb_to_recordset(a.results) as result ("visitId" uuid, outcome text, "transferId" uuid)
   where a.bank_id = $1 and result.outcome in ('approved', 'rejected') ${which}`;

/** A decided visit against its approval. */
const decidedOtherwise = `
  v.visit_id is null or told.visit_id is null or v.state <> told.outcome or v.transfer_id is distinct from told.transfer_id
  or told.decision <> case told.outcome when 'approved' then 'approve' else 'reject' end
  or v.decided_at is distinct from told.decided_at or v.decision_reason_code is distinct from told.reason_code
  or case when v.decided_rule is null then v.decided_by is distinct from told.actor_id
          else v.decided_by is not null or told.actor_id is distinct from $3::uuid end`;

const decisions = (visits: string, approvals: string) => `
  select coalesce(v.visit_id, told.visit_id) as id
    from (select * from visit where bank_id = $1 and (state in ('approved', 'rejected') or approval_id is not null) ${visits}) v
    full join (${approvals}) told on told.visit_id = v.visit_id and told.approval_id = v.approval_id
   where ${decidedOtherwise}
   order by id limit 1`;

/** The hold has the visit's id, is on the account of its client or whoever else pays for it, and ends when the visit is decided or cancelled. */
const wrongVisitHold = `
  select h.hold_id as id from hold h
    left join hold_end e on e.bank_id = $1 and e.hold_id = h.hold_id
    left join visit v on v.bank_id = $1 and v.visit_id = h.hold_id
    left join member c on c.bank_id = $1 and c.member_id = v.client_id
   where h.bank_id = $1 and h.recorded_xid >= $2::xid8
     and (h.account_id is distinct from coalesce(v.payer_account_id, c.account_id) or h.minutes > v.planned_minutes
       or (e.hold_id is null and v.state in ('approved', 'rejected', 'cancelled', 'no_show'))
       or (e.outcome = 'posted' and (v.state <> 'approved' or e.transfer_id is distinct from v.transfer_id)))
   order by id limit 1`;

/**
 * A visit's plan equals its request, which does not change while it is taken; its hold has its id; its volunteer's home is the recorded one; and an
 * undecided visit has no trace of a decision.
 */
const wrongVisit = `
  select v.visit_id as id from visit v
    left join request r on r.bank_id = $1 and r.request_id = v.request_id
    left join helper w on w.bank_id = $1 and w.member_id = v.volunteer_id
   where v.bank_id = $1
     and ((v.client_id, v.service_kind) is distinct from (r.client_id, r.service_kind)
       or (v.state not in ('cancelled', 'no_show')
         and (v.planned_start, v.planned_end, v.planned_minutes) is distinct from (r.starts_at, r.ends_at, r.minutes))
       or v.hold_id <> v.visit_id or w.member_id is null or w.home_bank_id is distinct from v.volunteer_home_bank_id
       or (v.state not in ('approved', 'rejected')
         and num_nonnulls(v.approval_id, v.decided_by, v.decided_at, v.decided_rule, v.decision_reason_code) > 0)
       or (v.state <> 'approved' and v.transfer_id is not null) or (v.transfer_id is null and v.payer is not null)
       or (v.state = 'cancelled') <> (v.cancelled_at is not null) or (v.cancelled_at is null) <> (v.cancelled_by is null))
   order by id limit 1`;

/** Minutes that staff moved, and members' own reasons, against the ledger's entry of the same id. */
const wrongHandTransfer = `
  select h.transfer_id as id from hand_transfer h left join transfer t on t.bank_id = $1 and t.transfer_id = h.transfer_id
   where h.bank_id = $1 and ($2 = '0' or t.recorded_xid >= $2::xid8)
     and (t.kind, t.minutes, t.credit_account_id, t.actor_id, t.memo_code, t.effective_at)
         is distinct from (h.kind, h.minutes, h.account_id, h.done_by, h.reason_code, h.done_at)
   order by id limit 1`;

/** Members and their accounts name each other; a person carries the id of the member that they were registered as. */
const wrongOwner = `
  select coalesce(m.member_id, a.owner_id) as id
    from (select * from member where bank_id = $1) m
    full join (select * from account where bank_id = $1 and kind = 'member') a on a.owner_id = m.member_id
   where a.account_id is distinct from m.account_id or m.person_id is distinct from m.member_id
   order by id limit 1`;

/** The bank names its own four accounts, and there are no others of their kind. */
const wrongBankAccount = `
  select coalesce(own.account_id, a.account_id) as id
    from (select named.* from bank cross join lateral (values ('fund', fund_account_id), ('pool', pool_account_id),
            ('honour', honour_account_id), ('issuance', issuance_account_id)) named (kind, account_id) where bank_id = $1) own
    full join (select * from account where bank_id = $1 and kind in ('fund', 'pool', 'honour', 'issuance')) a
      on a.account_id = own.account_id and a.kind = own.kind
   where own.account_id is null or a.account_id is null or a.owner_id is not null
   order by id limit 1`;

/** Whoever signs in as a member or a guest, by their role, is the person on file as such, and at home there. */
const wrongRole = `
  select coalesce(r.member_id, r.person_id) as id from role r left join helper h on h.bank_id = $1 and h.member_id = r.member_id
   where r.bank_id = $1
     and case when r.member_id is null then r.role in ('volunteer', 'client') or r.home_bank_id is not null
              else (h.person_id, h.home_bank_id) is distinct from (r.person_id, r.home_bank_id) end
   order by id limit 1`;

const isShare = (transfer: string) =>
  `exists (select from settlement_share share where share.bank_id = $1 and share.transfer_id = ${transfer}.transfer_id)`;

/**
 * A leaver's minutes went to those whom the settlement names, and nothing else went that way. What exceeded a ceiling is the entry right after; if
 * nothing fitted, the share's own.
 */
const wrongShare = `
  select coalesce(s.transfer_id, t.transfer_id) as id
    from (select share.*, left_by.member_id, left_by.settled_by, left_by.settled_at, left_by.reason from settlement_share share
            left join settlement left_by on left_by.bank_id = $1 and left_by.settlement_id = share.settlement_id
           where share.bank_id = $1 and share.minutes + share.overflow_minutes > 0) s
    full join (select t.*, a.owner_id from transfer t join account a on a.bank_id = $1 and a.account_id = t.debit_account_id and a.kind = 'member'
                where t.bank_id = $1 and ((t.kind = 'settlement' and t.memo_code not in ('merged', 'merge_undone')) or ${isShare('t')})) t on t.transfer_id = s.transfer_id
    left join transfer o on o.bank_id = $1 and o.kind = 'overflow' and o.debit_account_id = t.debit_account_id and o.debit_version = t.debit_version + 1
     and not ${isShare('o')}
   where (t.owner_id, t.actor_id, t.effective_at, t.memo_code, t.minutes)
         is distinct from (s.member_id, s.settled_by, s.settled_at, s.reason, case when s.minutes > 0 then s.minutes else s.overflow_minutes end)
      or (s.minutes > 0 and (t.credit_account_id is distinct from s.account_id or s.overflow_minutes <> coalesce(o.minutes, 0)))
   order by id limit 1`;

/** Minutes of who was registered twice went to the member that stays, and back where it was undone; and nothing else went that way. */
const wrongMerge = `
  select coalesce(m.transfer_id, t.transfer_id) as id
    from (select transfer_id, other_member_id as from_id, member_id as to_id, minutes, merged_by as done_by, merged_at as at, 'merged' as memo
            from merge where bank_id = $1 and transfer_id is not null
          union all select undo_transfer_id, member_id, other_member_id, minutes, undone_by, undone_at, 'merge_undone'
            from merge where bank_id = $1 and undo_transfer_id is not null) m
    full join (select t.*, d.owner_id as from_owner, c.owner_id as to_owner from transfer t
                 join account d on d.bank_id = $1 and d.account_id = t.debit_account_id
                 join account c on c.bank_id = $1 and c.account_id = t.credit_account_id
                where t.bank_id = $1 and t.kind = 'settlement' and t.memo_code in ('merged', 'merge_undone')) t on t.transfer_id = m.transfer_id
   where (t.from_owner, t.to_owner, t.minutes, t.actor_id, t.effective_at, t.memo_code)
         is distinct from (m.from_id, m.to_id, m.minutes, m.done_by, m.at, m.memo)
   order by id limit 1`;

/** Everybody who has left was settled, on that day and for that reason; the shares add up to what there was. */
const wrongLeaving = `
  select coalesce(m.member_id, s.member_id) as id
    from (select * from member where bank_id = $1 and (left_on is not null or left_reason is not null)) m
    full join (select * from settlement where bank_id = $1) s on s.member_id = m.member_id
   where (m.left_on, m.left_reason) is distinct from (s.left_on, s.reason)
      or s.balance_minutes is distinct from (select coalesce(sum(share.minutes + share.overflow_minutes), 0) from settlement_share share
           where share.bank_id = $1 and share.settlement_id = s.settlement_id)
   order by id limit 1`;

/** The floor of a clearing account is the newest credit line, or the one it was opened with; and every stored line was its floor once. */
const wrongCreditLine = `
  select coalesce(a.account_id, l.other_bank_id) as id
    from (select * from account where bank_id = $1 and kind = 'clearing') a
    full join (select *, revision = max(revision) over (partition by other_bank_id) as is_newest from credit_line where bank_id = $1) l
      on l.other_bank_id = a.owner_id
   where a.account_id is null
      or case when l.revision is null or l.is_newest then a.floor_minutes is distinct from coalesce(-l.credit_line_minutes,
             (select h.floor_minutes from account_history h where h.bank_id = $1 and h.account_id = a.account_id and h.revision = 1)) end
      or (l.revision is not null and not exists (select from account_history h
           where h.bank_id = $1 and h.account_id = a.account_id and h.floor_minutes = -l.credit_line_minutes))
   order by id limit 1`;

/** A bank is closed since the day that two admins gave last, and open where none did or it was opened again since. */
const wrongClosing = `
  select b.bank_id as id from bank b
   where b.bank_id = $1
     and b.closed_on is distinct from (select c.closed_on from bank_closing c where c.bank_id = $1 order by c.closing_number desc limit 1)`;

/** The same plan whatever was looked at before. */
const always = {
  wrong_visit_entry: wrongVisitEntry,
  wrong_visit_hold: wrongVisitHold,
  wrong_hand_transfer: wrongHandTransfer,
  wrong_owner: wrongOwner,
  wrong_bank_account: wrongBankAccount,
  wrong_role: wrongRole,
  wrong_share: wrongShare,
  wrong_leaving: wrongLeaving,
  wrong_merge: wrongMerge,
  wrong_credit_line: wrongCreditLine,
  wrong_closing: wrongClosing,
} as const;

/** Everything of a bank. */
export const wholeBankQueries = {
  ...always,
  /** A visit's entries add up to what was credited, and what was credited has entries. */
  wrong_visit_minutes: `
    select coalesce(v.visit_id, paid.visit_id) as id
      from (${paid}) paid
      full join (select visit_id, credited_minutes from visit where bank_id = $1 and state = 'approved' and credited_minutes <> 0) v using (visit_id)
     where v.credited_minutes is distinct from paid.minutes
     order by id limit 1`,
  wrong_decision: decisions('', told()),
  wrong_visit: wrongVisit,
} as const;

const newVisits = `select visit_id from (${entries}) entry`;

/** What came after the newest checkpoint, and who owns what: moments at any size. */
export const newestQueries = {
  ...always,
  wrong_visit_minutes: `
    select paid.visit_id as id from (${paid}) paid left join visit v on v.bank_id = $1 and v.visit_id = paid.visit_id
     where v.state is distinct from 'approved' or v.credited_minutes is distinct from paid.minutes
     order by id limit 1`,
  wrong_decision: decisions(
    `and approval_id in (select approval_id from visit where bank_id = $1 and visit_id in (${newVisits}))`,
    told(`and a.approval_id in (select approval_id from visit where bank_id = $1 and visit_id in (${newVisits}))`),
  ),
} as const;

/** Between the bank ($1) and others, whose rows have to be in sight. */
export const betweenBanksQueries = {
  /** Both legs are one transaction: two banks' clearing accounts for each other sum to zero at any moment. */
  clearing_differs: `
    select mine.account_id as id from account mine
      left join account theirs on theirs.bank_id = mine.owner_id and theirs.kind = 'clearing' and theirs.owner_id = $1
     where mine.bank_id = $1 and mine.kind = 'clearing' and mine.balance_minutes + coalesce(theirs.balance_minutes, 0) <> 0
     order by id limit 1`,
  /** A guest is a member at home, with their account there. */
  wrong_guest: `
    select g.member_id as id from guest g left join member m on m.bank_id = g.home_bank_id and m.member_id = g.member_id
     where g.bank_id = $1 and (m.person_id, m.account_id) is distinct from (g.person_id, g.account_id)
     order by id limit 1`,
  /** What came over the clearing to a helper at home is what the other bank credited. */
  wrong_visit_elsewhere: `
    select e.visit_id as id
      from (select t.visit_id, c.owner_id, sum(t.minutes) as minutes from transfer t
              join account c on c.bank_id = $1 and c.account_id = t.debit_account_id and c.kind = 'clearing'
             where t.bank_id = $1 and t.recorded_xid >= $2::xid8 and t.kind in ('service', 'overflow') group by t.visit_id, c.owner_id) e
      left join visit v on v.bank_id = e.owner_id and v.visit_id = e.visit_id
     where v.state is distinct from 'approved' or v.credited_minutes is distinct from e.minutes or v.volunteer_home_bank_id is distinct from $1
     order by id limit 1`,
} as const;

export type BooksFault = keyof typeof wholeBankQueries | keyof typeof betweenBanksQueries | 'wrong_policy';
