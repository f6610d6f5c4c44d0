export { ReportsModule } from './reports.module';
export { ShowBankLiability } from './show-bank-liability';
export { ShowCityLiability } from './show-city-liability';
