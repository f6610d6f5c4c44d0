/** Rows, as a condition of SQL, for which the audit does not vouch, and why. */
export type Exception = { of: string; why: string };

/**
 * A table whose rows the audit of the books holds against others. All its columns stand here, each with a reason where the audit does not vouch for
 * it: lists of names in one text. The torture part `tampering` edits the others at random and wants each edit found.
 */
export type VouchedTable = {
  /** What makes a copied row another one. */
  key: string;
  vouched: string;
  partly?: Readonly<Record<string, Exception>>;
  unvouched?: Readonly<Record<string, string>>;
  /** Rows that may go, or come again under another key, unnoticed. */
  away?: Exception;
  copied?: Exception;
};

/** Only a trail of everything that is written could say the same. */
const [alone, told] = ['stands in this row only', 'tells how it came about; the ledger knows only what came of it'];
/** Under a bank that is nowhere no bank's audit comes upon it. */
const gone = 'moved to no bank it is as good as away';
const any = 'true';
const unpaid: Exception = { of: `state <> 'approved'`, why: 'nothing was paid yet that would say the same' };
const called: Exception = { of: `state in ('cancelled', 'no_show')`, why: 'the request was open again and may have been changed since' };
const nobodys: Exception = { of: 'member_id is null', why: 'belongs to no member, whose row would say the same' };
const untaken: Exception = {
  of: `not exists (select from visit v where v.request_id = t.request_id and v.state not in ('cancelled', 'no_show'))`,
  why: 'no visit stands that was planned by it',
};
const untakenEver: Exception = {
  of: 'not exists (select from visit v where v.request_id = t.request_id)',
  why: 'no visit was planned by it',
};
const idle: Exception = { of: `state <> 'confirmed'`, why: 'has no role here, and did nothing' };
const empty: Exception = { of: 'balance_minutes = 0', why: 'nothing was handed on that would say the same' };
const older: Exception = {
  of: 'revision < (select max(newer.revision) from credit_line newer where newer.bank_id = t.bank_id and newer.other_bank_id = t.other_bank_id)',
  why: 'of a line before the newest it is only known that it was the floor once',
};

/** The ledger's own, sealed row by row. */
const ledger: Readonly<Record<string, VouchedTable>> = {
  account: {
    key: 'account_id',
    vouched:
      'bank_id account_id kind owner_id balance_minutes held_out_minutes floor_minutes ceiling_minutes version recorded_until opened_at head_hash closed_at revision',
  },
  account_history: {
    key: 'account_id',
    vouched: 'bank_id account_id revision kind owner_id floor_minutes ceiling_minutes closed recorded_at recorded_xid',
  },
  transfer: {
    key: 'transfer_id',
    vouched:
      'bank_id transfer_id debit_account_id credit_account_id visit_id reverses_id actor_id effective_at recorded_at recorded_xid debit_version debit_balance_after credit_version credit_balance_after minutes kind class memo_code debit_hash credit_hash',
  },
  hold: { key: 'hold_id', vouched: 'bank_id hold_id account_id minutes expires_at placed_at recorded_xid' },
  hold_end: { key: 'hold_id', vouched: 'bank_id hold_id outcome posted_minutes released_minutes transfer_id ended_at recorded_xid' },
  refusal: { key: 'transfer_id', vouched: 'bank_id transfer_id code parameters content_hash actor_id recorded_at recorded_xid' },
  checkpoint: { key: 'number', vouched: 'bank_id number below_xid statement signature' },
};

