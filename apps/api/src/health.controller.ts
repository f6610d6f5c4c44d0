import { Controller, Inject } from '@nestjs/common';
import { HealthCheckService } from '@nestjs/terminus';
import { refuse } from '@timebank/contract';
import { CLOCK, DatabaseSafety } from '@timebank/database';
import type { Clock } from '@timebank/kernel';
import { Endpoint } from './http/endpoint';

@Controller()
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly safety: DatabaseSafety,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Endpoint('live')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** 503 while the database is away, or while the application's role could walk around row security. */
  @Endpoint('ready')
  async ready(): Promise<{ status: 'ok'; now: string }> {
    const report = await this.health
      .check([async () => ({ database: { status: (await this.safety.problem()) === null ? 'up' : 'down' } })])
      .catch(() => ({ status: 'error' }));
    if (report.status !== 'ok') throw refuse('service/unavailable', { retryAfterSeconds: 2 });
    return { status: 'ok', now: this.clock.now().toISOString() };
  }
}
