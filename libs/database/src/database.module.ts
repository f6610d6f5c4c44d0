import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { Clock } from '@timebank/kernel';
import { types } from 'pg';
import { CLOCK } from './clock.token';
import { DatabaseSafety } from './database-safety';
import { JobRounds } from './job-rounds';
import { LedgerPool } from './ledger-pool';
import { oneWriteSocket } from './one-write-socket';
import { Outbox } from './outbox';
import { UnitOfWork } from './unit-of-work';

// Minutes and counts fit a double exactly up to 2^53; a calendar day has no time zone to be shifted by.
types.setTypeParser(types.builtins.INT8, Number);
types.setTypeParser(types.builtins.DATE, (text) => text);

export type DatabaseOptions = { url: string; clock: Clock; poolSize?: number };

/** Gives every room the unit of work, and the ledger its raw pool. The schema is never synchronised from entities. */
@Module({})
export class DatabaseModule {
  static forRoot(options: DatabaseOptions): DynamicModule {
    return {
      module: DatabaseModule,
      global: true,
      imports: [
        TypeOrmModule.forRoot({
          type: 'postgres',
          url: options.url,
          applicationName: 'timebank',
          autoLoadEntities: true,
          synchronize: false,
          poolSize: options.poolSize ?? 10,
          logging: false,
          retryAttempts: 20,
          retryDelay: 500,
          poolErrorHandler: () => undefined,
          extra: { stream: oneWriteSocket, pipeline: true, connectionTimeoutMillis: 5_000, statement_timeout: 30_000, keepAlive: true },
        }),
      ],
      providers: [
        { provide: CLOCK, useValue: options.clock },
        { provide: 'ledger pool url', useValue: options.url },
        DatabaseSafety,
        UnitOfWork,
        LedgerPool,
        Outbox,
        JobRounds,
      ],
      exports: [CLOCK, DatabaseSafety, UnitOfWork, LedgerPool, Outbox, JobRounds],
    };
  }
}
