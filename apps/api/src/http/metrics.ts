import { Injectable } from '@nestjs/common';
import { SeriesBehind } from '@timebank/care';
import { countRows, type JobRound, JobRounds, UnitOfWork } from '@timebank/database';
import { clockStateOf, sealingOf, WatchBooks } from '@timebank/ledger';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

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

  constructor(books: WatchBooks, jobs: JobRounds, unit: UnitOfWork, series: SeriesBehind) {
    collectDefaultMetrics({ register: this.registry });
    const standing = new Gauge({
      name: 'timebank_books',
      help: '1 for how the books stand against what was published of them: ok, rolled_back, differs or behind; none while the database is away',
      labelNames: ['sealing'],
      registers: [],
      async collect() {
        this.reset();
        const state = await books.state().catch(() => null);
        if (state) this.set({ sealing: sealingOf(state) }, 1);
      },
    });
    const clock = new Gauge({
      name: 'timebank_clock',
      help: "1 for how the machine's clock stands: ok, behind what is stored, or apart from the database's; none while the database is away",
      labelNames: ['state'],
      registers: [],
      async collect() {
        this.reset();
        const state = await books.state().catch(() => null);
        if (state) this.set({ state: clockStateOf(state) }, 1);
      },
    });
    this.registry.registerMetric(standing);
    this.registry.registerMetric(clock);
    this.watchJobs(jobs);
    this.watchRows(unit);
    this.watchSeries(series);
  }

  /** None while the database is away. */
  private watchJobs(jobs: JobRounds): void {
    const gauges: [string, string, (round: JobRound) => number | null][] = [
      ['timebank_job_begun_seconds', 'Since a piece of this round of background work was begun last', (round) => round.sinceBegun],
      ['timebank_job_done_seconds', 'Since this whole round was gone without a fault', (round) => round.sinceDone],
      ['timebank_job_faults', 'Faults of this round so far', (round) => round.faults],
    ];
    for (const [name, help, valueOf] of gauges) {
      const gauge = new Gauge({
        name,
        help,
        labelNames: ['round'],
        registers: [],
        async collect() {
          this.reset();
          for (const each of await jobs.all().catch(() => [])) {
            const value = valueOf(each);
            if (value !== null) this.set({ round: each.round }, value);
          }
        },
      });
      this.registry.registerMetric(gauge);
    }
  }

  /** None while the database is away. */
  private watchRows(unit: UnitOfWork): void {
    const rows = new Gauge({
      name: 'timebank_rows',
      help: "Rows of each table by the server's own estimate, which autovacuum keeps; none while the database is away",
      labelNames: ['table'],
      registers: [],
      async collect() {
        this.reset();
        for (const { table, rows: estimate } of await countRows(unit).catch(() => [])) this.set({ table }, estimate);
      },
    });
    this.registry.registerMetric(rows);
  }

  /** None while the database is away. */
  private watchSeries(series: SeriesBehind): void {
    const behind = new Gauge({
      name: 'timebank_series_behind_days',
      help: 'Days since the dates of series were laid, of the one furthest behind; more than 1 means that background work does not do it',
      registers: [],
      async collect() {
        const days = await series.days().catch(() => null);
        if (days === null) this.remove();
        else this.set(days);
      },
    });
    this.registry.registerMetric(behind);
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
