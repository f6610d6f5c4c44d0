export type { Account } from './accounts-and-holds/account.entity';
export { AuditLedger, type AuditOptions, type LedgerAudit, type LedgerFault } from './audit/audit-ledger';
export { AuditNewest, type NewestAudit } from './audit/audit-newest';
export type { LedgerEntry } from './accounts-and-holds/entry.sql';
export { LedgerModule } from './ledger.module';
export { CheckpointFolder, readPublicKey } from './sealing/checkpoint-folder';
export { checkpointKeyFile, CheckpointKeys } from './sealing/checkpoint-keys';
export {
  checkpointFile,
  keyIdOf as publicKeyIdOf,
  signStatement,
  statementHash,
  type CheckpointStatement,
  type SignedCheckpoint,
} from './sealing/checkpoint.rules';
export { CheckpointsModule } from './checkpoints.module';
export type { TransferText } from './sealing/content.rules';
export { CapMembers } from './accounts-and-holds/cap-members';
export { CloseAccount } from './accounts-and-holds/close-account';
export { ExpireHolds } from './accounts-and-holds/expire-holds';
export { ListCheckpoints } from './sealing/list-checkpoints';
export { OpenAccounts, type NewAccount } from './accounts-and-holds/open-accounts';
export { PlaceHold, type NewHold } from './accounts-and-holds/place-hold';
export { PostTransfers } from './posting/post-transfers';
export type { Onward, Posting, PostOutcome } from './posting/posting.rules';
export { verifyProof, type EntriesProof, type ProofFault, type ProofVerdict, type ProvenEntry } from './sealing/proof.rules';
export { ProveEntries } from './sealing/prove-entries';
export { ProveEntry } from './sealing/prove-entry';
export { ReadAccount } from './accounts-and-holds/read-account';
export { ReadCheckpointKeys, type CheckpointKey } from './sealing/read-checkpoint-keys';
export { ReadCheckpoints } from './sealing/read-checkpoints';
export { ReadEntries, type EntryFilter } from './accounts-and-holds/read-entries';
export { ReadRestores } from './sealing/read-restores';
export { ReadStatement, type StatementBorders } from './accounts-and-holds/read-statement';
export { recordedInTruth } from './recorded-in-truth.sql';
export { ReadTrialBalance, type TrialBalanceRow } from './accounts-and-holds/read-trial-balance';
export { RepairClock, type ClockRepair } from './audit/repair-clock';
export { HoldBooks } from './accounts-and-holds/hold-books';
export { ReleaseHolds } from './accounts-and-holds/release-holds';
export { isGenuineRestore, type RestoreStatement, type SignedRestore, voidedBy } from './sealing/restore.rules';
export { SayRestored } from './sealing/say-restored';
export { SealCheckpoints } from './sealing/seal-checkpoints';
export { readStatement, verifyStatement, type StatementVerdict } from './sealing/statement-proof.rules';
export { SetLimits, type NewLimits } from './accounts-and-holds/set-limits';
export { aheadMilliseconds, type BooksState, clockStateOf, sealingOf, WatchBooks } from './sealing/watch-books';
export type { Transfer } from './posting/transfer.entity';
