import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BanksModule } from '@timebank/banks';
import { LedgerModule } from '@timebank/ledger';
import { MembersModule } from '@timebank/members';
import { CountGrantRuns } from './grants/count-grant-runs';
import { AccountInSight } from './accounts/account-in-sight';
import { BanksOfTransfer } from './transfers/banks-of-transfer';
import { DraftOnward } from './transfers/draft-onward';
import { DraftPosting } from './transfers/draft-posting';
import { EndLeaving } from './leaving/end-leaving';
import { FindAccounts } from './accounts/find-accounts';
import { GiftCheck } from './transfers/gift-check';
import { GrantMonth } from './grants/grant-month';
import { GrantRowRow, GrantRunRow } from './grants/grant-run.entity';
import { HandTransferRow } from './transfers/hand-transfer.entity';
import { HandsOf } from './accounts/hands-of';
import { DescribeEntries } from './accounts/describe-entries';
import { HandTransfers } from './transfers/hand-transfers';
import { HandOver } from './leaving/hand-over';
import { HeirAccounts } from './leaving/heir-accounts';
import { ListDoubles } from './leaving/list-doubles';
import { MergeMembers } from './leaving/merge-members';
import { MergeRow } from './leaving/merge.entity';
import { MergeSides } from './leaving/merge-sides';
import { MoveMerged } from './leaving/move-merged';
import { UndoMerge } from './leaving/undo-merge';
import { LeaveMember } from './leaving/leave-member';
import { ListAccounts } from './accounts/list-accounts';
import { ListEntries } from './accounts/list-entries';
import { ListGrantRows } from './grants/list-grant-rows';
import { ListGrantRuns } from './grants/list-grant-runs';
import { ListPositions } from './clearing/list-positions';
import { OpenStatement } from './statements/open-statement';
import { OwnerNames } from './accounts/owner-names';
import { PolicyToday } from './policy-today';
import { PreviewLeaving } from './leaving/preview-leaving';
import { ProveStatement } from './statements/prove-statement';
import { PostGrantChunk } from './grants/post-grant-chunk';
import { PreviewGrants } from './grants/preview-grants';
import { ResumeGrantRuns } from './grants/resume-grant-runs';
import { SettleBanks } from './clearing/settle-banks';
import { SettleMember } from './leaving/settle-member';
import { SettlementRow, SettlementShareRow } from './leaving/settlement.entity';
import { ShowAccount } from './accounts/show-account';
import { ShowCheckpoint } from './statements/show-checkpoint';
import { ShowProof } from './statements/show-proof';
import { ShowGiving } from './transfers/show-giving';
import { ShowGrantRun } from './grants/show-grant-run';
import { ShowTrialBalance } from './accounts/show-trial-balance';
import { StartGrantRun } from './grants/start-grant-run';
import { TwoForRun } from './grants/two-for-run';
import { TransferHours } from './transfers/transfer-hours';

const abilities = [
  ListDoubles,
  MergeMembers,
  MergeSides,
  UndoMerge,
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
    TypeOrmModule.forFeature([HandTransferRow, GrantRowRow, GrantRunRow, MergeRow, SettlementRow, SettlementShareRow]),
    BanksModule,
    MembersModule,
    LedgerModule,
  ],
  providers: [
    ...abilities,
    AccountInSight,
    BanksOfTransfer,
    CountGrantRuns,
    DraftOnward,
    DraftPosting,
    EndLeaving,
    FindAccounts,
    GiftCheck,
    GrantMonth,
    HandOver,
    HandTransfers,
    HandsOf,
    DescribeEntries,
    HeirAccounts,
    MoveMerged,
    OwnerNames,
    PolicyToday,
    PostGrantChunk,
    TwoForRun,
  ],
  exports: abilities,
})
export class HoursModule {}
