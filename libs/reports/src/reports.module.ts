import { Module } from '@nestjs/common';
import { BanksModule } from '@timebank/banks';
import { LedgerModule } from '@timebank/ledger';
import { AuditBooks } from './audit-books';
import { ListChanges } from './list-changes';
import { ListIntegrityFlags } from './list-integrity-flags';
import { NamePeople } from './name-people';
import { ReadIntegrity } from './read-integrity';
import { ReadLiability } from './read-liability';
import { ReadTrail } from './read-trail';
import { ShowBankIntegrity } from './show-bank-integrity';
import { ShowBankLiability } from './show-bank-liability';
import { ShowCityIntegrity } from './show-city-integrity';
import { ShowCityLiability } from './show-city-liability';

const abilities = [AuditBooks, ShowBankLiability, ShowCityLiability, ShowBankIntegrity, ShowCityIntegrity, ListIntegrityFlags, ListChanges];

/** What the numbers of the ledger and of the visits say about a bank and the city. */
@Module({
  imports: [BanksModule, LedgerModule],
  providers: [...abilities, ReadLiability, ReadIntegrity, ReadTrail, NamePeople],
  exports: abilities,
})
export class ReportsModule {}
