import { Injectable } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** The process's own figures and how long each route took; labels are route patterns, never addresses with ids. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();
  private readonly seconds = new Histogram({
    name: 'timebank_http_request_seconds',
    help: 'Time to answer, by route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  /** Times every answer of the application. */
  watch(app: NestFastifyApplication): void {
    app
      .getHttpAdapter()
      .getInstance()
      .addHook('onResponse', async (request, reply) => {
        const labels = { method: request.method, route: request.routeOptions.url ?? 'none', status: String(reply.statusCode) };
        this.seconds.observe(labels, reply.elapsedTime / 1000);
      });
  }
}
