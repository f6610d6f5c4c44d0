export type { Account } from './account.entity';
export { LedgerModule } from './ledger.module';
export { OpenAccounts, type NewAccount } from './open-accounts';
export { PlaceHold, type NewHold } from './place-hold';
export { PostTransfers } from './post-transfers';
export type { Posting, PostOutcome } from './posting.rules';
export { ReleaseHold } from './release-hold';
export type { Transfer } from './transfer.entity';
