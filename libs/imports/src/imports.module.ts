import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BanksModule } from '@timebank/banks';
import { LedgerModule } from '@timebank/ledger';
import { MembersModule } from '@timebank/members';
import { BeginImport } from './begin-import';
import { BringInByHand } from './bring-in-by-hand';
import { BringBalances } from './bring-balances';
import { BringMembers } from './bring-members';
import { BringQualifications } from './bring-qualifications';
import { BringRelations } from './bring-relations';
import { BringVisits } from './bring-visits';
import { CancelImport } from './cancel-import';
import { CheckImport } from './check-import';
import { ChooseColumns } from './choose-columns';
import { CountImport } from './count-import';
import { ExportMembers } from './export-members';
import { FailedRows } from './failed-rows';
import { FindPeople } from './find-people';
import { HoldImport } from './hold-import';
import { ImportPieceRow, ImportRunRow } from './import.entity';
import { ImportGround, Importers } from './importers';
import { KeepProblems } from './keep-problems';
import { PruneImports } from './prune-imports';
import { ReadImports } from './read-imports';
import { RememberedHeads } from './remembered-heads';
import { RunImports } from './run-imports';
import { StageImport } from './stage-import';
import { StartImport } from './start-import';

const abilities = [
  BringInByHand,
  CancelImport,
  CheckImport,
  ChooseColumns,
  ExportMembers,
  FailedRows,
  PruneImports,
  ReadImports,
  RunImports,
  StageImport,
  StartImport,
];
const importers = [BringBalances, BringMembers, BringQualifications, BringRelations, BringVisits];

/** What a bank brings in from files. Stands on access, which is global. */
@Module({
  imports: [TypeOrmModule.forFeature([ImportPieceRow, ImportRunRow]), BanksModule, LedgerModule, MembersModule],
  providers: [
    ...abilities,
    ...importers,
    BeginImport,
    CountImport,
    FindPeople,
    HoldImport,
    ImportGround,
    Importers,
    KeepProblems,
    RememberedHeads,
  ],
  exports: abilities,
})
export class ImportsModule {}