/** What other rooms keep beside it. */
const beside: Readonly<Record<string, VouchedTable>> = {
  visit: {
    key: 'visit_id',
    vouched:
      'bank_id visit_id request_id client_id service_kind hold_id volunteer_home_bank_id approval_id transfer_id payer decided_by decided_at decided_rule decision_reason_code',
    partly: {
      volunteer_id: unpaid,
      class: unpaid,
      credited_minutes: unpaid,
      state: { of: `state not in ('approved', 'rejected', 'cancelled')`, why: 'no entry says how far a visit has come' },
      planned_start: called,
      planned_end: called,
      planned_minutes: called,
    },
    unvouched: {
      [told]:
        'lane assurance captured_in captured_out credited_start credited_end proposed_minutes waiting_since scan_out_reminders evidence',
      [alone]:
        'planned_by entered_by entered_at entered_hash manual_reason_code manual_note cancelled_by cancelled_at cancel_note content_hash version created_at',
    },
  },
  request: {
    key: 'request_id',
    vouched: '',
    partly: {
      bank_id: untakenEver,
      request_id: untakenEver,
      client_id: untakenEver,
      service_kind: untakenEver,
      starts_at: untaken,
      ends_at: untaken,
      minutes: untaken,
    },
    unvouched: { [alone]: 'place note state created_by created_at content_hash version' },
    away: untakenEver,
    copied: { of: any, why: 'no visit was planned by it' },
  },
  approval: {
    key: 'approval_id',
    vouched: 'bank_id approval_id actor_id decision reason_code results decided_at',
    unvouched: { [alone]: 'note content_hash' },
  },
  member: {
    key: 'member_id',
    vouched: 'bank_id member_id person_id account_id left_on left_reason',
    unvouched: {
      [alone]: 'member_number name birth_date phone content_hash version created_at circumstances shares_name_key home_address',
      'the database makes it of another column': 'name_key phone_digits',
    },
  },
  guest: {
    key: 'member_id',
    vouched: 'member_id home_bank_id person_id account_id',
    partly: { bank_id: idle },
    unvouched: { [alone]: 'member_number name state asked_at confirmed_by confirmed_at ended_by ended_at version' },
    away: idle,
  },
  role: {
    key: 'person_id',
    vouched: 'home_bank_id',
    partly: {
      person_id: nobodys,
      member_id: { of: `role not in ('volunteer', 'client')`, why: 'staff need be no members' },
    },
    unvouched: { [alone]: 'role granted_at', [gone]: 'bank_id' },
    away: { of: any, why: 'role_change keeps who gave and took it, but not for roles that are older than it' },
    copied: nobodys,
  },
  bank: {
    key: 'bank_id',
    vouched: 'bank_id fund_account_id pool_account_id honour_account_id issuance_account_id closed_on',
    unvouched: { [alone]: 'bank_number name phone time_zone last_member_serial content_hash version created_at address' },
    copied: { of: any, why: 'a bank that no locator names is nobody\u2019s' },
  },
  policy: {
    key: 'policy_id',
    vouched: 'key value valid_from source content_hash',
    unvouched: { [alone]: 'policy_id policy_number recorded_by recorded_at', [gone]: 'bank_id' },
    away: { of: any, why: alone },
    copied: { of: any, why: 'says what was laid down, once more' },
  },
  hand_transfer: {
    key: 'transfer_id',
    vouched: 'transfer_id kind account_id minutes reason_code done_by done_at',
    unvouched: { [alone]: 'note first_by', [gone]: 'bank_id' },
    away: { of: any, why: 'minutes that were moved before it was kept have none' },
  },
  settlement: {
    key: 'settlement_id',
    vouched: 'bank_id settlement_id member_id reason left_on balance_minutes',
    partly: { settled_by: empty, settled_at: empty },
    unvouched: { [alone]: 'content_hash' },
  },
  settlement_share: {
    key: 'place',
    vouched: 'bank_id settlement_id transfer_id minutes overflow_minutes',
    partly: { account_id: { of: 'minutes = 0', why: 'all of it flowed over' } },
    unvouched: { 'only the order of shares': 'place' },
    away: { of: 'minutes + overflow_minutes = 0', why: 'nothing was handed on' },
    copied: { of: 'minutes + overflow_minutes = 0', why: 'nothing was handed on' },
  },
  credit_line: {
    key: 'revision',
    vouched: 'other_bank_id',
    partly: { bank_id: older, credit_line_minutes: older },
    unvouched: { 'only the order of lines': 'revision', [alone]: 'set_by set_at' },
    away: older,
    copied: { of: any, why: 'says what was laid down, once more' },
  },
};

export const vouchedTables = { ...ledger, ...beside };

/** Every other table: the audit does not look at what it says, but for the newest day in `bank_closing`. A restore and void numbers it holds against the published files. */
export const otherTables =
  'appeal appeal_answer bank_closing bank_zone call_back call_back_draw client_answer client_place device display document document_figure document_label document_measure document_problem document_release document_section document_text document_word function_checksum grant_row grant_run installation_mark job_round known_device late_decision ledger_clock_repair ledger_restore letter letter_answer location_consent locator member_correction migration migration_checksum notice outbox person qualification relation role_change scan_event service_card service_kind session sign_in_act sign_in_code sign_in_code_ask sign_in_failure visit_escalation visit_exception void_checkpoint waiting_act';

export const namesIn = (text: string): string[] => text.split(' ').filter((name) => name !== '');
