import { Injectable } from '@nestjs/common';
import { type Actor, banksOf } from '@timebank/access';
import { type GrantRun, isWaiting, refuse, type Stored, type Waiting } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { eligibleMembers, GrantMonth } from './grant-month';
import type { GrantRunRow } from './grant-run.entity';
import { ResumeGrantRuns } from './resume-grant-runs';
import { ShowGrantRun } from './show-grant-run';
import { TwoForRun } from './two-for-run';

/** How long an answer may wait for a large run, in real time; the background goes on with the rest. */
const answerWithinMilliseconds = 2_000;

/**
 * Grants a month's minutes to every priority elder of a bank. One transaction writes the run and a row for everybody it is for. Then minutes go out
 * in chunks, each in its own transaction (`PostGrantChunk`); what is not done within two seconds the background does. Idempotent by id; a repeat
 * continues the run. Refuses `grants/id_reused`, `grants/month_taken` (with `runId`), `grants/month_in_future`, `grants/month_before_bank`; waits for
 * a second admin (202) where one alone may not grant so much, or to these people. The door lets admins only. Source: Nanjing 2019.
 */
@Injectable()
export class StartGrantRun {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly grantMonth: GrantMonth,
    private readonly resumeGrantRuns: ResumeGrantRuns,
    private readonly showGrantRun: ShowGrantRun,
    private readonly twoForRun: TwoForRun,
  ) {}

  async run(actor: Actor, bankId: string, runId: string, month: string): Promise<Stored<GrantRun> | Waiting> {
    const laid = await this.lay(actor, bankId, runId, month);
    if (isWaiting(laid)) return laid;
    await this.resumeGrantRuns.one(bankId, runId, { withinMilliseconds: answerWithinMilliseconds });
    return { first: laid.first, value: await this.showGrantRun.run(bankId, runId) };
  }

  /** Writes the run and its rows, and posts nothing yet. */
  async lay(actor: Actor, bankId: string, runId: string, month: string): Promise<{ first: boolean } | Waiting> {
    return this.unit.run(banksOf(actor, bankId), async () => {
      await this.twoForRun.hold(bankId, runId);
      if (await this.isKnown(bankId, runId, month)) return { first: false };
      const found = await this.grantMonth.run(bankId, month, 'body.month');
      const waits = await this.twoForRun.run(actor, bankId, runId, month, found);
      if (waits) return waits;
      const made = await this.unit.one(
        `insert into grant_run (bank_id, run_id, month, minutes_each, started_by, started_at) values ($1, $2, $3, $4, $5, $6)
         on conflict do nothing returning run_id`,
        [bankId, runId, month, found.policy.grantMinutesMonthly, actor.personId, this.unit.now],
      );
      if (!made) return { first: !(await this.isKnown(bankId, runId, month)) };
      await this.unit.query(
        `with row as (
           insert into grant_row (bank_id, run_id, place, member_id, account_id, reason)
           select $1::uuid, $6::uuid, row_number() over (order by rank, birth_date, member_id), member_id, account_id, reason from (${eligibleMembers}) eligible
           returning place
         )
         update grant_run set eligible_members = row.members, finished_at = case when row.members = 0 then $7::timestamptz end
           from (select count(*)::integer as members from row) row where bank_id = $1 and run_id = $6`,
        [...found.eligible, runId, this.unit.now],
      );
      return { first: true };
    });
  }

  /** Whether this very run is there; refuses another content under its id, and another run of its month. */
  private async isKnown(bankId: string, runId: string, month: string): Promise<boolean> {
    const known = await this.unit.query<GrantRunRow>('select * from grant_run where bank_id = $1 and (run_id = $2 or month = $3)', [
      bankId,
      runId,
      month,
    ]);
    const same = known.find((run) => run.runId === runId);
    if (same && same.month !== month) throw refuse('grants/id_reused');
    if (same) return true;
    const [other] = known;
    if (other) throw refuse('grants/month_taken', { runId: other.runId }, 'body.month');
    return false;
  }
}
