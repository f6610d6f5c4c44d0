import { timingSafeEqual } from 'node:crypto';
import { Controller, Inject, Req, Res } from '@nestjs/common';
import { type AnswerOf, refuse } from '@timebank/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { APP_OPTIONS, type AppOptions } from '../../app.options';
import { Endpoint } from '../../http/endpoint';
import { Metrics } from '../../http/metrics';
import { Readiness } from './readiness';

function isSame(given: string, wanted: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(wanted)];
  return left.length === right.length && timingSafeEqual(left, right);
}

@Controller()
export class HealthController {
  constructor(
    private readonly readiness: Readiness,
    private readonly metrics: Metrics,
    @Inject(APP_OPTIONS) private readonly options: AppOptions,
  ) {}

  @Endpoint('live')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** Whether the service is well, or 503 with a reason. */
  @Endpoint('ready')
  ready(): Promise<AnswerOf<'ready'>> {
    return this.readiness.run();
  }

  /** For callers with METRICS_TOKEN; for anyone else it does not exist. Where a call comes from proves nothing: a proxy sits on this machine too. */
  @Endpoint('metrics')
  async figures(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const token = this.options.config.metricsToken;
    if (token === null || !isSame(request.headers.authorization ?? '', `Bearer ${token}`)) throw refuse('request/not_found');
    void reply.type(this.metrics.registry.contentType);
    return this.metrics.registry.metrics();
  }
}
