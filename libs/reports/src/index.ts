export { AuditBooks, type BooksAudit, type FoundFault } from './audit-books';
export { ListChanges } from './list-changes';
export { ListIntegrityFlags } from './list-integrity-flags';
export type { Table } from './report-table.rules';
export { ReportsModule } from './reports.module';
export { ShowBankIntegrity } from './show-bank-integrity';
export { ShowBankLiability } from './show-bank-liability';
export { ShowCityIntegrity } from './show-city-integrity';
export { ShowCityLiability } from './show-city-liability';
