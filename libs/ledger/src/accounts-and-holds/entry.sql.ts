import type { AccountKind, TransferClass, TransferKind } from '@timebank/contract';

/** A transfer seen from one account: minutes are negative when they left it. */
export type LedgerEntry = {
  transferId: string;
  kind: TransferKind;
  class: TransferClass | null;
  minutes: number;
  balanceAfterMinutes: number;
  version: number;
  recordedAt: Date;
  effectiveAt: Date;
  /** The transaction that wrote it; a checkpoint seals those below a number. */
  recordedXid: string;
  visitId: string | null;
  reversesId: string | null;
  otherAccountId: string;
  otherAccountKind: AccountKind;
  otherOwnerId: string | null;
};

const shared = 'transfer_id, kind, class, recorded_at, effective_at, recorded_xid, visit_id, reverses_id';

/**
 * Entries of account $2 at bank $1 in the order of their versions: one walk along each of the two version indexes, merged.
 * `where` speaks of `version` and of the transfer's own columns.
 */
export function entriesSql(where: string, order: 'asc' | 'desc', limit: string): string {
  const side = (own: 'debit' | 'credit', other: 'debit' | 'credit', sign: string) => `
    (select ${shared}, ${sign}minutes as minutes, ${own}_balance_after as balance_after_minutes, ${own}_version as version, ${other}_account_id as other_account_id
       from transfer
      where bank_id = $1 and ${own}_account_id = $2 and ${where.replaceAll('version', `${own}_version`)}
      order by ${own}_version ${order} limit ${limit})`;
  return `
    select entry.*, other.kind as other_account_kind, other.owner_id as other_owner_id
      from (${side('debit', 'credit', '-')} union all ${side('credit', 'debit', '')} order by version ${order} limit ${limit}) entry
      left join account other on other.bank_id = $1 and other.account_id = entry.other_account_id
     order by entry.version ${order}`;
}
