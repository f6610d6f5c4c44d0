import { NestFactory } from '@nestjs/core';
import type { INestApplicationContext } from '@nestjs/common';
import { AccessModule } from '@timebank/access';
import { BanksModule } from '@timebank/banks';
import { CareModule } from '@timebank/care';
import { ActivitiesModule } from '@timebank/activities';
import { FamilyModule } from '@timebank/family';
import { TrainingModule } from '@timebank/training';
import type { Config } from '@timebank/contract';
import { DatabaseModule, refuseOtherSchema } from '@timebank/database';
import { HoursModule } from '@timebank/hours';
import { ImportsModule } from '@timebank/imports';
import type { Clock } from '@timebank/kernel';
import { CheckpointsModule, LedgerModule } from '@timebank/ledger';
import { MembersModule } from '@timebank/members';
import { NoticesModule } from '@timebank/notices';
import { ReportsModule } from '@timebank/reports';
import { RequestsModule } from '@timebank/requests';
import { VisitsModule } from '@timebank/visits';
import { type Environment, migrationsFolder } from './environment';

/** Every room, without the HTTP door, for commands that work through the same abilities as the API, on a database that fits them. */
export async function openRooms(config: Config, environment: Environment, clock: Clock, origin: string): Promise<INestApplicationContext> {
  await refuseOtherSchema(environment.ownerUrl, migrationsFolder);
  const visits = VisitsModule.forRoot({ origin, originIsPublic: config.publicUrl !== null });
  const root = {
    module: class CommandLine {},
    imports: [
      DatabaseModule.forRoot({ url: environment.appUrl, clock }),
      AccessModule.forRoot({ secretKey: environment.secretKey, rateLimit: config.rateLimit }),
      LedgerModule,
      CheckpointsModule.forRoot({ keyFolder: config.dataDir, folder: config.checkpointDir }),
      BanksModule,
      MembersModule,
      HoursModule,
      NoticesModule.forRoot({ driver: null }),
      ReportsModule,
      RequestsModule,
      CareModule.forRoot(visits),
      TrainingModule.forRoot(visits),
      ActivitiesModule.forRoot(visits),
      FamilyModule.forRoot(visits),
      ImportsModule,
    ],
  };
  return NestFactory.createApplicationContext(root, { logger: ['error', 'warn'], abortOnError: false });
}
