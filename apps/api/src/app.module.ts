import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { TerminusModule } from '@nestjs/terminus';
import { AccessModule, type AccessOptions } from '@timebank/access';
import { BanksModule } from '@timebank/banks';
import { CareModule } from '@timebank/care';
import { DatabaseModule } from '@timebank/database';
import { DocumentsModule } from '@timebank/documents';
import { HoursModule } from '@timebank/hours';
import { CheckpointsModule } from '@timebank/ledger';
import { MembersModule } from '@timebank/members';
import { NoticesModule } from '@timebank/notices';
import { ReportsModule } from '@timebank/reports';
import { RequestsModule } from '@timebank/requests';
import { ActivitiesModule } from '@timebank/activities';
import { ImportsModule } from '@timebank/imports';
import { FamilyModule } from '@timebank/family';
import { TrainingModule } from '@timebank/training';
import { VisitsModule } from '@timebank/visits';
import { ActsController } from './controllers/access/acts.controller';
import { AccessController } from './controllers/access/access.controller';
import { APP_OPTIONS, type AppOptions } from './app.options';
import { AppealsController } from './controllers/visits/appeals.controller';
import { ApprovalsController } from './controllers/visits/approvals.controller';
import { CallBacksController } from './controllers/visits/call-backs.controller';
import { BanksController } from './controllers/banks/banks.controller';
import { CardSheetsController } from './controllers/visits/card-sheets.controller';
import { CardsController } from './controllers/visits/cards.controller';
import { DevicesController } from './controllers/visits/devices.controller';
import { Drawing } from './drawing/drawing';
import { DisplaysController } from './controllers/visits/displays.controller';
import { DocumentsController } from './controllers/documents/documents.controller';
import { GrantsController } from './controllers/hours/grants.controller';
import { CheckpointsController } from './controllers/hours/checkpoints.controller';
import { ClosingController } from './controllers/banks/closing.controller';
import { ClearingController } from './controllers/hours/clearing.controller';
import { GuestsController } from './controllers/members/guests.controller';
import { HealthController } from './controllers/service/health.controller';
import { AccessGuard } from './http/access.guard';
import { AnswerInterceptor } from './http/answer.interceptor';
import { CostlyInterceptor } from './http/costly.interceptor';
import { WhoInterceptor } from './http/who.interceptor';
import { KeptCopies } from './http/kept-copies';
import { Metrics } from './http/metrics';
import { RefusalFilter } from './http/refusal.filter';
import { IntegrityController } from './controllers/reports/integrity.controller';
import { LedgerController } from './controllers/hours/ledger.controller';
import { MergingController } from './controllers/hours/merging.controller';
import { LeavingController } from './controllers/hours/leaving.controller';
import { LettersController } from './controllers/visits/letters.controller';
import { MeController } from './controllers/access/me.controller';
import { HelpingController } from './controllers/members/helping.controller';
import { MembersController } from './controllers/members/members.controller';
import { NoticesController } from './controllers/notices/notices.controller';
import { PastVisitsController } from './controllers/visits/past-visits.controller';
import { PlacesController } from './controllers/visits/places.controller';
import { PoliciesController } from './controllers/banks/policies.controller';
import { Readiness } from './controllers/service/readiness';
import { RelationsController } from './controllers/members/relations.controller';
import { ReportsController } from './controllers/reports/reports.controller';
import { KindsController } from './controllers/requests/kinds.controller';
import { CalendarController } from './controllers/care/calendar.controller';
import { MatchingController } from './controllers/care/matching.controller';
import { OffersController } from './controllers/care/offers.controller';
import { DayController } from './controllers/care/day.controller';
import { JoiningController } from './controllers/members/joining.controller';
import { NeedsController } from './controllers/members/needs.controller';
import { DisclosuresController } from './controllers/members/disclosures.controller';
import { InsurancesController } from './controllers/visits/insurances.controller';
import { RisksController } from './controllers/visits/risks.controller';
import { RearrangementsController } from './controllers/visits/rearrangements.controller';
import { RegularsController } from './controllers/care/regulars.controller';
import { RequestsController } from './controllers/requests/requests.controller';
import { RolesController } from './controllers/access/roles.controller';
import { SearchController } from './controllers/members/search.controller';
import { SecretsController } from './controllers/access/secrets.controller';
import { SeriesController } from './controllers/care/series.controller';
import { StatementsController } from './controllers/hours/statements.controller';
import { IntakeController } from './controllers/family/intake.controller';
import { SilentController } from './controllers/family/silent.controller';
import { ProxiesController } from './controllers/family/proxies.controller';
import { ImportsController } from './controllers/imports/imports.controller';
import { ActivitiesController } from './controllers/activities/activities.controller';
import { CourseEndsController } from './controllers/training/course-ends.controller';
import { CoursesController } from './controllers/training/courses.controller';
import { QualificationsController } from './controllers/training/qualifications.controller';
import { HomeController } from './controllers/visits/home.controller';
import { VisitsController } from './controllers/visits/visits.controller';

