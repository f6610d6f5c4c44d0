import { type DynamicModule, Module, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BanksModule } from '@timebank/banks';
import { LedgerModule } from '@timebank/ledger';
import { MembersModule } from '@timebank/members';
import { RequestsModule } from '@timebank/requests';
import { CountOpenWork } from './reading/count-open-work';
import { AnswerAppeal } from './appeals/answer-appeal';
import { AnswerLetter } from './letters/answer-letter';
import { AppealVisit } from './appeals/appeal-visit';
import { ApproveByRule } from './decisions/approve-by-rule';
import { AppealAnswerRow, AppealRow } from './appeals/appeal.entity';
import { ApprovalRow, VisitEscalationRow } from './decisions/approval.entity';
import { CallBackDrawRow, CallBackRow, ClientAnswerRow } from './judging/call-back.entity';
import { CardSheetRow } from './codes/card-sheet.entity';
import { DisplayRow, ServiceCardRow } from './codes/card.entity';
import { BanksOfVisits } from './banks-of-visits';
import { CancelRequest } from './plans/cancel-request';
import { CancelVisit } from './plans/cancel-visit';
import { Challenges } from './evidence/challenges';
import { CheckDevice } from './evidence/check-device';
import { CheckOutsider } from './check-outsider';
import { CloseDisplay } from './codes/close-display';
import { ReadShownCode } from './codes/read-shown-code';
import { CloseForgottenVisits } from './judging/close-forgotten-visits';
import { ConsentToLocation } from './evidence/consent-to-location';
import { DecideVisits } from './decisions/decide-visits';
import { DecisionPostings } from './decisions/decision-postings';
import { DecisionTables } from './decisions/decision-tables';
import { DrawCallBack } from './judging/draw-call-back';
import { EndMemberPlans } from './plans/end-member-plans';
import { EnterTimes } from './judging/enter-times';
import { EscalateVisits } from './decisions/escalate-visits';
import { ClientPlaceRow, DeviceRow, LocationConsentRow, ScanEventRow, VisitExceptionRow } from './evidence/evidence.entity';
import { FindCard } from './evidence/find-card';
import { FindCards } from './codes/find-cards';
import { FindVisits } from './reading/find-visits';
import { Gate } from './gate/gate';
import { GateOverruleRow } from './gate/gate-overrule.entity';
import { ReadCandidate } from './gate/read-candidate';
import { ReadGateFacts } from './gate/read-gate-facts';
import { GatherEvidence } from './evidence/gather-evidence';
import { FreedPlaces } from './plans/freed-places';
import { GetLetter } from './letters/get-letter';
import { GetVisit } from './reading/get-visit';
import { HoldPlannedMinutes } from './hold-planned-minutes';
import { IssueCard } from './codes/issue-card';
import { IssueCards } from './codes/issue-cards';
import { JudgePastVisit } from './judging/judge-past-visit';
import { JudgeVisit } from './judging/judge-visit';
import { KeepLetter } from './letters/keep-letter';
import { KeepRiskReading } from './risk/keep-risk-reading';
import { InsuranceRow } from './risk/insurance.entity';
import { AskAbsentHelpers } from './prompts/ask-absent-helpers';
import { CallWishRow } from './prompts/call-wish.entity';
import { CallWishes } from './prompts/call-wishes';
import { RemindTomorrow } from './prompts/remind-tomorrow';
import { ShowNeeds } from './prompts/show-needs';
import { HandVisitOver } from './plans/hand-visit-over';
import { SayOnMyWay } from './prompts/say-on-my-way';
import { VisitPromptRow } from './prompts/visit-prompt.entity';
import { ListInsured } from './risk/list-insured';
import { ListInsurances } from './risk/list-insurances';
import { HideUninsured } from './risk/hide-uninsured';
import { PutInsurance } from './risk/put-insurance';
import { RiskReadingRow } from './risk/risk-reading.entity';
import { LetterAnswerRow, LetterRow } from './letters/letter.entity';
import { ListAppeals } from './appeals/list-appeals';
import { ListCardless } from './codes/list-cardless';
import { ListCardSheets } from './codes/list-card-sheets';
import { ListCards } from './codes/list-cards';
import { ListDisplays } from './codes/list-displays';
import { ListLetters } from './letters/list-letters';
import { ListVisitScans } from './reading/list-visit-scans';
import { ListVisits } from './reading/list-visits';
import { LockClient } from './lock-client';
import { MakeCard } from './codes/make-card';
import { MeasureDistance } from './evidence/measure-distance';
import { MissVisit } from './judging/miss-visit';
import { OpenDisplay } from './codes/open-display';
import { OwnHomePart } from './reading/own-home';
import { PlaceClient } from './evidence/place-client';
import { MoveVisits } from './plans/move-visits';
import { OtherPlans } from './gate/other-plans';
import { PassGate } from './gate/pass-gate';
import { PlanVisit } from './plans/plan-visit';
import { RearrangeVisit } from './plans/rearrange-visit';
import { PolicyNow } from './policy-now';
import { ReadCardPlace } from './codes/read-card-place';
import { ReadDayBundle } from './evidence/read-day-bundle';
import { ReadQueue } from './reading/read-queue';
import { ReadScreen } from './codes/read-screen';
import { RegisterDevice } from './evidence/register-device';
import { AnswerVisit } from './judging/answer-visit';
import { RecordCallBack } from './judging/record-call-back';
import { RecordPastVisit } from './judging/record-past-visit';
import { RemindForgottenVisits } from './scans/remind-forgotten-visits';
import { RevokeCard } from './codes/revoke-card';
import { RotatingCodes } from './codes/rotating-codes';
import { ShowHome } from './reading/show-home';
import { ShowDuties } from './reading/show-duties';
import { ShowWeeks } from './reading/show-weeks';
import { SaveCardSheet } from './codes/save-card-sheet';
import { ScanCard } from './scans/scan-card';
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
  IssueCards,
  KeepRiskReading,
  ListInsurances,
  ListInsured,
  AskAbsentHelpers,
  SayOnMyWay,
  HandVisitOver,
  ShowNeeds,
  CallWishes,
  RemindTomorrow,
  PutInsurance,
  ListAppeals,
  ListCardless,
  ListCards,
  ListCardSheets,
  ListDisplays,
  ListLetters,
  ListVisits,
  ListVisitScans,
  MoveVisits,
  FreedPlaces,
  OpenDisplay,
  OtherPlans,
  PlaceClient,
  PassGate,
  PlanVisit,
  ReadCandidate,
  RearrangeVisit,
  ReadCardPlace,
  ReadDayBundle,
  ReadQueue,
  ShowHome,
  ShowDuties,
  ShowWeeks,
  ReadScreen,
  ReadShownCode,
  RegisterDevice,
  AnswerVisit,
  RecordCallBack,
  RecordPastVisit,
  RemindForgottenVisits,
  RevokeCard,
  SaveCardSheet,
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
          CardSheetRow,
          ClientAnswerRow,
          ClientPlaceRow,
          DeviceRow,
          DisplayRow,
          GateOverruleRow,
          LetterAnswerRow,
          LetterRow,
          LocationConsentRow,
          InsuranceRow,
          VisitPromptRow,
          CallWishRow,
          RiskReadingRow,
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
        HideUninsured,
        CheckOutsider,
        CountOpenWork,
        FindCard,
        FindCards,
        FindVisits,
        Gate,
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
        MakeCard,
        MeasureDistance,
        MissVisit,
        OwnHomePart,
        RotatingCodes,
        PolicyNow,
        ReadGateFacts,
        VisitLock,
        WriteVisit,
        ...abilities,
      ],
      exports: [VISITS_OPTIONS, ...abilities],
    };
  }

  /** A table of states with a dead end must not serve a day. */
  onModuleInit(): void {
    const faults = faultsOf(moves);
    if (faults.length > 0) throw new Error(`the states of a visit: ${faults.join(', ')}`);
  }
}
