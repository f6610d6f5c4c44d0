import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { LedgerModule } from '@timebank/ledger';
import { ApplySavingsCap } from './apply-savings-cap';
import { BankRow } from './bank.entity';
import { ListBanks } from './list-banks';
import { ListPolicies } from './list-policies';
import { PatchBank } from './patch-bank';
import { PolicyLine } from './policy.entity';
import { PutBank } from './put-bank';
import { PutPolicy } from './put-policy';
import { ReadBank } from './read-bank';
import { ReadPolicy } from './read-policy';
import { TakeMemberNumber } from './take-member-number';

const abilities = [ApplySavingsCap, ListBanks, ListPolicies, PatchBank, PutBank, PutPolicy, ReadBank, ReadPolicy, TakeMemberNumber];

/** Time banks and their dated policy. Stands on access, which is global. */
@Module({
  imports: [TypeOrmModule.forFeature([BankRow, PolicyLine]), LedgerModule],
  providers: abilities,
  exports: abilities,
})
export class BanksModule {}
