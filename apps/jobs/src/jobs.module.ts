import { type DynamicModule, Module } from '@nestjs/common';
import { AccessModule } from '@timebank/access';
import { BanksModule } from '@timebank/banks';
import { CareModule } from '@timebank/care';
import type { Config } from '@timebank/contract';
import { DatabaseModule } from '@timebank/database';
import { HoursModule } from '@timebank/hours';
import { ImportsModule } from '@timebank/imports';
import type { Clock } from '@timebank/kernel';
import { CheckpointsModule, LedgerModule } from '@timebank/ledger';
import { NoticesModule, printNotice } from '@timebank/notices';
import { ActivitiesModule } from '@timebank/activities';
import { FamilyModule } from '@timebank/family';
import { TrainingModule } from '@timebank/training';
import { originOf, VisitsModule } from '@timebank/visits';

export type JobsOptions = { config: Config; databaseUrl: string; secretKey: string; clock: Clock };

/** The rooms whose work the clock does, without the HTTP door. Few connections: rounds go one after another. */
@Module({})
export class JobsModule {
  static forRoot({ config, databaseUrl, secretKey, clock }: JobsOptions): DynamicModule {
    const visits = VisitsModule.forRoot({ origin: originOf(config), originIsPublic: config.publicUrl !== null });
    return {
      module: JobsModule,
      imports: [
        DatabaseModule.forRoot({ url: databaseUrl, clock, poolSize: 3 }),
        AccessModule.forRoot({ secretKey, rateLimit: config.rateLimit }),
        LedgerModule,
        CheckpointsModule.forRoot({ keyFolder: config.dataDir, folder: config.checkpointDir }),
        BanksModule,
        HoursModule,
        NoticesModule.forRoot({ driver: ['info', 'debug'].includes(config.logLevel) ? printNotice : null }),
        CareModule.forRoot(visits),
        TrainingModule.forRoot(visits),
        ActivitiesModule.forRoot(visits),
        FamilyModule.forRoot(visits),
        ImportsModule,
      ],
    };
  }
}
