import { Module } from '@nestjs/common';
import { BanksModule } from '@timebank/banks';
import { ReadLiability } from './read-liability';
import { ShowBankLiability } from './show-bank-liability';
import { ShowCityLiability } from './show-city-liability';

const abilities = [ShowBankLiability, ShowCityLiability];

/** What the numbers of the ledger say about a bank and the city. */
@Module({
  imports: [BanksModule],
  providers: [...abilities, ReadLiability],
  exports: abilities,
})
export class ReportsModule {}
