import { Module } from '@nestjs/common';
import { BanksModule } from '@timebank/banks';
import { LedgerModule } from '@timebank/ledger';
import { MembersModule } from '@timebank/members';
import { AccountInSight } from './account-in-sight';
import { DraftPosting } from './draft-posting';
import { GiftCheck } from './gift-check';
import { ListAccounts } from './list-accounts';
import { ListEntries } from './list-entries';
import { OwnerNames } from './owner-names';
import { PolicyToday } from './policy-today';
import { ShowAccount } from './show-account';
import { ShowTrialBalance } from './show-trial-balance';
import { StatementCsv } from './statement-csv';
import { TransferHours } from './transfer-hours';

const abilities = [ListAccounts, ListEntries, ShowAccount, ShowTrialBalance, StatementCsv, TransferHours];

/** What people do with minutes: grants, gifts, donations, reversals, and looking at their accounts. */
@Module({
  imports: [BanksModule, MembersModule, LedgerModule],
  providers: [...abilities, AccountInSight, DraftPosting, GiftCheck, OwnerNames, PolicyToday],
  exports: abilities,
})
export class HoursModule {}
