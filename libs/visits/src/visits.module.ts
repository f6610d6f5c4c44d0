import { type DynamicModule, Module, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BanksModule } from '@timebank/banks';
import { LedgerModule } from '@timebank/ledger';
import { MembersModule } from '@timebank/members';
import { RequestsModule } from '@timebank/requests';
import { AnswerAppeal } from './answer-appeal';
import { AnswerLetter } from './answer-letter';
import { AppealVisit } from './appeal-visit';
import { ApproveByRule } from './approve-by-rule';
import { AppealAnswerRow, AppealRow, CallBackDrawRow, CallBackRow, ClientAnswerRow, VisitEscalationRow } from './approval.entity';
import { BanksOfVisits } from './banks-of-visits';
import { CancelRequest } from './cancel-request';
import { CancelVisit } from './cancel-visit';
import { Challenges } from './challenges';
import { CheckDevice } from './check-device';
import { CheckOutsider } from './check-outsider';
import { CheckVolunteer } from './check-volunteer';
import { CloseDisplay } from './close-display';
import { CloseForgottenVisits } from './close-forgotten-visits';
import { ConsentToLocation } from './consent-to-location';
import { DecideVisits } from './decide-visits';
import { DecisionPostings } from './decision-postings';
import { DecisionTables } from './decision-tables';
import { DrawCallBack } from './draw-call-back';
import { EndMemberPlans } from './end-member-plans';
import { EnterTimes } from './enter-times';
import { EscalateVisits } from './escalate-visits';
import {
  ApprovalRow,
  ClientPlaceRow,
  DeviceRow,
  DisplayRow,
  LocationConsentRow,
  ScanEventRow,
  ServiceCardRow,
  VisitExceptionRow,
} from './evidence.entity';
import { FindCard } from './find-card';
import { GatherEvidence } from './gather-evidence';
import { GetLetter } from './get-letter';
import { GetVisit } from './get-visit';
import { HoldPlannedMinutes } from './hold-planned-minutes';
import { IssueCard } from './issue-card';
import { JudgePastVisit } from './judge-past-visit';
import { JudgeVisit } from './judge-visit';
import { KeepLetter } from './keep-letter';
import { LetterAnswerRow, LetterRow } from './letter.entity';
import { ListAppeals } from './list-appeals';
import { ListCards } from './list-cards';
import { ListDisplays } from './list-displays';
import { ListLetters } from './list-letters';
import { ListVisitScans } from './list-visit-scans';
import { ListVisits } from './list-visits';
import { LockClient } from './lock-client';
import { MeasureDistance } from './measure-distance';
import { MissVisit } from './miss-visit';
import { OpenDisplay } from './open-display';
import { PlaceClient } from './place-client';
import { PlanVisit } from './plan-visit';
import { PolicyNow } from './policy-now';
import { ReadCardPlace } from './read-card-place';
import { ReadDayBundle } from './read-day-bundle';
import { ReadQueue } from './read-queue';
import { ReadScreen } from './read-screen';
import { RegisterDevice } from './register-device';
import { AnswerVisit } from './answer-visit';
import { RecordCallBack } from './record-call-back';
import { RecordPastVisit } from './record-past-visit';
import { RemindForgottenVisits } from './remind-forgotten-visits';
import { RevokeCard } from './revoke-card';
import { RotatingCodes } from './rotating-codes';
import { ScanCard } from './scan-card';
import { VisitLock } from './visit-lock';
import { faultsOf, moves } from './visit-states.rules';
import { VisitRow } from './visit.entity';
import { WriteVisit } from './write-visit';
import { VISITS_OPTIONS, type VisitsOptions } from './visits.options';

const abilities = [
  AnswerAppeal,
  AnswerLetter,
  AppealVisit,
  ApproveByRule,
  CancelRequest,
  CancelVisit,
  CloseDisplay,
  CloseForgottenVisits,
  ConsentToLocation,
  DecideVisits,
  EnterTimes,
  EscalateVisits,
  GetLetter,
  GetVisit,
  IssueCard,
  ListAppeals,
  ListCards,
  ListDisplays,
  ListLetters,
  ListVisits,
  ListVisitScans,
  OpenDisplay,
  PlaceClient,
  PlanVisit,
  ReadCardPlace,
  ReadDayBundle,
  ReadQueue,
  ReadScreen,
  RegisterDevice,
  AnswerVisit,
  RecordCallBack,
  RecordPastVisit,
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
        TypeOrmModule.forFeature([
          AppealAnswerRow,
          AppealRow,
          ApprovalRow,
          CallBackDrawRow,
          CallBackRow,
          ClientAnswerRow,
          ClientPlaceRow,
          DeviceRow,
          DisplayRow,
          LetterAnswerRow,
          LetterRow,
          LocationConsentRow,
          ScanEventRow,
          ServiceCardRow,
          VisitEscalationRow,
          VisitExceptionRow,
          VisitRow,
        ]),
        BanksModule,
        LedgerModule,
        MembersModule,
        RequestsModule,
      ],
      providers: [
        { provide: VISITS_OPTIONS, useValue: options },
        BanksOfVisits,
        Challenges,
        CheckDevice,
        CheckOutsider,
        CheckVolunteer,
        FindCard,
        GatherEvidence,
        HoldPlannedMinutes,
        DecisionPostings,
        DecisionTables,
        DrawCallBack,
        EndMemberPlans,
        JudgePastVisit,
        JudgeVisit,
        KeepLetter,
        LockClient,
        MeasureDistance,
        MissVisit,
        RotatingCodes,
        PolicyNow,
        VisitLock,
        WriteVisit,
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
