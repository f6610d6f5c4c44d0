import { type DynamicModule, Module, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BanksModule } from '@timebank/banks';
import { LedgerModule } from '@timebank/ledger';
import { MembersModule } from '@timebank/members';
import { RequestsModule } from '@timebank/requests';
import { BanksOfVisits } from './banks-of-visits';
import { CancelRequest } from './cancel-request';
import { CancelVisit } from './cancel-visit';
import { CheckVolunteer } from './check-volunteer';
import { CloseForgottenVisits } from './close-forgotten-visits';
import { DecideVisits } from './decide-visits';
import { DecisionPostings } from './decision-postings';
import { DecisionTables } from './decision-tables';
import { EndMemberPlans } from './end-member-plans';
import { EnterTimes } from './enter-times';
import { ApprovalRow, ScanEventRow, ServiceCardRow, VisitExceptionRow } from './evidence.entity';
import { GetVisit } from './get-visit';
import { HoldPlannedMinutes } from './hold-planned-minutes';
import { IssueCard } from './issue-card';
import { JudgeVisit } from './judge-visit';
import { ListCards } from './list-cards';
import { ListVisits } from './list-visits';
import { PlanVisit } from './plan-visit';
import { ReadCardPlace } from './read-card-place';
import { ReadQueue } from './read-queue';
import { RemindForgottenVisits } from './remind-forgotten-visits';
import { RevokeCard } from './revoke-card';
import { ScanCard } from './scan-card';
import { VisitLock } from './visit-lock';
import { faultsOf, moves } from './visit-states.rules';
import { VisitRow } from './visit.entity';
import { VISITS_OPTIONS, type VisitsOptions } from './visits.options';

const abilities = [
  CancelRequest,
  CancelVisit,
  CloseForgottenVisits,
  DecideVisits,
  EnterTimes,
  GetVisit,
  IssueCard,
  ListCards,
  ListVisits,
  PlanVisit,
  ReadCardPlace,
  ReadQueue,
  RemindForgottenVisits,
  RevokeCard,
  ScanCard,
];

/** Cards, visits, scans, exceptions and their approval. Stands on access, which is global. */
@Module({})
export class VisitsModule implements OnModuleInit {
  static forRoot(options: VisitsOptions): DynamicModule {
    return {
      module: VisitsModule,
      imports: [
        TypeOrmModule.forFeature([ApprovalRow, ScanEventRow, ServiceCardRow, VisitExceptionRow, VisitRow]),
        BanksModule,
        LedgerModule,
        MembersModule,
        RequestsModule,
      ],
      providers: [
        { provide: VISITS_OPTIONS, useValue: options },
        BanksOfVisits,
        CheckVolunteer,
        HoldPlannedMinutes,
        DecisionPostings,
        DecisionTables,
        EndMemberPlans,
        JudgeVisit,
        VisitLock,
        ...abilities,
      ],
      exports: abilities,
    };
  }

  /** A table of states with a dead end must not serve a day. */
  onModuleInit(): void {
    const faults = faultsOf(moves);
    if (faults.length > 0) throw new Error(`the states of a visit: ${faults.join(', ')}`);
  }
}
