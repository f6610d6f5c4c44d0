import type { Account as AccountAnswer, Entry } from '@timebank/contract';
import type { Account, LedgerEntry } from '@timebank/ledger';

type NameOf = (ownerId: string | null) => string | null;

/** `warningPercent` of the ceiling is where its owner is warned. */
export function accountAnswer(account: Account, nameOf: NameOf, warningPercent: number): AccountAnswer {
  const { accountId, bankId, kind, ownerId, balanceMinutes, heldOutMinutes, ceilingMinutes } = account;
  return {
    accountId,
    bankId,
    kind,
    ownerId,
    ownerName: nameOf(ownerId),
    balanceMinutes,
    heldMinutes: heldOutMinutes,
    ceilingMinutes,
    warnAtMinutes: ceilingMinutes === null ? null : Math.floor((ceilingMinutes * warningPercent) / 100),
  };
}

/** `at` is when the entry was recorded: the balance after it and the months follow that time. */
export function entryAnswer(entry: LedgerEntry, nameOf: NameOf): Omit<Entry, 'byHand' | 'serviceKind'> {
  const { transferId, kind, class: transferClass, minutes, balanceAfterMinutes, recordedAt, visitId, reversesId, otherAccountId } = entry;
  return {
    transferId,
    kind,
    class: transferClass,
    minutes,
    balanceAfterMinutes,
    at: recordedAt.toISOString(),
    visitId,
    reversesId,
    otherAccountId,
    otherAccountKind: entry.otherAccountKind,
    otherName: nameOf(entry.otherOwnerId),
  };
}
