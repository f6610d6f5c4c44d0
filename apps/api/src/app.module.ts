import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { TerminusModule } from '@nestjs/terminus';
import { AccessModule, type AccessOptions } from '@timebank/access';
import { BanksModule } from '@timebank/banks';
import { DatabaseModule } from '@timebank/database';
import { DocumentsModule } from '@timebank/documents';
import { HoursModule } from '@timebank/hours';
import { CheckpointsModule } from '@timebank/ledger';
import { MembersModule } from '@timebank/members';
import { NoticesModule } from '@timebank/notices';
import { ReportsModule } from '@timebank/reports';
import { RequestsModule } from '@timebank/requests';
import { VisitsModule } from '@timebank/visits';
import { ActsController } from './acts.controller';
import { AccessController } from './access.controller';
import { APP_OPTIONS, type AppOptions } from './app.options';
import { AppealsController } from './appeals.controller';
import { ApprovalsController } from './approvals.controller';
import { CallBacksController } from './call-backs.controller';
import { BanksController } from './banks.controller';
import { CardsController } from './cards.controller';
import { DevicesController } from './devices.controller';
import { Drawing } from './drawing/drawing';
import { DisplaysController } from './displays.controller';
import { DocumentsController } from './documents.controller';
import { GrantsController } from './grants.controller';
import { CheckpointsController } from './checkpoints.controller';
import { ClosingController } from './closing.controller';
import { ClearingController } from './clearing.controller';
import { GuestsController } from './guests.controller';
import { HealthController } from './health.controller';
import { AccessGuard } from './http/access.guard';
import { AnswerInterceptor } from './http/answer.interceptor';
import { CostlyInterceptor } from './http/costly.interceptor';
import { KeptCopies } from './http/kept-copies';
import { Metrics } from './http/metrics';
import { RefusalFilter } from './http/refusal.filter';
import { IntegrityController } from './integrity.controller';
import { LedgerController } from './ledger.controller';
import { LeavingController } from './leaving.controller';
import { LettersController } from './letters.controller';
import { MeController } from './me.controller';
import { MembersController } from './members.controller';
import { NoticesController } from './notices.controller';
import { PastVisitsController } from './past-visits.controller';
import { PlacesController } from './places.controller';
import { PoliciesController } from './policies.controller';
import { Readiness } from './readiness';
import { RelationsController } from './relations.controller';
import { ReportsController } from './reports.controller';
import { RequestsController } from './requests.controller';
import { RolesController } from './roles.controller';
import { SecretsController } from './secrets.controller';
import { StatementsController } from './statements.controller';
import { VisitsController } from './visits.controller';

const accessOf = ({ secretKey, origin, config: { rateLimit, codeService, codesADay }, passwordCost }: AppOptions): AccessOptions => ({
  secretKey,
  rateLimit,
  origin,
  codeService,
  codesADay,
  passwordCost,
});

/** Every room behind its door, and one controller per area in front. */
@Module({})
export class AppModule {
  static forRoot(options: AppOptions): DynamicModule {
    return {
      module: AppModule,
      imports: [
        DatabaseModule.forRoot({ url: options.databaseUrl, clock: options.clock }),
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
        VisitsModule.forRoot({ origin: options.origin, originIsPublic: options.config.publicUrl !== null }),
      ],
      controllers: [
        HealthController,
        AccessController,
        ActsController,
        MeController,
        NoticesController,
        RolesController,
        SecretsController,
        BanksController,
        PastVisitsController,
        PlacesController,
        PoliciesController,
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
        DocumentsController,
        RelationsController,
        ReportsController,
        IntegrityController,
        RequestsController,
        VisitsController,
        AppealsController,
        LeavingController,
        LettersController,
        ApprovalsController,
        CallBacksController,
      ],
      providers: [
        { provide: APP_OPTIONS, useValue: options },
        Metrics,
        Readiness,
        Drawing,
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_INTERCEPTOR, useClass: CostlyInterceptor },
        { provide: APP_INTERCEPTOR, useClass: KeptCopies },
        { provide: APP_INTERCEPTOR, useClass: AnswerInterceptor },
        { provide: APP_FILTER, useClass: RefusalFilter },
      ],
    };
  }
}
