import { Inject, Injectable } from '@nestjs/common';
import { refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { newId } from '@timebank/kernel';
import { ACCESS_OPTIONS, type AccessOptions } from './access.options';

const mostFailures = 10;
const recent = `
  select count(*)::int as failures, ceil(extract(epoch from min(failed_at) + interval '15 minutes' - clock_timestamp()))::int as wait_seconds
    from (select failed_at from sign_in_failure where phone = $1 and failed_at > clock_timestamp() - interval '15 minutes'
           order by failed_at desc limit ${mostFailures}) as newest`;

type Recent = { failures: number; waitSeconds: number | null };

/** Ten failed sign-ins per phone in 15 minutes of real time, by password and by code together, known phone or not. */
@Injectable()
export class SignInLimit {
  constructor(
    private readonly unit: UnitOfWork,
    @Inject(ACCESS_OPTIONS) private readonly options: AccessOptions,
  ) {}

  get isOn(): boolean {
    return this.options.rateLimit ?? true;
  }

  /** Refuses `access/too_many_attempts` before any costly work is done. */
  async ask(phone: string): Promise<void> {
    if (this.isOn) this.judge((await this.unit.glance<Recent>(recent, [phone]))[0]);
  }

  /** Attempts on one phone come one after another from here to the end of the unit. */
  async lock(phone: string): Promise<void> {
    await this.unit.query(`select pg_advisory_xact_lock(hashtextextended('timebank sign-in ' || $1, 0))`, [phone]);
  }

  /**
   * Inside a unit that holds the lock: decides whether an attempt may have its result. Parallel guesses are settled one
   * by one, so that at most ten of them learn that they were wrong, and a right one after those is refused as well.
   */
  async settle(phone: string, right: boolean): Promise<void> {
    if (!this.isOn) return;
    this.judge((await this.unit.one<Recent>(recent, [phone])) ?? undefined);
    if (right) return;
    await this.unit.query(`delete from sign_in_failure where phone = $1 and failed_at < clock_timestamp() - interval '15 minutes'`, [
      phone,
    ]);
    await this.unit.query('insert into sign_in_failure (failure_id, phone, failed_at) values ($1, $2, clock_timestamp())', [
      newId(),
      phone,
    ]);
  }

  private judge(row: Recent | undefined): void {
    if (row && row.failures >= mostFailures) {
      throw refuse('access/too_many_attempts', { retryAfterSeconds: Math.max(1, row.waitSeconds ?? 1) });
    }
  }
}
