import { Inject, Injectable } from '@nestjs/common';
import { HealthCheckService } from '@nestjs/terminus';
import { SeriesBehind } from '@timebank/care';
import { type AnswerOf, refuse } from '@timebank/contract';
import { CLOCK, DatabaseSafety, JobRounds } from '@timebank/database';
import type { Clock } from '@timebank/kernel';
import { sealingOf, WatchBooks } from '@timebank/ledger';

/**
 * Whether the service is well. Refuses `service/unavailable` while the database is away, or while the application's role could get around row
 * security; and, as `WatchBooks` does, while transactions are counted from before what is stored, this machine's clock and the database's differ, or
 * something stored is well ahead of now. It only reports late jobs, series whose dates were not laid, and books that were set back.
 */
@Injectable()
export class Readiness {
  constructor(
    private readonly health: HealthCheckService,
    private readonly safety: DatabaseSafety,
    private readonly books: WatchBooks,
    private readonly jobs: JobRounds,
    private readonly series: SeriesBehind,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(): Promise<AnswerOf<'ready'>> {
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
      series: (await this.series.days()) > 1 ? 'late' : 'ok',
      sealing: sealingOf(books),
      rolledBack: books.rolledBack.length > 0,
    };
  }
}
