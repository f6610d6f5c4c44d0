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
import { CheckTrail } from './trail/check-trail';
import { UnitOfWork } from './unit-of-work';
import { WarmPool } from './warm-pool';

// Minutes and counts fit a double exactly up to 2^53; a calendar day has no time zone to be shifted by.
types.setTypeParser(types.builtins.INT8, Number);
types.setTypeParser(types.builtins.DATE, (text) => text);

/** `patienceMs`: how long a caller waits for a connection while others have them all, or the server does not answer. */
export type DatabaseOptions = { url: string; clock: Clock; poolSize?: number; patienceMs?: number };

/** Gives every room the unit of work, and the ledger its raw pool. The schema is never synchronised from entities. */
@Module({})
export class DatabaseModule {
  static forRoot({ url, clock, poolSize = 10, patienceMs = 5_000 }: DatabaseOptions): DynamicModule {
    return {
      module: DatabaseModule,
      global: true,
      imports: [
        TypeOrmModule.forRoot({
          type: 'postgres',
          url,
          applicationName: 'timebank',
          autoLoadEntities: true,
          synchronize: false,
          poolSize,
          logging: false,
          retryAttempts: 20,
          retryDelay: 500,
          poolErrorHandler: () => undefined,
          extra: {
            stream: oneWriteSocket,
            pipeline: true,
            connectionTimeoutMillis: patienceMs,
            // A new connection costs the server some 50 ms of a processor, in the middle of the burst that needs it.
            idleTimeoutMillis: 600_000,
            statement_timeout: 30_000,
            keepAlive: true,
          },
        }),
      ],
      providers: [
        { provide: CLOCK, useValue: clock },
        { provide: LedgerPool, useFactory: () => new LedgerPool(url, patienceMs) },
        DatabaseSafety,
        UnitOfWork,
        Outbox,
        JobRounds,
        CheckTrail,
        WarmPool,
      ],
      exports: [CLOCK, DatabaseSafety, UnitOfWork, LedgerPool, Outbox, JobRounds, CheckTrail, WarmPool],
    };
  }
}
