export type { Account } from './account.entity';
export { AuditLedger, type AuditOptions, type LedgerAudit, type LedgerFault } from './audit-ledger';
export { AuditNewest, type NewestAudit } from './audit-newest';
export type { LedgerEntry } from './entry.sql';
export { LedgerModule } from './ledger.module';
export { CheckpointFolder, readPublicKey } from './checkpoint-folder';
export { checkpointKeyFile, CheckpointKeys } from './checkpoint-keys';
export {
  checkpointFile,
  keyIdOf as publicKeyIdOf,
  signStatement,
  statementHash,
  type CheckpointStatement,
  type SignedCheckpoint,
} from './checkpoint.rules';
export { CheckpointsModule } from './checkpoints.module';
export type { TransferText } from './content.rules';
export { CapMembers } from './cap-members';
export { CloseAccount } from './close-account';
export { ExpireHolds } from './expire-holds';
export { ListCheckpoints } from './list-checkpoints';
export { OpenAccounts, type NewAccount } from './open-accounts';
export { PlaceHold, type NewHold } from './place-hold';
export { PostTransfers } from './post-transfers';
export type { Onward, Posting, PostOutcome } from './posting.rules';
export { verifyProof, type EntriesProof, type ProofFault, type ProofVerdict, type ProvenEntry } from './proof.rules';
export { ProveEntries } from './prove-entries';
export { ProveEntry } from './prove-entry';
export { ReadAccount } from './read-account';
export { ReadCheckpointKeys, type CheckpointKey } from './read-checkpoint-keys';
export { ReadCheckpoints } from './read-checkpoints';
export { ReadEntries, type EntryFilter } from './read-entries';
export { ReadRestores } from './read-restores';
export { ReadStatement, type StatementBorders } from './read-statement';
export { recordedInTruth } from './recorded-in-truth.sql';
export { ReadTrialBalance, type TrialBalanceRow } from './read-trial-balance';
export { RepairClock, type ClockRepair } from './repair-clock';
export { HoldBooks } from './hold-books';
export { ReleaseHolds } from './release-holds';
export { isGenuineRestore, type RestoreStatement, type SignedRestore, voidedBy } from './restore.rules';
export { SayRestored } from './say-restored';
export { SealCheckpoints } from './seal-checkpoints';
export { readStatement, verifyStatement, type StatementVerdict } from './statement-proof.rules';
export { SetLimits, type NewLimits } from './set-limits';
export { aheadMilliseconds, type BooksState, clockStateOf, sealingOf, WatchBooks } from './watch-books';
export type { Transfer } from './transfer.entity';
