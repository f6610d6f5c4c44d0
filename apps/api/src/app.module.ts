import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { TerminusModule } from '@nestjs/terminus';
import { DatabaseModule } from '@timebank/database';
import { APP_OPTIONS, type AppOptions } from './app.options';
import { HealthController } from './health.controller';
import { AccessGuard } from './http/access.guard';
import { AnswerInterceptor } from './http/answer.interceptor';
import { RefusalFilter } from './http/refusal.filter';

/** Every room behind its door, and one controller per area in front. */
@Module({})
export class AppModule {
  static forRoot(options: AppOptions): DynamicModule {
    return {
      module: AppModule,
      imports: [
        DatabaseModule.forRoot({ url: options.databaseUrl, clock: options.clock }),
        TerminusModule.forRoot({ logger: false }),
      ],
      controllers: [HealthController],
      providers: [
        { provide: APP_OPTIONS, useValue: options },
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_INTERCEPTOR, useClass: AnswerInterceptor },
        { provide: APP_FILTER, useClass: RefusalFilter },
      ],
    };
  }
}
