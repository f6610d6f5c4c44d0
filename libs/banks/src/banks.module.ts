import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { LedgerModule } from '@timebank/ledger';
import { BankZoneRow } from './bank-zone.entity';
import { ApplySavingsCap } from './apply-savings-cap';
import { AuditPolicies } from './audit-policies';
import { BankNames } from './bank-names';
import { BankRow } from './bank.entity';
import { BankClosingRow } from './bank-closing.entity';
import { CloseBank } from './close-bank';
import { ClosingByTwo } from './closing-by-two';
import { FindObstacles } from './find-obstacles';
import { PreviewClosing } from './preview-closing';
import { RaisedLimit } from './raised-limit';
import { RefuseInClosed } from './refuse-in-closed';
import { ReopenBank } from './reopen-bank';
import { ChangeZone } from './change-zone';
import { CheckZone } from './check-zone';
import { CreditLineReached } from './credit-line-reached';
import { CreditLineRow } from './credit-line.entity';
import { Interchange } from './interchange';
import { ListBanks } from './list-banks';
import { ListPolicies } from './list-policies';
import { OpenClearing } from './open-clearing';
import { PatchBank } from './patch-bank';
import { PolicyDay } from './policy-day';
import { PolicyLine } from './policy.entity';
import { PolicyWithdrawalRow } from './policy-withdrawal.entity';
import { FoundBank } from './found-bank';
import { OneName } from './one-name';
import { PutBank } from './put-bank';
import { PutCreditLine } from './put-credit-line';
import { PutPolicy } from './put-policy';
import { ReadBank } from './read-bank';
import { ReadPolicy } from './read-policy';
import { SoundBanks } from './sound-banks';
import { TakeMemberNumber } from './take-member-number';
import { WithdrawPolicy } from './withdraw-policy';

const abilities = [
  ApplySavingsCap,
  AuditPolicies,
  BankNames,
  ChangeZone,
  CheckZone,
  CloseBank,
  ClosingByTwo,
  FindObstacles,
  PreviewClosing,
  RefuseInClosed,
  ReopenBank,
  CreditLineReached,
  Interchange,
  OpenClearing,
  PutCreditLine,
  ListBanks,
  ListPolicies,
  OneName,
  PatchBank,
  PolicyDay,
  FoundBank,
  PutBank,
  PutPolicy,
  ReadBank,
  ReadPolicy,
  SoundBanks,
  TakeMemberNumber,
  RaisedLimit,
  WithdrawPolicy,
];

/** Time banks and their dated policy. Stands on access, which is global. */
@Module({
  imports: [TypeOrmModule.forFeature([BankRow, BankClosingRow, BankZoneRow, CreditLineRow, PolicyLine, PolicyWithdrawalRow]), LedgerModule],
  providers: abilities,
  exports: abilities,
})
export class BanksModule {}
