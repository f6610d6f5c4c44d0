import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Account } from './account.entity';
import { AuditCheckpoints } from './audit-checkpoints';
import { AuditLedger } from './audit-ledger';
import { AuditNewest } from './audit-newest';
import { CapMembers } from './cap-members';
import { CloseAccount } from './close-account';
import { ExpireHolds } from './expire-holds';
import { GroupCommit } from './group-commit';
import { Hold, HoldEnd } from './hold.entity';
import { ListCheckpoints } from './list-checkpoints';
import { OpenAccounts } from './open-accounts';
import { PlaceHold } from './place-hold';
import { PostTransfers } from './post-transfers';
import { ProveEntries } from './prove-entries';
import { ProveEntry } from './prove-entry';
import { ReadAccount } from './read-account';
import { ReadCheckpoints } from './read-checkpoints';
import { ReadRestores } from './read-restores';
import { ReadEntries } from './read-entries';
import { ReadStatement } from './read-statement';
import { ReadTrialBalance } from './read-trial-balance';
import { RefusedPosting } from './refusal.entity';
import { HoldBooks } from './hold-books';
import { ReleaseHolds } from './release-holds';
import { SetLimits } from './set-limits';
import { Transfer } from './transfer.entity';
import { VersionBefore } from './version-before';

const abilities = [
  AuditLedger,
  AuditNewest,
  CapMembers,
  CloseAccount,
  ExpireHolds,
  ListCheckpoints,
  OpenAccounts,
  PlaceHold,
  PostTransfers,
  ProveEntries,
  ProveEntry,
  ReadAccount,
  ReadCheckpoints,
  ReadRestores,
  ReadEntries,
  ReadStatement,
  ReadTrialBalance,
  HoldBooks,
  ReleaseHolds,
  SetLimits,
];

/** Accounts, transfers and holds. Knows minutes and reasons, not what a visit is; takes a caller already checked. */
@Module({
  imports: [TypeOrmModule.forFeature([Account, Hold, HoldEnd, RefusedPosting, Transfer])],
  providers: [...abilities, AuditCheckpoints, GroupCommit, VersionBefore],
  exports: abilities,
})
export class LedgerModule {}
