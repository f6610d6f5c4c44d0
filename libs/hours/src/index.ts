export { HoursModule } from './hours.module';
export { ListAccounts } from './list-accounts';
export { ListEntries } from './list-entries';
export { ShowAccount } from './show-account';
export { ShowTrialBalance } from './show-trial-balance';
export { StatementCsv } from './statement-csv';
export { TransferHours } from './transfer-hours';
