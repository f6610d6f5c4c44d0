import type { StatementEntry } from '@timebank/contract';
import type { LedgerEntry } from '@timebank/ledger';
import type { KindNames } from './service-kinds.sql';

/** An entry with whether a checkpoint seals it, and what was done on the visit that it pays for. */
export type DrawnEntry = StatementEntry & { isSealed: boolean; serviceKind: KindNames | null };

/** An entry as a statement shows it. `at` is when it was recorded: the balance after it and the months follow that time. */
export function statementEntry(
  entry: LedgerEntry,
  nameOf: (ownerId: string | null) => string | null,
  kindOf: (visitId: string | null) => KindNames | null,
  sealedBelowXid: string | null,
): DrawnEntry {
  const { version, transferId, kind, class: entryClass, visitId, reversesId, recordedAt, effectiveAt, otherAccountId } = entry;
  return {
    version,
    transferId,
    kind,
    class: entryClass,
    visitId,
    reversesId,
    at: recordedAt.toISOString(),
    effectiveAt: effectiveAt.toISOString(),
    otherAccountId,
    otherAccountKind: entry.otherAccountKind,
    otherName: nameOf(entry.otherOwnerId),
    minutes: entry.minutes,
    balanceAfterMinutes: entry.balanceAfterMinutes,
    serviceKind: kindOf(visitId),
    isSealed: sealedBelowXid !== null && BigInt(entry.recordedXid) < BigInt(sealedBelowXid),
  };
}