const accessOf = ({ secretKey, origin, config: { rateLimit, codeService, codesADay }, passwordCost }: AppOptions): AccessOptions => ({
  secretKey,
  rateLimit,
  origin,
  codeService,
  codesADay,
  passwordCost,
});

const controllers = [
  HealthController,
  AccessController,
  ActsController,
  MeController,
  NoticesController,
  RolesController,
  SearchController,
  SecretsController,
  BanksController,
  PastVisitsController,
  PlacesController,
  PoliciesController,
  HelpingController,
  MembersController,
  GuestsController,
  LedgerController,
  ClosingController,
  ClearingController,
  DevicesController,
  DisplaysController,
  GrantsController,
  StatementsController,
  CheckpointsController,
  CardsController,
  CardSheetsController,
  DocumentsController,
  RelationsController,
  ReportsController,
  IntegrityController,
  KindsController,
  CalendarController,
  ActivitiesController,
  ImportsController,
  IntakeController,
  ProxiesController,
  SilentController,
  CourseEndsController,
  CoursesController,
  QualificationsController,
  MatchingController,
  OffersController,
  RegularsController,
  RequestsController,
  DayController,
  DisclosuresController,
  JoiningController,
  NeedsController,
  InsurancesController,
  RisksController,
  RearrangementsController,
  SeriesController,
  HomeController,
  VisitsController,
  AppealsController,
  LeavingController,
  MergingController,
  LettersController,
  ApprovalsController,
  CallBacksController,
];

/** Every room behind its door, and one controller per area in front. */
@Module({})
export class AppModule {
  static forRoot(options: AppOptions): DynamicModule {
    const visits = VisitsModule.forRoot({ origin: options.origin, originIsPublic: options.config.publicUrl !== null });
    return {
      module: AppModule,
      imports: [
        DatabaseModule.forRoot({
          url: options.databaseUrl,
          clock: options.clock,
          ...(options.patienceMs && { patienceMs: options.patienceMs }),
        }),
        TerminusModule.forRoot({ logger: false }),
        AccessModule.forRoot(accessOf(options)),
        BanksModule,
        MembersModule,
        DocumentsModule,
        HoursModule,
        CheckpointsModule.forRoot({ keyFolder: options.config.dataDir, folder: options.config.checkpointDir }),
        NoticesModule.forRoot({ driver: null }),
        ReportsModule,
        RequestsModule,
        CareModule.forRoot(visits),
        TrainingModule.forRoot(visits),
        ActivitiesModule.forRoot(visits),
        FamilyModule.forRoot(visits),
        ImportsModule,
      ],
      controllers,
      providers: [
        { provide: APP_OPTIONS, useValue: options },
        Metrics,
        Readiness,
        Drawing,
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_INTERCEPTOR, useClass: WhoInterceptor },
        { provide: APP_INTERCEPTOR, useClass: CostlyInterceptor },
        { provide: APP_INTERCEPTOR, useClass: KeptCopies },
        { provide: APP_INTERCEPTOR, useClass: AnswerInterceptor },
        { provide: APP_FILTER, useClass: RefusalFilter },
      ],
    };
  }
}
