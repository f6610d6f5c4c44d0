import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Account } from './accounts-and-holds/account.entity';
import { AuditCheckpoints } from './audit/audit-checkpoints';
import { AuditLedger } from './audit/audit-ledger';
import { AuditNewest } from './audit/audit-newest';
import { CapMembers } from './accounts-and-holds/cap-members';
import { CloseAccount } from './accounts-and-holds/close-account';
import { ExpireHolds } from './accounts-and-holds/expire-holds';
import { GroupCommit } from './posting/group-commit';
import { Hold, HoldEnd } from './accounts-and-holds/hold.entity';
import { ListCheckpoints } from './sealing/list-checkpoints';
import { OpenAccounts } from './accounts-and-holds/open-accounts';
import { PlaceHold } from './accounts-and-holds/place-hold';
import { PostTransfers } from './posting/post-transfers';
import { ProveEntries } from './sealing/prove-entries';
import { ProveEntry } from './sealing/prove-entry';
import { ReadAccount } from './accounts-and-holds/read-account';
import { ReadCheckpoints } from './sealing/read-checkpoints';
import { ReadRestores } from './sealing/read-restores';
import { ReadEntries } from './accounts-and-holds/read-entries';
import { ReadStatement } from './accounts-and-holds/read-statement';
import { ReadTrialBalance } from './accounts-and-holds/read-trial-balance';
import { RefusedPosting } from './posting/refusal.entity';
import { HoldBooks } from './accounts-and-holds/hold-books';
import { ReleaseHolds } from './accounts-and-holds/release-holds';
import { SetLimits } from './accounts-and-holds/set-limits';
import { Transfer } from './posting/transfer.entity';
import { VersionBefore } from './accounts-and-holds/version-before';

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
