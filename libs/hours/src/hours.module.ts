import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BanksModule } from '@timebank/banks';
import { LedgerModule } from '@timebank/ledger';
import { MembersModule } from '@timebank/members';
import { AccountInSight } from './account-in-sight';
import { BanksOfTransfer } from './banks-of-transfer';
import { DraftOnward } from './draft-onward';
import { DraftPosting } from './draft-posting';
import { EndLeaving } from './end-leaving';
import { GiftCheck } from './gift-check';
import { GrantMonth } from './grant-month';
import { GrantRowRow, GrantRunRow } from './grant-run.entity';
import { HandTransferRow } from './hand-transfer.entity';
import { HandsOf } from './hands-of';
import { HandTransfers } from './hand-transfers';
import { HandOver } from './hand-over';
import { HeirAccounts } from './heir-accounts';
import { LeaveMember } from './leave-member';
import { ListAccounts } from './list-accounts';
import { ListEntries } from './list-entries';
import { ListGrantRows } from './list-grant-rows';
import { ListGrantRuns } from './list-grant-runs';
import { ListPositions } from './list-positions';
import { OpenStatement } from './open-statement';
import { OwnerNames } from './owner-names';
import { PolicyToday } from './policy-today';
import { PreviewLeaving } from './preview-leaving';
import { ProveStatement } from './prove-statement';
import { PostGrantChunk } from './post-grant-chunk';
import { PreviewGrants } from './preview-grants';
import { ResumeGrantRuns } from './resume-grant-runs';
import { SettleBanks } from './settle-banks';
import { SettleMember } from './settle-member';
import { SettlementRow, SettlementShareRow } from './settlement.entity';
import { ShowAccount } from './show-account';
import { ShowCheckpoint } from './show-checkpoint';
import { ShowProof } from './show-proof';
import { ShowGiving } from './show-giving';
import { ShowGrantRun } from './show-grant-run';
import { ShowTrialBalance } from './show-trial-balance';
import { StartGrantRun } from './start-grant-run';
import { TwoForRun } from './two-for-run';
import { TransferHours } from './transfer-hours';

const abilities = [
  LeaveMember,
  PreviewLeaving,
  ListAccounts,
  ListEntries,
  ListGrantRows,
  ListGrantRuns,
  ListPositions,
  OpenStatement,
  ProveStatement,
  PreviewGrants,
  ResumeGrantRuns,
  SettleBanks,
  SettleMember,
  ShowAccount,
  ShowCheckpoint,
  ShowProof,
  ShowGiving,
  ShowGrantRun,
  ShowTrialBalance,
  StartGrantRun,
  TransferHours,
];

/** What people do with minutes: grants, gifts, donations, reversals, and looking at their accounts. */
@Module({
  imports: [
    TypeOrmModule.forFeature([HandTransferRow, GrantRowRow, GrantRunRow, SettlementRow, SettlementShareRow]),
    BanksModule,
    MembersModule,
    LedgerModule,
  ],
  providers: [
    ...abilities,
    AccountInSight,
    BanksOfTransfer,
    DraftOnward,
    DraftPosting,
    EndLeaving,
    GiftCheck,
    GrantMonth,
    HandOver,
    HandTransfers,
    HandsOf,
    HeirAccounts,
    OwnerNames,
    PolicyToday,
    PostGrantChunk,
    TwoForRun,
  ],
  exports: abilities,
})
export class HoursModule {}
