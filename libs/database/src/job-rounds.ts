import { Injectable } from '@nestjs/common';
import { UnitOfWork } from './unit-of-work';

export type JobRound = { round: string; sinceBegun: number; sinceDone: number | null; faults: number };

/** A piece of work is one bank's, or a run of grants, which takes a minute or two. */
const lateSeconds = 300;

/** A bank's piece may take milliseconds: a round with hundreds of them is not written down hundreds of times. */
const restMilliseconds = 10_000;

/** The jobs process' record of its rounds, and how long ago that was: in seconds of real time, by the database's clock. */
@Injectable()
export class JobRounds {
  /** Since when the first piece is waited for. */
  waitingSince = performance.now();
  private readonly writtenAt = new Map<string, number>();

  constructor(private readonly unit: UnitOfWork) {}

  /** A piece of a round begins. */
  async begun(round: string): Promise<void> {
    const now = performance.now();
    if (now - (this.writtenAt.get(round) ?? -Infinity) < restMilliseconds) return;
    this.writtenAt.set(round, now);
    await this.unit.run([], () =>
      this.unit.query(
        `insert into job_round (round, begun_at) values ($1, clock_timestamp()) on conflict (round) do update set begun_at = clock_timestamp()`,
        [round],
      ),
    );
  }

  /** A whole round is over, with so many faults. */
  async over(round: string, faults: number): Promise<void> {
    await this.unit.run([], () =>
      this.unit.query(
        `update job_round set faults = faults + $2,
                done_at = case when $2 = 0 then clock_timestamp() else done_at end,
                failed_at = case when $2 > 0 then clock_timestamp() else failed_at end
          where round = $1`,
        [round, faults],
      ),
    );
  }

  /** How each round stands. */
  async all(): Promise<JobRound[]> {
    return this.unit.glance<JobRound>(
      `select round, faults, extract(epoch from clock_timestamp() - begun_at)::float8 as since_begun,
              extract(epoch from clock_timestamp() - done_at)::float8 as since_done
         from job_round order by round`,
    );
  }

  /** Whether no piece of work was begun for five minutes: the process hangs, or there is none. A service that has just begun gives it that long. */
  async areLate(): Promise<boolean> {
    const sinceBegun = Math.min(...(await this.all()).map((each) => each.sinceBegun));
    return Math.min(sinceBegun, (performance.now() - this.waitingSince) / 1_000) > lateSeconds;
  }
}
