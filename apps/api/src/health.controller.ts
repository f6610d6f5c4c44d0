import { timingSafeEqual } from 'node:crypto';
import { Controller, Inject, Req, Res } from '@nestjs/common';
import { HealthCheckService } from '@nestjs/terminus';
import { type AnswerOf, refuse } from '@timebank/contract';
import { CLOCK, DatabaseSafety, JobRounds } from '@timebank/database';
import type { Clock } from '@timebank/kernel';
import { sealingOf, WatchBooks } from '@timebank/ledger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { APP_OPTIONS, type AppOptions } from './app.options';
import { Endpoint } from './http/endpoint';
import { Metrics } from './http/metrics';

function isSame(given: string, wanted: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(wanted)];
  return left.length === right.length && timingSafeEqual(left, right);
}

@Controller()
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly safety: DatabaseSafety,
    private readonly metrics: Metrics,
    private readonly books: WatchBooks,
    private readonly jobs: JobRounds,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(APP_OPTIONS) private readonly options: AppOptions,
  ) {}

  @Endpoint('live')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** 503 while the database is away, counts its transactions from before what is stored, or while the application's role could walk around row security. */
  @Endpoint('ready')
  async ready(): Promise<AnswerOf<'ready'>> {
    const report = await this.health
      .check([async () => ({ database: { status: (await this.safety.problem()) === null ? 'up' : 'down' } })])
      .catch(() => ({ status: 'error' }));
    if (report.status !== 'ok') throw refuse('service/unavailable', { retryAfterSeconds: 2 });
    const books = await this.books.look();
    this.books.refuseToServe(books);
    return {
      status: 'ok',
      now: this.clock.now().toISOString(),
      jobs: (await this.jobs.areLate()) ? 'late' : 'ok',
      sealing: sealingOf(books),
      rolledBack: books.rolledBack.length > 0,
    };
  }

  /** To whoever carries METRICS_TOKEN; to anyone else it is not there. Where a call comes from proves nothing: a proxy sits on this machine too. */
  @Endpoint('metrics')
  async figures(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const token = this.options.config.metricsToken;
    if (token === null || !isSame(request.headers.authorization ?? '', `Bearer ${token}`)) throw refuse('request/not_found');
    void reply.type(this.metrics.registry.contentType);
    return this.metrics.registry.metrics();
  }
}
